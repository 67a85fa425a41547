/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-group-dialog.h"

#include "dpop-command-unit.h"
#include "dpop-question.h"
#include "dpop-shell.h"
#include "dpop-spoken-name.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  CosmicId unit; /* zero: it is to be founded */
  char *name;
  char *before;  /* its name until now; NULL: none */
  guint8 kind;
} Input;

static void
input_free (gpointer data)
{
  Input *input = data;

  g_free (input->name);
  g_free (input->before);
  g_free (input);
}

static Input *
input_copy (const Input *input)
{
  Input *copy = g_memdup2 (input, sizeof *input);

  copy->name = g_strdup (input->name);
  copy->before = g_strdup (input->before);
  return copy;
}

typedef struct
{
  GtkWidget *from;
  DpopSession *session;
  Input *input;
  GtkWidget *entry;
  GtkWidget *kind; /* NULL: there is but one */
} Asking;

static void
asking_free (gpointer data)
{
  Asking *asking = data;

  g_object_unref (asking->from);
  g_object_unref (asking->session);
  input_free (asking->input);
  g_free (asking);
}

/* --- Doing it. ------------------------------------------------------------------------------- */

/* In the engine's thread. */
static gpointer
run (DpopProfile *profile, gpointer data, GError **error)
{
  const Input *input = data;
  DpopCommandUnitResult result;

  if (cosmic_id_is_zero (&input->unit))
    return GINT_TO_POINTER (dpop_command_unit (
        profile, &(DpopCommandUnit){ input->name, input->kind }, &result, error));
  return GINT_TO_POINTER (dpop_command_unit_rename (profile, &input->unit, input->name, error));
}

static void carry_out (Asking *asking);

static void
on_undo (gpointer data)
{
  const Asking *done = data;
  Asking *asking = g_new0 (Asking, 1);

  asking->from = g_object_ref (done->from);
  asking->session = g_object_ref (done->session);
  asking->input = input_copy (done->input);
  carry_out (asking);
}

static void
say_renamed (Asking *asking)
{
  Input *input = asking->input;
  g_autofree char *text = g_strdup_printf (_("It is called “%s” now."), input->name);

  if (input->before == NULL)
    {
      dpop_shell_toast (asking->from, text);
      asking_free (asking);
      return;
    }
  g_free (input->name);
  input->name = g_steal_pointer (&input->before);
  dpop_shell_toast_undo (asking->from, text, _("Undo"), on_undo, asking, asking_free);
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer data)
{
  Asking *asking = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (dpop_session_run_finish (DPOP_SESSION (source), result, &error) == NULL)
    dpop_shell_fail (asking->from, error);
  else if (!cosmic_id_is_zero (&asking->input->unit))
    {
      say_renamed (asking);
      return;
    }
  else
    {
      text = g_strdup_printf (_("The group “%s” is founded."), asking->input->name);
      dpop_shell_toast (asking->from, text);
    }
  asking_free (asking);
}

static void
carry_out (Asking *asking)
{
  dpop_session_run_async (asking->session, run, input_copy (asking->input), input_free, NULL, NULL,
                          on_done, asking);
}

/* --- Asking. --------------------------------------------------------------------------------- */

static char *
typed (GtkWidget *entry)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))));
}

static void
on_answer (AdwMessageDialog *dialog, const char *response, Asking *asking)
{
  if (g_strcmp0 (response, DPOP_QUESTION_YES) != 0)
    {
      asking_free (asking);
      return;
    }
  g_free (asking->input->name);
  asking->input->name = typed (asking->entry);
  if (asking->kind != NULL)
    asking->input->kind = (guint8) gtk_drop_down_get_selected (GTK_DROP_DOWN (asking->kind));
  carry_out (asking);
}

static void
on_typed (GtkEditable *entry, AdwMessageDialog *dialog)
{
  g_autofree char *text = typed (GTK_WIDGET (entry));

  adw_message_dialog_set_response_enabled (dialog, DPOP_QUESTION_YES, *text != '\0');
}

static GtkWidget *
labelled (GtkWidget *box, const char *label, GtkWidget *control)
{
  GtkWidget *above = gtk_label_new (label);

  gtk_label_set_xalign (GTK_LABEL (above), 0);
  gtk_widget_add_css_class (above, "caption-heading");
  dpop_spoken_name_set (control, label);
  gtk_box_append (GTK_BOX (box), above);
  gtk_box_append (GTK_BOX (box), control);
  return control;
}

/* Takes INPUT. KINDS NULL: nothing to choose from. */
static void
ask (GtkWidget *from, DpopSession *session, Input *input, const char *heading, const char *body,
     const char *label, const GPtrArray *kinds)
{
  GtkWidget *dialog
      = dpop_question_new (from, heading, body, _("Cancel"), label, ADW_RESPONSE_SUGGESTED);
  AdwMessageDialog *self = ADW_MESSAGE_DIALOG (dialog);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  Asking *asking = g_new0 (Asking, 1);

  asking->from = g_object_ref (from);
  asking->session = g_object_ref (session);
  asking->input = input;
  asking->entry = labelled (box, _("Name"), gtk_entry_new ());
  gtk_entry_set_activates_default (GTK_ENTRY (asking->entry), TRUE);
  if (kinds != NULL && kinds->len > 1)
    {
      GtkStringList *words = gtk_string_list_new (NULL);

      for (guint i = 0; i < kinds->len; i++)
        gtk_string_list_append (words, kinds->pdata[i]);
      asking->kind = labelled (box, _("Kind"), gtk_drop_down_new (G_LIST_MODEL (words), NULL));
    }
  adw_message_dialog_set_extra_child (self, box);
  adw_message_dialog_set_default_response (self, DPOP_QUESTION_YES);
  adw_message_dialog_set_response_enabled (self, DPOP_QUESTION_YES, FALSE);
  g_signal_connect (dialog, "response", G_CALLBACK (on_answer), asking);
  g_signal_connect_object (asking->entry, "changed", G_CALLBACK (on_typed), dialog, 0);
  if (input->before != NULL)
    gtk_editable_set_text (GTK_EDITABLE (asking->entry), input->before);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (asking->entry);
}

void
dpop_group_dialog_found (GtkWidget *from, DpopSession *session, const DpopMembersSight *sight)
{
  ask (from, session, g_new0 (Input, 1), _("Found a group"),
       _("Its name is for everyone. The particulars of its members are for the group, and for "
         "those whom our rules name."),
       _("Found"), sight->kinds);
}

void
dpop_group_dialog_rename (GtkWidget *from, DpopSession *session, const CosmicId *unit,
                          const char *name)
{
  Input *input = g_new0 (Input, 1);

  input->unit = *unit;
  input->before = g_strdup (name);
  ask (from, session, input, _("Another name for the group"), NULL, _("Rename"), NULL);
}
