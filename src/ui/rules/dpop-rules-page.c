/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-rules-page.h"

#include "dpop-box-growth.h"
#include "dpop-may-page.h"
#include "dpop-names.h"
#include "dpop-shell.h"
#include "dpop-statute.h"

#include <glib/gi18n-lib.h>

#define COLUMN_WIDTH 640

/* Paragraphs at first, and how many more with every frame. */
#define AT_ONCE 20
#define STEP    10

struct _DpopRulesPage
{
  DpopPage parent_instance;

  GtkWidget *text; /* the box of paragraphs */
};

G_DEFINE_FINAL_TYPE (DpopRulesPage, dpop_rules_page, DPOP_TYPE_PAGE)

/* In the engine's thread. */
static gpointer
read_rules (DpopProfile *profile, gpointer data, GError **error)
{
  g_autoptr (DpopNames) names = dpop_names_new (profile, error);

  return names != NULL ? dpop_statute_lines (names->charter, names->words) : NULL;
}

static GtkWidget *
new_paragraph (const DpopStatuteLine *line, guint *section)
{
  g_autofree char *heading = NULL;
  GtkWidget *label;

  if (line->is_heading)
    heading = g_strdup_printf ("§ %u  %s", ++*section, line->text);
  label = g_object_new (GTK_TYPE_LABEL, "label", heading != NULL ? heading : line->text, "xalign",
                        0.0, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, "selectable", TRUE,
                        "accessible-role",
                        heading != NULL ? GTK_ACCESSIBLE_ROLE_HEADING : GTK_ACCESSIBLE_ROLE_LABEL,
                        NULL);
  gtk_widget_add_css_class (label, heading != NULL ? "title-3" : "reading");
  if (heading != NULL && *section > 1)
    gtk_widget_set_margin_top (label, 18);
  return label;
}

static void
on_rules (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DpopRulesPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) lines = dpop_session_run_finish (DPOP_SESSION (source), result, &error);
  const gboolean is_new = gtk_widget_get_first_child (self->text) == NULL;
  GtkWidget *child;
  guint section = 0;

  if (lines == NULL)
    {
      dpop_shell_fail (GTK_WIDGET (self), error);
      return;
    }
  while ((child = gtk_widget_get_first_child (self->text)) != NULL)
    gtk_box_remove (GTK_BOX (self->text), child);
  for (guint i = 0; i < lines->len; i++)
    gtk_box_append (GTK_BOX (self->text), new_paragraph (lines->pdata[i], &section));
  if (is_new) /* otherwise somebody may be reading far down */
    dpop_box_growth_begin (GTK_BOX (self->text), AT_ONCE, STEP);
}

static void
dpop_rules_page_refresh (DpopPage *page, DpopProjectorChanges *changes)
{
  dpop_session_run_async (dpop_page_get_session (page), read_rules, NULL, NULL,
                          (GDestroyNotify) g_ptr_array_unref, NULL, on_rules,
                          g_object_ref (page));
}

static void
on_may_clicked (GtkButton *button, DpopRulesPage *self)
{
  dpop_shell_push (GTK_WIDGET (self),
                   dpop_may_page_new (dpop_page_get_session (DPOP_PAGE (self))));
}

static void
dpop_rules_page_class_init (DpopRulesPageClass *klass)
{
  DPOP_PAGE_CLASS (klass)->refresh = dpop_rules_page_refresh;
}

static void
dpop_rules_page_init (DpopRulesPage *self)
{
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *may = gtk_button_new_from_icon_name ("system-users-symbolic");
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->text = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  gtk_widget_add_css_class (self->text, "page-column");
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), COLUMN_WIDTH);
  adw_clamp_set_child (ADW_CLAMP (clamp), self->text);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  gtk_widget_set_tooltip_text (may, _("Who may do what"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (may), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Who may do what"), -1);
  g_signal_connect (may, "clicked", G_CALLBACK (on_may_clicked), self);
  dpop_page_pack_end (DPOP_PAGE (self), may);
  dpop_page_set_content (DPOP_PAGE (self), scroller);
  dpop_page_set_title (DPOP_PAGE (self), _("Our Rules"));
}

DpopPage *
dpop_rules_page_new (DpopSession *session)
{
  DpopPage *page = g_object_new (DPOP_TYPE_RULES_PAGE, "session", session, NULL);

  dpop_rules_page_refresh (page, NULL);
  return page;
}
