/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-preferences-page.h"

#include "dpop-delete-page.h"
#include "dpop-document-print.h"
#include "dpop-next-sheet.h"
#include "dpop-own-computers.h"
#include "dpop-passphrase-page.h"
#include "dpop-place-facts.h"
#include "dpop-renew-page.h"
#include "dpop-shell.h"
#include "dpop-spoken-name.h"

#include <glib/gi18n-lib.h>

struct _DpopPreferencesPage
{
  DpopPage parent_instance;

  GtkWidget *computers;
  GtkWidget *lock;
  GtkWidget *idle;
  GtkWidget *keeper;
  GtkWidget *keeper_row;
  GtkWidget *size;
  GtkWidget *folder;
  GtkWidget *open_folder;
  GtkWidget *label;
  GtkWidget *label_note;

  gboolean practice; /* the mark of the label, which a new text keeps */
  gboolean showing;  /* what is so is being shown, and not chosen */
};

G_DEFINE_FINAL_TYPE (DpopPreferencesPage, dpop_preferences_page, DPOP_TYPE_PAGE)

static DpopSession *
session_of (DpopPreferencesPage *self)
{
  return dpop_page_get_session (DPOP_PAGE (self));
}

static void
push (DpopPreferencesPage *self, DpopPage *(*make) (DpopSession *session))
{
  dpop_shell_push (GTK_WIDGET (self), make (session_of (self)));
}

/* --- What there is. -------------------------------------------------------------------------- */

static char *
size_words (const DpopCommandInfo *figures, guint entries)
{
  g_autofree char *size = g_format_size (figures->bytes);
  g_autofree char *written
      = g_strdup_printf (ngettext ("%u entry", "%u entries", entries), entries);
  g_autofree char *confirmed
      = g_strdup_printf (ngettext ("%lu confirmation", "%lu confirmations",
                                   (gulong) figures->height),
                         (gulong) figures->height);

  /* Translators: "1,234 entries and 56 confirmations take 12.3 MB." */
  return g_strdup_printf (_("%s and %s take %s."), written, confirmed, size);
}

static void
show_keeper (DpopPreferencesPage *self, const DpopCommandInfo *figures)
{
  const char *title = _("This computer is no record keeper");
  const char *text = _("It keeps the whole history, and waits for the record keeper's "
                       "confirmations. If it is lost, the organisation goes on.");

  if (figures->confirms)
    {
      title = _("This computer is the only record keeper");
      text = _("What it confirms is final. If it or its passphrase is lost, nothing new can become "
               "final any more. A copy of the folder does not help: two copies would contradict "
               "each other.");
    }
  else if (figures->record_keeper)
    {
      title = _("This computer is a record keeper");
      text = _("What the record keepers confirm together is final. If it is lost, the others go on "
               "as long as enough of them are left.");
    }
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->keeper_row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->keeper_row), text);
  gtk_widget_set_visible (self->keeper, figures->founded);
}

/* As the list of the template has them; 0: never. */
static const guint idle_minutes[] = { 5, 15, 30, 60, 240, 0 };

/* The shortest that is not shorter, for what was set elsewhere. */
static guint
index_of_idle (guint minutes)
{
  guint index = 0;

  while (idle_minutes[index] != 0 && (minutes == 0 || idle_minutes[index] < minutes))
    index++;
  return index;
}

static void
show_lock (DpopPreferencesPage *self, const DpopSessionInfo *info)
{
  self->showing = TRUE;
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->idle), index_of_idle (info->idle_minutes));
  self->showing = FALSE;
  if (info->figures.record_keeper)
    adw_preferences_group_set_description (
        ADW_PREFERENCES_GROUP (self->lock),
        _("While it is locked, nobody who sits down at this computer can read anything. As it is a "
          "record keeper, nothing is confirmed meanwhile."));
}

/* What a person is typing stays. */
static void
show_label (DpopPreferencesPage *self, const DpopProfileLabel *label)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  self->practice = label->practice;
  if (focus == NULL || !gtk_widget_is_ancestor (focus, self->label))
    gtk_editable_set_text (GTK_EDITABLE (self->label), label->text != NULL ? label->text : "");
}

static gpointer
read_facts (DpopProfile *profile, gpointer data, GError **error)
{
  return dpop_place_facts_new (profile, error);
}

static void
on_facts (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DpopPreferencesPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (DpopPlaceFacts) facts
      = dpop_session_run_finish (DPOP_SESSION (source), result, &error);
  const DpopSessionInfo *info = dpop_session_get_info (session_of (self));
  g_autofree char *size = NULL;

  if (facts == NULL)
    {
      dpop_shell_fail (GTK_WIDGET (self), error);
      return;
    }
  dpop_own_computers_set (DPOP_OWN_COMPUTERS (self->computers), session_of (self), facts);
  show_label (self, &facts->label);
  if (info == NULL)
    return;
  size = size_words (&info->figures, facts->entries);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->size), size);
  show_keeper (self, &info->figures);
  show_lock (self, info);
}

static void
dpop_preferences_page_refresh (DpopPage *page, DpopProjectorChanges *changes)
{
  dpop_session_run_async (dpop_page_get_session (page), read_facts, NULL, NULL,
                          (GDestroyNotify) dpop_place_facts_free, NULL, on_facts,
                          g_object_ref (page));
}

/* --- Passphrase. ----------------------------------------------------------------------------- */

static void
on_change (AdwActionRow *row, DpopPreferencesPage *self)
{
  push (self, dpop_passphrase_page_new);
}

static void
on_renew (AdwActionRow *row, DpopPreferencesPage *self)
{
  push (self, dpop_renew_page_new);
}

static GtkWindow *
window_of (DpopPreferencesPage *self)
{
  return GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
}

static void
on_printed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DpopPreferencesPage) self = data;
  g_autoptr (GError) error = NULL;

  if (!dpop_document_print_finish (result, &error))
    dpop_shell_fail (GTK_WIDGET (self), error);
}

static void
on_print_sheet (AdwActionRow *row, DpopPreferencesPage *self)
{
  g_autoptr (DpopDocument) sheet = dpop_next_sheet_new (session_of (self));

  if (sheet != NULL)
    dpop_document_print_async (sheet, window_of (self), on_printed, g_object_ref (self));
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DpopPreferencesPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = dpop_document_print_save_finish (result, &error);

  if (file != NULL)
    dpop_shell_toast (GTK_WIDGET (self), _("The recovery sheet is kept as a PDF. Print it, and put "
                                           "it where your papers are."));
  else
    dpop_shell_fail (GTK_WIDGET (self), error);
}

static void
on_save_sheet (AdwActionRow *row, DpopPreferencesPage *self)
{
  g_autoptr (DpopDocument) sheet = dpop_next_sheet_new (session_of (self));

  if (sheet != NULL)
    dpop_document_print_save_async (sheet, window_of (self), _("Recovery sheet.pdf"), on_saved,
                                    g_object_ref (self));
}

/* --- Lock, record keeper. -------------------------------------------------------------------- */

static void
on_idle (AdwComboRow *row, GParamSpec *pspec, DpopPreferencesPage *self)
{
  const guint index = adw_combo_row_get_selected (row);

  if (!self->showing && index < G_N_ELEMENTS (idle_minutes))
    dpop_session_set_idle_minutes (session_of (self), idle_minutes[index]);
}

static void
on_lock (AdwActionRow *row, DpopPreferencesPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.lock", NULL);
}

static void
on_keeper_help (AdwActionRow *row, DpopPreferencesPage *self)
{
  dpop_shell_help (GTK_WIDGET (self), "record-keeper");
}

/* --- Where it lies. -------------------------------------------------------------------------- */

static void
on_shown (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DpopPreferencesPage) self = data;

  if (!gtk_show_uri_full_finish (GTK_WINDOW (source), result, NULL))
    dpop_shell_toast (GTK_WIDGET (self), _("There is no program here that shows folders. Open it "
                                           "by hand."));
}

static void
on_open_folder (GtkButton *button, DpopPreferencesPage *self)
{
  g_autofree char *uri = g_filename_to_uri (dpop_session_get_folder (session_of (self)), NULL,
                                            NULL);

  if (uri != NULL)
    gtk_show_uri_full (window_of (self), uri, GDK_CURRENT_TIME, NULL, on_shown,
                       g_object_ref (self));
}

static void
label_free (gpointer data)
{
  dpop_profile_label_clear (data);
  g_free (data);
}

static gpointer
run_label (DpopProfile *profile, gpointer label, GError **error)
{
  const char *folder = dpop_vault_folder (dpop_profile_vault (profile));

  return GINT_TO_POINTER (dpop_profile_label_write (folder, label, error));
}

static void
on_labelled (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DpopPreferencesPage) self = data;
  g_autoptr (GError) error = NULL;

  if (dpop_session_run_finish (DPOP_SESSION (source), result, &error) != NULL)
    dpop_shell_toast (GTK_WIDGET (self), _("It is called so from now on, on this computer."));
  else
    dpop_shell_fail (GTK_WIDGET (self), error);
}

static void
on_label (AdwEntryRow *row, DpopPreferencesPage *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (row));
  DpopProfileLabel *label;

  if (!dpop_profile_label_fits (text))
    {
      dpop_shell_toast (GTK_WIDGET (self), _("Type a name of one line, with at most eighty "
                                             "letters."));
      return;
    }
  label = g_new0 (DpopProfileLabel, 1);
  label->text = g_strdup (text);
  label->practice = self->practice;
  dpop_session_run_async (session_of (self), run_label, label, label_free, NULL, NULL,
                          on_labelled, g_object_ref (self));
}

static void
on_delete (AdwActionRow *row, DpopPreferencesPage *self)
{
  push (self, dpop_delete_page_new);
}

/* --- The page. ------------------------------------------------------------------------------- */

static void
dpop_preferences_page_class_init (DpopPreferencesPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  DPOP_PAGE_CLASS (klass)->refresh = dpop_preferences_page_refresh;
  g_type_ensure (DPOP_TYPE_OWN_COMPUTERS);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dpop/Dpop/dpop-preferences-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DpopPreferencesPage, computers);
  gtk_widget_class_bind_template_child (widget_class, DpopPreferencesPage, lock);
  gtk_widget_class_bind_template_child (widget_class, DpopPreferencesPage, idle);
  gtk_widget_class_bind_template_child (widget_class, DpopPreferencesPage, keeper);
  gtk_widget_class_bind_template_child (widget_class, DpopPreferencesPage, keeper_row);
  gtk_widget_class_bind_template_child (widget_class, DpopPreferencesPage, size);
  gtk_widget_class_bind_template_child (widget_class, DpopPreferencesPage, folder);
  gtk_widget_class_bind_template_child (widget_class, DpopPreferencesPage, open_folder);
  gtk_widget_class_bind_template_child (widget_class, DpopPreferencesPage, label);
  gtk_widget_class_bind_template_child (widget_class, DpopPreferencesPage, label_note);
  gtk_widget_class_bind_template_callback (widget_class, on_change);
  gtk_widget_class_bind_template_callback (widget_class, on_renew);
  gtk_widget_class_bind_template_callback (widget_class, on_print_sheet);
  gtk_widget_class_bind_template_callback (widget_class, on_save_sheet);
  gtk_widget_class_bind_template_callback (widget_class, on_idle);
  gtk_widget_class_bind_template_callback (widget_class, on_lock);
  gtk_widget_class_bind_template_callback (widget_class, on_keeper_help);
  gtk_widget_class_bind_template_callback (widget_class, on_open_folder);
  gtk_widget_class_bind_template_callback (widget_class, on_label);
  gtk_widget_class_bind_template_callback (widget_class, on_delete);
}

static void
dpop_preferences_page_init (DpopPreferencesPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  dpop_spoken_name_own (self->open_folder);
  dpop_spoken_name_entry_row (ADW_ENTRY_ROW (self->label));
}

DpopPage *
dpop_preferences_page_new (DpopSession *session)
{
  DpopPreferencesPage *self = g_object_new (DPOP_TYPE_PREFERENCES_PAGE, "session", session, NULL);
  g_autofree char *folder = g_filename_display_name (dpop_session_get_folder (session));
  g_autofree char *escaped = g_markup_escape_text (folder, -1);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->folder), escaped);
  dpop_preferences_page_refresh (DPOP_PAGE (self), NULL);
  return DPOP_PAGE (self);
}
