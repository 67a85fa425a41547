/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-check-page.h"

#include "dpop-command-verify.h"
#include "dpop-progress.h"
#include "dpop-shell.h"

#include <glib/gi18n-lib.h>

struct _DpopCheckPage
{
  DpopPage parent_instance;

  GtkWidget *headline;
  GtkWidget *explanation;
  GtkWidget *progress;
  GtkWidget *findings;
  GtkWidget *check;
  GtkWidget *number;
  GtkWidget *number_note;
};

G_DEFINE_FINAL_TYPE (DpopCheckPage, dpop_check_page, DPOP_TYPE_PAGE)

/* --- In the engine's thread. ----------------------------------------------------------------- */

typedef struct
{
  DpopProgress *progress;
  guint64 whole; /* confirmations there are */
} Check;

static void
check_free (gpointer data)
{
  Check *check = data;

  dpop_progress_unref (check->progress);
  g_free (check);
}

static gboolean
on_height (guint64 height, gpointer data)
{
  Check *check = data;

  dpop_progress_tell (check->progress, height, check->whole);
  return !dpop_progress_is_stopped (check->progress);
}

static void
report_free (gpointer data)
{
  cosmic_verify_report_clear (data);
  g_free (data);
}

static gpointer
run_check (DpopProfile *profile, gpointer data, GError **error)
{
  Check *check = data;
  CosmicVerifyReport *report = g_new0 (CosmicVerifyReport, 1);

  check->whole = cosmic_log_height (dpop_profile_log (profile));
  if (!dpop_command_verify (profile, on_height, check, report, error))
    g_clear_pointer (&report, report_free);
  else if (dpop_progress_is_stopped (check->progress)) /* half a check says nothing */
    {
      g_clear_pointer (&report, report_free);
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "");
    }
  return report;
}

static gpointer
read_number (DpopProfile *profile, gpointer data, GError **error)
{
  DpopCommandStateHash *hash = g_new0 (DpopCommandStateHash, 1);

  if (dpop_command_state_hash (profile, hash, error))
    return hash;
  g_free (hash);
  return NULL;
}

/* --- What was found. ------------------------------------------------------------------------- */

static void
add_finding (DpopCheckPage *self, const char *icon, const char *text)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *escaped = g_markup_escape_text (text, -1);
  GtkWidget *image = gtk_image_new_from_icon_name (icon);

  gtk_accessible_update_state (GTK_ACCESSIBLE (image), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), image);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), escaped);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  gtk_list_box_append (GTK_LIST_BOX (self->findings), row);
}

/* Takes TEXT. */
static void
add_count (DpopCheckPage *self, guint count, const char *icon, char *text)
{
  if (count > 0)
    add_finding (self, icon, text);
  g_free (text);
}

static void
show_counts (DpopCheckPage *self, const CosmicVerifyReport *report)
{
  const char *good = "object-select-symbolic";
  const char *note = "dialog-information-symbolic";

  add_count (self, report->checked, good,
             g_strdup_printf (ngettext ("%u entry was checked.", "%u entries were checked.",
                                        report->checked),
                              report->checked));
  add_count (self, report->without_effect, note,
             g_strdup_printf (ngettext ("%u of them is without effect, as the rules say.",
                                        "%u of them are without effect, as the rules say.",
                                        report->without_effect),
                              report->without_effect));
  add_count (self, report->erased, note,
             g_strdup_printf (ngettext ("%u text was deleted for everyone; its effect is vouched "
                                        "for by what was confirmed.",
                                        "%u texts were deleted for everyone; their effect is "
                                        "vouched for by what was confirmed.",
                                        report->erased),
                              report->erased));
  add_count (self, report->unreadable, note,
             g_strdup_printf (ngettext ("%u text is not for this computer's eyes.",
                                        "%u texts are not for this computer's eyes.",
                                        report->unreadable),
                              report->unreadable));
  add_count (self, report->open, note,
             g_strdup_printf (ngettext ("%u entry is not yet confirmed.",
                                        "%u entries are not yet confirmed.", report->open),
                              report->open));
  add_count (self, report->held, note,
             g_strdup_printf (ngettext ("%u entry is on hold until what it rests on has come.",
                                        "%u entries are on hold until what they rest on has come.",
                                        report->held),
                              report->held));
}

static void
show_report (DpopCheckPage *self, const CosmicVerifyReport *report)
{
  const gboolean holds = report->faults->len == 0;
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (self->findings)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->findings), row);
  gtk_label_set_label (GTK_LABEL (self->headline),
                       holds ? _("Everything holds.") : _("The history does not hold."));
  gtk_label_set_label (GTK_LABEL (self->explanation),
                       holds ? _("Every signature, link, permission, confirmation and count is "
                                 "in order, from the founding on.")
                             : _("What is named below differs from what was signed. Compare the "
                                 "check number with other members, and take the history in anew "
                                 "from one of them with a transfer file."));
  for (guint i = 0; i < report->faults->len; i++)
    add_finding (self, "dialog-warning-symbolic", report->faults->pdata[i]);
  show_counts (self, report);
  gtk_widget_set_visible (self->findings, TRUE);
  dpop_shell_announce (GTK_WIDGET (self), gtk_label_get_label (GTK_LABEL (self->headline)));
}

/* --- The page. ------------------------------------------------------------------------------- */

static void
on_checked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DpopCheckPage) self = data;
  g_autoptr (GError) error = NULL;
  CosmicVerifyReport *report = dpop_session_run_finish (DPOP_SESSION (source), result, &error);

  dpop_progress_bar_end (DPOP_PROGRESS_BAR (self->progress));
  gtk_widget_set_visible (self->check, TRUE);
  gtk_widget_grab_focus (self->check);
  if (report != NULL)
    {
      show_report (self, report);
      report_free (report);
    }
  else
    dpop_shell_fail (GTK_WIDGET (self), error);
}

static void
on_check (GtkButton *button, DpopCheckPage *self)
{
  Check *check = g_new0 (Check, 1);

  check->progress = dpop_progress_bar_begin (DPOP_PROGRESS_BAR (self->progress),
                                             _("Checking the history"));
  gtk_widget_set_visible (self->check, FALSE);
  dpop_session_run_async (dpop_page_get_session (DPOP_PAGE (self)), run_check, check, check_free,
                          report_free, NULL, on_checked, g_object_ref (self));
}

static void
on_number (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DpopCheckPage) self = data;
  g_autofree DpopCommandStateHash *hash
      = dpop_session_run_finish (DPOP_SESSION (source), result, NULL);
  g_autofree char *text = NULL;
  g_autofree char *note = NULL;
  g_autoptr (GString) groups = g_string_new (NULL);

  if (hash == NULL)
    return;
  text = cosmic_id_to_text (&hash->root);
  for (gsize i = 0; text[i] != '\0'; i++)
    {
      if (i > 0 && i % 4 == 0)
        g_string_append_c (groups, ' ');
      g_string_append_c (groups, text[i]);
    }
  note = hash->open == 0
             ? g_strdup_printf (_("Confirmation %lu. All that is here is confirmed."),
                                (gulong) hash->height)
             : g_strdup_printf (ngettext ("Confirmation %lu. %u later entry is not part of it yet.",
                                          "Confirmation %lu. %u later entries are not part of it "
                                          "yet.",
                                          hash->open),
                                (gulong) hash->height, hash->open);
  gtk_label_set_label (GTK_LABEL (self->number), groups->str);
  gtk_label_set_label (GTK_LABEL (self->number_note), note);
}

static void
dpop_check_page_refresh (DpopPage *page, DpopProjectorChanges *changes)
{
  dpop_session_run_async (dpop_page_get_session (page), read_number, NULL, NULL, g_free, NULL,
                          on_number, g_object_ref (page));
}

static void
dpop_check_page_focus_first (DpopPage *page)
{
  gtk_widget_grab_focus (DPOP_CHECK_PAGE (page)->check);
}

static void
dpop_check_page_class_init (DpopCheckPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (DPOP_TYPE_PROGRESS_BAR);
  DPOP_PAGE_CLASS (klass)->refresh = dpop_check_page_refresh;
  DPOP_PAGE_CLASS (klass)->focus_first = dpop_check_page_focus_first;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dpop/Dpop/dpop-check-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DpopCheckPage, headline);
  gtk_widget_class_bind_template_child (widget_class, DpopCheckPage, explanation);
  gtk_widget_class_bind_template_child (widget_class, DpopCheckPage, progress);
  gtk_widget_class_bind_template_child (widget_class, DpopCheckPage, findings);
  gtk_widget_class_bind_template_child (widget_class, DpopCheckPage, check);
  gtk_widget_class_bind_template_child (widget_class, DpopCheckPage, number);
  gtk_widget_class_bind_template_child (widget_class, DpopCheckPage, number_note);
  gtk_widget_class_bind_template_callback (widget_class, on_check);
}

static void
dpop_check_page_init (DpopCheckPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

DpopPage *
dpop_check_page_new (DpopSession *session)
{
  DpopPage *page = g_object_new (DPOP_TYPE_CHECK_PAGE, "session", session, NULL);

  dpop_check_page_refresh (page, NULL);
  return page;
}
