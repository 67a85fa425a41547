/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-own-computers.h"

#include "dpop-chip.h"
#include "dpop-command-device.h"
#include "dpop-link-page.h"
#include "dpop-moment.h"
#include "dpop-question.h"
#include "dpop-shell.h"
#include "dpop-spoken-name.h"

#include <glib/gi18n-lib.h>

struct _DpopOwnComputers
{
  AdwPreferencesGroup parent_instance;

  DpopSession *session;
  GArray *shown; /* of DpopPlaceComputer; NULL: nothing yet */
  GPtrArray *rows;
  GtkWidget *link;
  CosmicId asked; /* which is to be switched off */
};

G_DEFINE_FINAL_TYPE (DpopOwnComputers, dpop_own_computers, ADW_TYPE_PREFERENCES_GROUP)

#define COMPUTER_KEY "dpop-computer"

/* --- Switching one off. ---------------------------------------------------------------------- */

static gpointer
run_off (DpopProfile *profile, gpointer key, GError **error)
{
  return GINT_TO_POINTER (dpop_command_device_off (profile, key, 0, error));
}

static void
on_off (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DpopOwnComputers) self = data;
  g_autoptr (GError) error = NULL;

  if (dpop_session_run_finish (DPOP_SESSION (source), result, &error) != NULL)
    dpop_shell_toast (GTK_WIDGET (self), _("The computer is switched off."));
  else
    dpop_shell_fail (GTK_WIDGET (self), error);
}

static void
on_answer (AdwMessageDialog *dialog, const char *answer, DpopOwnComputers *self)
{
  if (g_str_equal (answer, DPOP_QUESTION_YES))
    dpop_session_run_async (self->session, run_off,
                            g_memdup2 (&self->asked, sizeof self->asked), g_free, NULL, NULL,
                            on_off, g_object_ref (self));
}

static void
on_switch_off (GtkWidget *button, DpopOwnComputers *self)
{
  GtkWidget *dialog = dpop_question_new (
      GTK_WIDGET (self), _("Switch this computer off?"),
      _("From then on it can enter nothing in your name, and what is written after the next "
        "confirmation it cannot read. What it has entered so far stays.\n\nIt cannot be switched "
        "on again, but you can invite it as a new one."),
      _("Cancel"), _("Switch Off"), ADW_RESPONSE_DESTRUCTIVE);

  self->asked = *(const CosmicId *) g_object_get_data (G_OBJECT (button), COMPUTER_KEY);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_answer), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* --- The rows. ------------------------------------------------------------------------------- */

static char *
since_words (const DpopPlaceComputer *computer)
{
  g_autofree char *mark = dpop_place_facts_mark (&computer->key);
  g_autofree char *since = computer->since > 0 ? dpop_moment_now (computer->since) : NULL;

  /* Translators: %s is a mark such as "3F2A 91BC", by which computers are told apart. */
  if (since == NULL)
    return g_strdup_printf (_("Mark %s. Not yet confirmed."), mark);
  /* Translators: the first %s is such a mark, the second a time, as in "3 May, 18:00". */
  return g_strdup_printf (_("Mark %s. Yours since %s."), mark, since);
}

static GtkWidget *
new_off_button (DpopOwnComputers *self, const DpopPlaceComputer *computer)
{
  GtkWidget *button = gtk_button_new_with_label (_("Switch Off…"));
  g_autofree char *mark = dpop_place_facts_mark (&computer->key);
  g_autofree char *name = g_strdup_printf (_("Switch off the computer with the mark %s"), mark);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  dpop_spoken_name_set (button, name);
  g_object_set_data_full (G_OBJECT (button), COMPUTER_KEY,
                          g_memdup2 (&computer->key, sizeof computer->key), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (on_switch_off), self);
  return button;
}

static void
add_row (DpopOwnComputers *self, const DpopPlaceComputer *computer)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *words = since_words (computer);
  GtkWidget *end = NULL;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), computer->own
                                                                ? _("This computer")
                                                                : _("Another computer"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  if (computer->off)
    end = dpop_chip_new (_("switched off"), DPOP_CHIP_QUIET);
  else if (computer->switch_off.yes)
    end = new_off_button (self, computer);
  if (end != NULL)
    {
      gtk_widget_set_valign (end, GTK_ALIGN_CENTER);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), end);
    }
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  g_ptr_array_add (self->rows, row);
}

static gboolean
same_computers (const GArray *a, const GArray *b)
{
  if (a == NULL || a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    {
      const DpopPlaceComputer *x = &g_array_index (a, DpopPlaceComputer, i);
      const DpopPlaceComputer *y = &g_array_index (b, DpopPlaceComputer, i);

      if (!cosmic_id_same (&x->key, &y->key) || x->since != y->since || x->off != y->off
          || x->switch_off.yes != y->switch_off.yes)
        return FALSE;
    }
  return TRUE;
}

/* The rows are made again only when they say something else: who stands on one stays there. The
 * link comes after them. */
void
dpop_own_computers_set (DpopOwnComputers *self, DpopSession *session, const DpopPlaceFacts *facts)
{
  g_return_if_fail (DPOP_IS_OWN_COMPUTERS (self));
  g_set_object (&self->session, session);
  gtk_widget_set_visible (GTK_WIDGET (self), facts->computers->len > 0);
  if (same_computers (self->shown, facts->computers))
    return;
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  if (gtk_widget_get_parent (self->link) != NULL)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), self->link);
  for (guint i = 0; i < facts->computers->len; i++)
    add_row (self, &g_array_index (facts->computers, DpopPlaceComputer, i));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), self->link);
  g_clear_pointer (&self->shown, g_array_unref);
  self->shown = g_array_ref (facts->computers);
}

static void
on_link (AdwActionRow *row, DpopOwnComputers *self)
{
  if (self->session != NULL)
    dpop_shell_push (GTK_WIDGET (self), dpop_link_page_new (self->session));
}

/* --- The group. ------------------------------------------------------------------------------ */

static void
dpop_own_computers_dispose (GObject *object)
{
  DpopOwnComputers *self = DPOP_OWN_COMPUTERS (object);

  g_clear_object (&self->session);
  g_clear_object (&self->link);
  g_clear_pointer (&self->shown, g_array_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  G_OBJECT_CLASS (dpop_own_computers_parent_class)->dispose (object);
}

static void
dpop_own_computers_class_init (DpopOwnComputersClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dpop_own_computers_dispose;
}

static void
dpop_own_computers_init (DpopOwnComputers *self)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (self);

  self->rows = g_ptr_array_new ();
  self->link = g_object_ref_sink (adw_action_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->link), _("Link another computer…"));
  adw_action_row_set_title_lines (ADW_ACTION_ROW (self->link), 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->link),
                             g_object_new (GTK_TYPE_IMAGE, "icon-name", "list-add-symbolic",
                                           "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                           NULL));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self->link), TRUE);
  g_signal_connect (self->link, "activated", G_CALLBACK (on_link), self);
  adw_preferences_group_set_title (group, _("Your computers"));
  adw_preferences_group_set_description (
      group, _("With several of them you still have one vote. Whoever has two is not locked out "
               "when one is lost."));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
