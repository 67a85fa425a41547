/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-help-page.h"

#include "dpop-help-article.h"
#include "dpop-help-book.h"
#include "dpop-shell.h"

#include <glib/gi18n-lib.h>

struct _DpopHelpPage
{
  DpopPage parent_instance;

  GtkSearchEntry *entry;
  GtkBox *topics; /* a heading and a list for each part, or one list of what was found */
  GtkStack *stack;
  guint next;       /* the topic that is shown next */
  GtkListBox *list; /* that of the part before it */
  guint tick;       /* 0: all are shown */
};

G_DEFINE_FINAL_TYPE (DpopHelpPage, dpop_help_page, DPOP_TYPE_PAGE)

/* --- Rows. ----------------------------------------------------------------------------------- */

static void
on_activated (AdwActionRow *row, const char *topic)
{
  dpop_shell_push (GTK_WIDGET (row), dpop_help_page_new (topic));
}

GtkWidget *
dpop_help_page_row (const char *id)
{
  const DpopHelpTopic *topic = dpop_help_book_find (id);
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *arrow = gtk_image_new_from_icon_name ("go-next-symbolic");

  g_return_val_if_fail (topic != NULL, row);
  gtk_widget_set_can_target (arrow, FALSE);
  gtk_accessible_update_state (GTK_ACCESSIBLE (arrow), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _(topic->title));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _(topic->summary));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), arrow);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_signal_connect (row, "activated", G_CALLBACK (on_activated), (gpointer) topic->id);
  return row;
}

static GtkListBox *
add_list (DpopHelpPage *self, const char *title)
{
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *heading;

  if (title != NULL)
    {
      heading = g_object_new (GTK_TYPE_LABEL, "label", title, "xalign", 0.0, "wrap", TRUE,
                              "accessible-role", GTK_ACCESSIBLE_ROLE_HEADING, NULL);
      gtk_widget_add_css_class (heading, "heading");
      gtk_widget_set_margin_top (heading, 12);
      gtk_box_append (self->topics, heading);
    }
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title != NULL ? title : _("What was found"), -1);
  gtk_box_append (self->topics, list);
  return GTK_LIST_BOX (list);
}

/* --- What is shown. -------------------------------------------------------------------------- */

/* FALSE: that was the last. */
static gboolean
show_more (DpopHelpPage *self)
{
  const DpopHelpTopic *before = self->next > 0 ? dpop_help_book_topic (self->next - 1) : NULL;
  const DpopHelpTopic *topic = dpop_help_book_topic (self->next);

  if (before == NULL || topic->part != before->part)
    self->list = add_list (self, dpop_help_topic_part_title (topic->part));
  gtk_list_box_append (self->list, dpop_help_page_row (topic->id));
  return dpop_help_book_topic (++self->next) != NULL;
}

static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  DpopHelpPage *self = DPOP_HELP_PAGE (widget);

  if (show_more (self))
    return G_SOURCE_CONTINUE;
  self->tick = 0;
  return G_SOURCE_REMOVE;
}

static void
stop_showing (DpopHelpPage *self)
{
  if (self->tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick);
  self->tick = 0;
}

/* A row with every frame: each takes some ten milliseconds to measure, and there are forty. */
static void
show_all (DpopHelpPage *self)
{
  self->next = 0;
  if (show_more (self))
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_tick, NULL, NULL);
  gtk_stack_set_visible_child_name (self->stack, "topics");
}

static void
show_found (DpopHelpPage *self, const char *words)
{
  g_autoptr (GPtrArray) found = dpop_help_book_search (words);
  g_autofree char *said = NULL;
  GtkListBox *list = found->len > 0 ? add_list (self, NULL) : NULL;

  for (guint i = 0; i < found->len; i++)
    gtk_list_box_append (list, dpop_help_page_row (((DpopHelpTopic *) found->pdata[i])->id));
  gtk_stack_set_visible_child_name (self->stack, found->len > 0 ? "topics" : "nothing");
  said = found->len > 0 ? g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u topic was found.",
                                                        "%u topics were found.", found->len),
                                           found->len)
                        : g_strdup (_("Nothing was found."));
  dpop_shell_announce (GTK_WIDGET (self), said);
}

static void
on_searched (GtkSearchEntry *entry, DpopHelpPage *self)
{
  g_autofree char *words = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))));
  GtkWidget *child;

  stop_showing (self);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->topics))) != NULL)
    gtk_box_remove (self->topics, child);
  if (*words == '\0')
    show_all (self);
  else
    show_found (self, words);
}

/* Enter opens the first that was found. */
static void
on_entered (GtkSearchEntry *entry, DpopHelpPage *self)
{
  g_autoptr (GPtrArray) found
      = dpop_help_book_search (gtk_editable_get_text (GTK_EDITABLE (entry)));

  if (found->len > 0 && found->len < dpop_help_book_n_topics ())
    dpop_shell_push (GTK_WIDGET (self), dpop_help_article_new (found->pdata[0]));
}

/* Escape empties the field; when it is empty, it leads back. */
static void
on_stopped (GtkSearchEntry *entry, DpopHelpPage *self)
{
  if (*gtk_editable_get_text (GTK_EDITABLE (entry)) != '\0')
    gtk_editable_set_text (GTK_EDITABLE (entry), "");
  else
    dpop_shell_pop (GTK_WIDGET (self));
}

static void
dpop_help_page_search (DpopPage *page)
{
  gtk_widget_grab_focus (GTK_WIDGET (DPOP_HELP_PAGE (page)->entry));
}

static void
dpop_help_page_class_init (DpopHelpPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  DPOP_PAGE_CLASS (klass)->search = dpop_help_page_search;
  DPOP_PAGE_CLASS (klass)->focus_first = dpop_help_page_search;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dpop/Dpop/dpop-help-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DpopHelpPage, entry);
  gtk_widget_class_bind_template_child (widget_class, DpopHelpPage, topics);
  gtk_widget_class_bind_template_child (widget_class, DpopHelpPage, stack);
  gtk_widget_class_bind_template_callback (widget_class, on_searched);
  gtk_widget_class_bind_template_callback (widget_class, on_entered);
  gtk_widget_class_bind_template_callback (widget_class, on_stopped);
}

static void
dpop_help_page_init (DpopHelpPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  show_all (self);
}

DpopPage *
dpop_help_page_new (const char *id)
{
  const DpopHelpTopic *topic = id != NULL ? dpop_help_book_find (id) : NULL;

  return topic != NULL ? dpop_help_article_new (topic) : g_object_new (DPOP_TYPE_HELP_PAGE, NULL);
}
