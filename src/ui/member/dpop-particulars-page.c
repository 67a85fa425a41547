/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-particulars-page.h"

#include "dpop-command-details.h"
#include "dpop-particulars-form.h"
#include "dpop-question.h"
#include "dpop-shell.h"

#include <glib/gi18n-lib.h>

struct _DpopParticularsPage
{
  DpopPage parent_instance;

  CosmicId member;
  char *name;
  GVariant *before; /* the particulars as they were; NULL: there were none */
  DpopParticularsForm *form;
  GtkWidget *fault;
  GtkWidget *save;
  gboolean typed;   /* something that is not saved */
  gboolean saving;
};

G_DEFINE_FINAL_TYPE (DpopParticularsPage, dpop_particulars_page, DPOP_TYPE_PAGE)

static void
show_fault (DpopParticularsPage *self, const char *text)
{
  gtk_label_set_label (GTK_LABEL (self->fault), text != NULL ? text : "");
  gtk_widget_set_visible (self->fault, text != NULL);
}

/* --- Saving. --------------------------------------------------------------------------------- */

typedef struct
{
  CosmicId member;
  DpopMemberDetails *details;
} Input;

static void
input_free (gpointer data)
{
  Input *input = data;

  dpop_member_details_free (input->details);
  g_free (input);
}

static gpointer
run_save (DpopProfile *profile, gpointer data, GError **error)
{
  const Input *input = data;
  DpopCommandDetailsResult result;

  return GINT_TO_POINTER (dpop_command_details (
      profile, &(DpopCommandDetails){ input->member, input->details }, &result, error));
}

/* What takes it back, after the page has gone. */
typedef struct
{
  GtkWidget *from;
  DpopSession *session;
  CosmicId member;
  GVariant *before;
} Back;

static void
back_free (gpointer data)
{
  Back *back = data;

  g_object_unref (back->from);
  g_object_unref (back->session);
  g_variant_unref (back->before);
  g_free (back);
}

static void
on_undone (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) from = data;
  g_autoptr (GError) error = NULL;

  if (dpop_session_run_finish (DPOP_SESSION (source), result, &error) != NULL)
    dpop_shell_toast (from, _("The particulars are as before."));
  else
    dpop_shell_fail (from, error);
}

static void
on_undo (gpointer data)
{
  const Back *back = data;
  Input *input = g_new0 (Input, 1);

  *input = (Input){ back->member, dpop_member_details_decode (back->before) };
  dpop_session_run_async (back->session, run_save, input, input_free, NULL, NULL, on_undone,
                          g_object_ref (back->from));
}

static void
say_saved (DpopParticularsPage *self)
{
  GtkWidget *window = GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self)));
  g_autofree char *text = g_strdup_printf (_("The particulars of %s are saved."), self->name);
  Back *back;

  if (window == NULL)
    return;
  if (self->before == NULL)
    {
      dpop_shell_toast (window, text);
      return;
    }
  back = g_new0 (Back, 1);
  *back = (Back){ g_object_ref (window), g_object_ref (dpop_page_get_session (DPOP_PAGE (self))),
                  self->member, g_variant_ref (self->before) };
  dpop_shell_toast_undo (window, text, _("Undo"), on_undo, back, back_free);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DpopParticularsPage) self = data;
  g_autoptr (GError) error = NULL;

  self->saving = FALSE;
  gtk_widget_set_sensitive (self->save, TRUE);
  if (dpop_session_run_finish (DPOP_SESSION (source), result, &error) == NULL)
    {
      show_fault (self, error->message);
      return;
    }
  self->typed = FALSE;
  say_saved (self);
  dpop_shell_pop (GTK_WIDGET (self));
}

static void
on_save (DpopParticularsPage *self)
{
  g_autoptr (DpopMemberDetails) details = dpop_particulars_form_get (self->form);
  g_autoptr (GError) error = NULL;
  DpopMemberDetailsField where;
  Input *input;

  if (self->saving)
    return;
  if (!dpop_command_details_check (details, &error))
    {
      show_fault (self, error->message);
      if (!dpop_member_details_fits (details, &where))
        dpop_particulars_form_focus (self->form, where);
      return;
    }
  show_fault (self, NULL);
  self->saving = TRUE;
  gtk_widget_set_sensitive (self->save, FALSE);
  input = g_new0 (Input, 1);
  *input = (Input){ self->member, g_steal_pointer (&details) };
  dpop_session_run_async (dpop_page_get_session (DPOP_PAGE (self)), run_save, input, input_free,
                          NULL, NULL, on_saved, g_object_ref (self));
}

/* --- Leaving. -------------------------------------------------------------------------------- */

static void
on_typed (DpopParticularsPage *self)
{
  self->typed = TRUE;
}

static void
on_answer (AdwMessageDialog *dialog, const char *response, DpopParticularsPage *self)
{
  if (!g_str_equal (response, DPOP_QUESTION_YES))
    return;
  self->typed = FALSE;
  dpop_shell_pop (GTK_WIDGET (self));
}

static gboolean
dpop_particulars_page_leave (DpopPage *page)
{
  DpopParticularsPage *self = DPOP_PARTICULARS_PAGE (page);
  GtkWidget *dialog;

  if (!self->typed)
    return TRUE;
  dialog = dpop_question_new (GTK_WIDGET (self), _("Leave without saving?"),
                              _("What you typed would be lost."), _("Stay"), _("Discard"),
                              ADW_RESPONSE_DESTRUCTIVE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_answer), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
  return FALSE;
}

/* --- The page. ------------------------------------------------------------------------------- */

static void
dpop_particulars_page_focus_first (DpopPage *page)
{
  dpop_particulars_form_focus (DPOP_PARTICULARS_PAGE (page)->form, DPOP_MEMBER_DETAILS_NAME);
}

static void
dpop_particulars_page_finalize (GObject *object)
{
  DpopParticularsPage *self = DPOP_PARTICULARS_PAGE (object);

  g_free (self->name);
  g_clear_pointer (&self->before, g_variant_unref);
  G_OBJECT_CLASS (dpop_particulars_page_parent_class)->finalize (object);
}

static void
dpop_particulars_page_class_init (DpopParticularsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = dpop_particulars_page_finalize;
  DPOP_PAGE_CLASS (klass)->focus_first = dpop_particulars_page_focus_first;
  DPOP_PAGE_CLASS (klass)->leave = dpop_particulars_page_leave;
  g_type_ensure (DPOP_TYPE_PARTICULARS_FORM);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dpop/Dpop/dpop-particulars-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DpopParticularsPage, fault);
  gtk_widget_class_bind_template_child (widget_class, DpopParticularsPage, save);
  gtk_widget_class_bind_template_callback (widget_class, on_save);
}

static void
dpop_particulars_page_init (DpopParticularsPage *self)
{
  GtkWidget *column;

  gtk_widget_init_template (GTK_WIDGET (self));
  self->form = DPOP_PARTICULARS_FORM (dpop_particulars_form_new (FALSE));
  column = gtk_widget_get_parent (self->fault);
  gtk_box_prepend (GTK_BOX (column), GTK_WIDGET (self->form));
  g_signal_connect_object (self->form, "changed", G_CALLBACK (on_typed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->form, "activate", G_CALLBACK (on_save), self, G_CONNECT_SWAPPED);
}

DpopPage *
dpop_particulars_page_new (DpopSession *session, const CosmicId *member, const char *name,
                           const DpopMemberDetails *details)
{
  DpopParticularsPage *self = g_object_new (DPOP_TYPE_PARTICULARS_PAGE, "session", session, NULL);

  self->member = *member;
  self->name = g_strdup (name);
  if (details != NULL && dpop_member_details_fits (details, NULL))
    self->before = g_variant_ref_sink (dpop_member_details_encode (details));
  dpop_particulars_form_set (self->form, details);
  return DPOP_PAGE (self);
}
