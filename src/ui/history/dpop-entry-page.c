/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-entry-page.h"

#include "dpop-history-view.h"
#include "dpop-moment.h"
#include "dpop-shell.h"
#include "dpop-words.h"

#include <glib/gi18n-lib.h>

struct _DpopEntryPage
{
  DpopPage parent_instance;

  CosmicId operation;
  GtkWidget *sentence;
  GtkWidget *verdict;
  GtkWidget *text;
  GtkWidget *details;
};

G_DEFINE_FINAL_TYPE (DpopEntryPage, dpop_entry_page, DPOP_TYPE_PAGE)

static void
add_detail (DpopEntryPage *self, const char *title, const char *value)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *escaped = g_markup_escape_text (value, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), escaped);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_add_css_class (row, "numbers");
  gtk_list_box_append (GTK_LIST_BOX (self->details), row);
}

/* In groups of four, as it is read out. */
static char *
grouped (const CosmicId *id)
{
  g_autofree char *text = cosmic_id_to_text (id);
  GString *groups = g_string_new (NULL);

  for (gsize i = 0; text[i] != '\0'; i++)
    {
      if (i > 0 && i % 4 == 0)
        g_string_append_c (groups, ' ');
      g_string_append_c (groups, text[i]);
    }
  return g_string_free (groups, FALSE);
}

static void
add_id (DpopEntryPage *self, const char *title, const CosmicId *id)
{
  g_autofree char *text = grouped (id);

  if (!cosmic_id_is_zero (id))
    add_detail (self, title, text);
}

static void
add_number (DpopEntryPage *self, const char *title, guint64 number)
{
  g_autofree char *text = g_strdup_printf ("%" G_GUINT64_FORMAT, number);

  add_detail (self, title, text);
}

static void
show_details (DpopEntryPage *self, const DpopHistoryView *view)
{
  const CosmicHeader *header = &view->operation->header;
  g_autofree char *arrived = dpop_moment_full (view->row->arrived);
  g_autofree char *confirmed = dpop_moment_full (view->time);
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (self->details)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->details), row);
  add_detail (self, _("Kind of entry"), dpop_words_kind (header->kind));
  add_detail (self, _("Came to this computer"), arrived);
  if (view->time > 0)
    add_detail (self, _("Confirmed"), confirmed);
  if (view->row->height > 0)
    add_number (self, _("Number of the confirmation"), view->row->height);
  add_id (self, _("Check number of the confirmation"), &view->checkpoint);
  add_id (self, _("Number of the entry"), &view->operation->id);
  add_id (self, _("Signed by the computer"), &header->author);
  add_number (self, _("Place among that computer's entries"), header->seq);
  add_id (self, _("The entry before it"), &header->previous);
}

static const char *
words_for_text (DpopProjectionText text)
{
  switch (text)
    {
    case DPOP_PROJECTION_TEXT_SEALED:
      return _("What was typed with it is not for this computer's eyes.");
    case DPOP_PROJECTION_TEXT_ERASED:
      return _("What was typed with it was deleted for everyone. That it was in order is vouched "
               "for by its confirmation.");
    case DPOP_PROJECTION_TEXT_NONE:
    case DPOP_PROJECTION_TEXT_READABLE:
    default:
      return NULL;
    }
}

static gpointer
read_entry (DpopProfile *profile, gpointer data, GError **error)
{
  return dpop_history_view_new (profile, data, error);
}

static void
on_entry (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DpopEntryPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (DpopHistoryView) view
      = dpop_session_run_finish (DPOP_SESSION (source), result, &error);
  const char *text;

  if (view == NULL)
    {
      gtk_label_set_label (GTK_LABEL (self->sentence), error->message);
      return;
    }
  text = words_for_text (view->personal);
  gtk_label_set_label (GTK_LABEL (self->sentence), view->sentence);
  gtk_label_set_label (GTK_LABEL (self->verdict), view->verdict);
  gtk_label_set_label (GTK_LABEL (self->text), text != NULL ? text : "");
  gtk_widget_set_visible (self->text, text != NULL);
  show_details (self, view);
}

static void
dpop_entry_page_refresh (DpopPage *page, DpopProjectorChanges *changes)
{
  DpopEntryPage *self = DPOP_ENTRY_PAGE (page);

  dpop_session_run_async (dpop_page_get_session (page), read_entry,
                          g_memdup2 (&self->operation, sizeof self->operation), g_free,
                          (GDestroyNotify) dpop_history_view_free, NULL, on_entry,
                          g_object_ref (self));
}

static void
dpop_entry_page_class_init (DpopEntryPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  DPOP_PAGE_CLASS (klass)->refresh = dpop_entry_page_refresh;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dpop/Dpop/dpop-entry-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DpopEntryPage, sentence);
  gtk_widget_class_bind_template_child (widget_class, DpopEntryPage, verdict);
  gtk_widget_class_bind_template_child (widget_class, DpopEntryPage, text);
  gtk_widget_class_bind_template_child (widget_class, DpopEntryPage, details);
}

static void
dpop_entry_page_init (DpopEntryPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

DpopPage *
dpop_entry_page_new (DpopSession *session, const CosmicId *operation)
{
  DpopEntryPage *self = g_object_new (DPOP_TYPE_ENTRY_PAGE, "session", session, NULL);

  self->operation = *operation;
  dpop_entry_page_refresh (DPOP_PAGE (self), NULL);
  return DPOP_PAGE (self);
}
