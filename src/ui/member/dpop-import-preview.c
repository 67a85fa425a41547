/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-import-preview.h"

#include "dpop-import-line.h"
#include "dpop-import-row-list.h"
#include "dpop-import-row-page.h"
#include "dpop-list-row.h"
#include "dpop-shell.h"
#include "dpop-spoken-name.h"
#include "dpop-wrapping-label.h"

#include <glib/gi18n-lib.h>

struct _DpopImportPreview
{
  AdwBin parent_instance;

  DpopImportTable *table;
  DpopImportRowList *rows;
  GtkWidget *headline;
  GtkWidget *more;
  GtkDropDown *filter;
  GArray *filters; /* of guint: what each entry of the filter shows */
  GtkListView *view;
  guint shown; /* the group that is looked at */
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (DpopImportPreview, dpop_import_preview, ADW_TYPE_BIN)

/* --- What is said of all of them. ------------------------------------------------------------ */

static char *
headline_words (const DpopImportSight *sight)
{
  const guint wait = sight->groups[DPOP_IMPORT_MEND] + sight->groups[DPOP_IMPORT_DECIDE];

  if (sight->rows->len == 0)
    return g_strdup (_("There is nobody in this file"));
  if (wait == 0)
    return g_strdup (_("All rows are in order"));
  return g_strdup_printf (ngettext ("%u row waits for you", "%u rows wait for you", wait), wait);
}

static void
append (GString *words, char *sentence, guint count)
{
  if (count > 0)
    g_string_append_printf (words, "%s%s", words->len > 0 ? " " : "", sentence);
  g_free (sentence);
}

static char *
more_words (const DpopImportSight *sight)
{
  const guint wait = sight->groups[DPOP_IMPORT_MEND] + sight->groups[DPOP_IMPORT_DECIDE];
  GString *words = g_string_new (NULL);

  append (words,
          g_strdup (_("Open a row to mend it or to say who it is. What waits is left out when the "
                      "others are taken in.")),
          wait);
  append (words,
          g_strdup_printf (ngettext ("%u member is not in the file: they stay as they are.",
                                     "%u members are not in the file: they stay as they are.",
                                     sight->missing),
                           sight->missing),
          sight->missing);
  append (words,
          g_strdup_printf (ngettext ("The particulars of %u member are not for this computer: no "
                                     "row could be compared with them.",
                                     "The particulars of %u members are not for this computer: no "
                                     "row could be compared with them.",
                                     sight->unreadable),
                           sight->unreadable),
          sight->unreadable);
  return g_string_free (words, FALSE);
}

/* --- The filter. ----------------------------------------------------------------------------- */

static const struct
{
  guint group;
  const char *words;
} filter_words[] = {
  { DPOP_IMPORT_ALL, N_("All rows (%u)") },
  { DPOP_IMPORT_MEND, N_("To mend (%u)") },
  { DPOP_IMPORT_DECIDE, N_("To decide (%u)") },
  { DPOP_IMPORT_REMARKS, N_("To look at (%u)") },
  { DPOP_IMPORT_ADD, N_("New (%u)") },
  { DPOP_IMPORT_CHANGE, N_("Changes (%u)") },
  { DPOP_IMPORT_KEEP, N_("As it is (%u)") },
  { DPOP_IMPORT_LEAVE, N_("Left out (%u)") },
};

static guint
count_of (const DpopImportSight *sight, guint group)
{
  if (group == DPOP_IMPORT_ALL)
    return sight->rows->len;
  return group == DPOP_IMPORT_REMARKS ? sight->remarks : sight->groups[group];
}

static void
fill_filter (DpopImportPreview *self, const DpopImportSight *sight)
{
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);
  guint chosen = 0;

  g_array_set_size (self->filters, 0);
  for (guint i = 0; i < G_N_ELEMENTS (filter_words); i++)
    {
      const guint group = filter_words[i].group;
      const guint count = count_of (sight, group);
      g_autofree char *text = NULL;

      if (count == 0 && group != DPOP_IMPORT_ALL)
        continue;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
      text = g_strdup_printf (_(filter_words[i].words), count);
#pragma GCC diagnostic pop
      if (group == self->shown)
        chosen = self->filters->len;
      gtk_string_list_append (words, text);
      g_array_append_val (self->filters, group);
    }
  self->filling = TRUE;
  gtk_drop_down_set_model (self->filter, G_LIST_MODEL (words));
  gtk_drop_down_set_selected (self->filter, chosen);
  self->filling = FALSE;
  self->shown = g_array_index (self->filters, guint, chosen);
}

static void
show (DpopImportPreview *self)
{
  const DpopImportSight *sight = dpop_import_table_get_sight (self->table);
  g_autofree char *headline = NULL;
  g_autofree char *more = NULL;

  if (sight == NULL)
    return;
  headline = headline_words (sight);
  more = more_words (sight);
  gtk_label_set_label (GTK_LABEL (self->headline), headline);
  gtk_label_set_label (GTK_LABEL (self->more), more);
  gtk_widget_set_visible (self->more, *more != '\0');
  fill_filter (self, sight);
  dpop_import_row_list_set (self->rows, sight, self->shown);
}

static void
on_filter (GtkDropDown *filter, GParamSpec *pspec, DpopImportPreview *self)
{
  const guint chosen = gtk_drop_down_get_selected (filter);

  if (self->filling || chosen >= self->filters->len)
    return;
  self->shown = g_array_index (self->filters, guint, chosen);
  dpop_import_row_list_set (self->rows, dpop_import_table_get_sight (self->table), self->shown);
}

/* --- Rows. ----------------------------------------------------------------------------------- */

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  gtk_list_item_set_child (item, dpop_import_line_new ());
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  DpopImportLine *line = DPOP_IMPORT_LINE (gtk_list_item_get_child (item));

  dpop_import_line_set (line, dpop_import_item_get_row (gtk_list_item_get_item (item)));
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (GTK_WIDGET (line))),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  dpop_import_line_get_words (line), -1);
}

static void
on_activate (GtkListView *view, guint position, DpopImportPreview *self)
{
  g_autoptr (DpopImportItem) item = g_list_model_get_item (G_LIST_MODEL (self->rows), position);

  if (item != NULL && !dpop_import_table_is_busy (self->table))
    dpop_shell_push (GTK_WIDGET (self),
                     dpop_import_row_page_new (self->table,
                                               dpop_import_item_get_row (item)->table_row));
}

void
dpop_import_preview_focus (DpopImportPreview *self)
{
  g_return_if_fail (DPOP_IS_IMPORT_PREVIEW (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

/* --- The widget. ----------------------------------------------------------------------------- */

static GtkWidget *
clamp (GtkWidget *child)
{
  return g_object_new (ADW_TYPE_CLAMP, "maximum-size", 720, "child", child, NULL);
}

static GtkWidget *
build_head (DpopImportPreview *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->headline = dpop_wrapping_label_new (NULL, "title-1");
  self->more = dpop_wrapping_label_new (NULL, "dim-label");
  self->filter = GTK_DROP_DOWN (gtk_drop_down_new (NULL, NULL));
  gtk_widget_set_halign (GTK_WIDGET (self->filter), GTK_ALIGN_START);
  dpop_spoken_name_set (GTK_WIDGET (self->filter), _("Which rows are shown"));
  g_signal_connect_object (self->filter, "notify::selected", G_CALLBACK (on_filter), self, 0);
  g_object_set (head, "margin-start", 24, "margin-end", 24, "margin-top", 18, "margin-bottom", 9,
                NULL);
  gtk_box_append (GTK_BOX (head), self->headline);
  gtk_box_append (GTK_BOX (head), self->more);
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->filter));
  return clamp (head);
}

static GtkWidget *
build_list (DpopImportPreview *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  GtkWidget *window = gtk_scrolled_window_new ();
  GtkSelectionModel *selection
      = GTK_SELECTION_MODEL (gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->rows))));
  GtkWidget *view;

  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), NULL);
  view = gtk_list_view_new (selection, g_steal_pointer (&factory));
  self->view = GTK_LIST_VIEW (view);
  gtk_list_view_set_single_click_activate (self->view, TRUE);
  gtk_widget_add_css_class (view, "members");
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Rows of the file"), -1);
  g_signal_connect_object (view, "activate", G_CALLBACK (on_activate), self, 0);
  dpop_list_row_tab_leaves (view);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (window), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (window),
                                 g_object_new (ADW_TYPE_CLAMP_SCROLLABLE, "maximum-size", 720,
                                               "child", view, NULL));
  gtk_widget_set_vexpand (window, TRUE);
  return window;
}

static void
dpop_import_preview_dispose (GObject *object)
{
  DpopImportPreview *self = DPOP_IMPORT_PREVIEW (object);

  if (self->view != NULL)
    gtk_list_view_set_model (self->view, NULL);
  self->view = NULL;
  g_clear_object (&self->table);
  g_clear_object (&self->rows);
  G_OBJECT_CLASS (dpop_import_preview_parent_class)->dispose (object);
}

static void
dpop_import_preview_finalize (GObject *object)
{
  g_array_unref (DPOP_IMPORT_PREVIEW (object)->filters);
  G_OBJECT_CLASS (dpop_import_preview_parent_class)->finalize (object);
}

static void
dpop_import_preview_class_init (DpopImportPreviewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dpop_import_preview_dispose;
  G_OBJECT_CLASS (klass)->finalize = dpop_import_preview_finalize;
}

static void
dpop_import_preview_init (DpopImportPreview *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->filters = g_array_new (FALSE, FALSE, sizeof (guint));
  self->rows = dpop_import_row_list_new ();
  self->shown = DPOP_IMPORT_ALL;
  gtk_box_append (GTK_BOX (box), build_head (self));
  gtk_box_append (GTK_BOX (box), build_list (self));
  adw_bin_set_child (ADW_BIN (self), box);
}

GtkWidget *
dpop_import_preview_new (DpopImportTable *table)
{
  DpopImportPreview *self = g_object_new (DPOP_TYPE_IMPORT_PREVIEW, NULL);

  self->table = g_object_ref (table);
  g_signal_connect_object (table, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  show (self);
  return GTK_WIDGET (self);
}
