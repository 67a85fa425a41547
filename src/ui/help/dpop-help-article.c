/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-help-article.h"

#include "dpop-help-book.h"
#include "dpop-help-page.h"
#include "dpop-help-text.h"
#include "dpop-shell.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define COLUMN_WIDTH 640
#define GAP          12
#define KEY_WIDTH    13 /* characters */

struct _DpopHelpArticle
{
  DpopPage parent_instance;

  GtkWidget *column;
};

G_DEFINE_FINAL_TYPE (DpopHelpArticle, dpop_help_article, DPOP_TYPE_PAGE)

static gboolean
on_link (GtkLabel *label, const char *uri, gpointer data)
{
  if (!g_str_has_prefix (uri, DPOP_HELP_TEXT_SCHEME))
    return FALSE;
  dpop_shell_push (GTK_WIDGET (label), dpop_help_page_new (uri + strlen (DPOP_HELP_TEXT_SCHEME)));
  return TRUE;
}

/* --- One block each. ------------------------------------------------------------------------- */

static GtkWidget *
new_words (const char *markup)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", markup, "use-markup", TRUE, "xalign",
                                   0.0, "yalign", 0.0, "wrap", TRUE, "wrap-mode",
                                   PANGO_WRAP_WORD_CHAR, NULL);

  gtk_widget_add_css_class (label, "reading");
  g_signal_connect (label, "activate-link", G_CALLBACK (on_link), NULL);
  return label;
}

static GtkWidget *
new_heading (const char *words, const char *style)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", words, "xalign", 0.0, "wrap", TRUE,
                                   "wrap-mode", PANGO_WRAP_WORD_CHAR, "accessible-role",
                                   GTK_ACCESSIBLE_ROLE_HEADING, NULL);

  gtk_widget_add_css_class (label, style);
  return label;
}

/* MARK ("1.", a dot) beside the words. */
static GtkWidget *
new_item (const char *mark, const char *markup)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, GAP);
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", mark, "xalign", 1.0, "yalign", 0.0,
                                   "width-chars", 2, NULL);
  GtkWidget *words = new_words (markup);

  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "numbers");
  gtk_widget_add_css_class (label, "reading");
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), words);
  return box;
}

static GtkWidget *
new_note (const char *markup)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, GAP);
  GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-information-symbolic");
  GtkWidget *words = new_words (markup);

  gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Note"),
                                  -1);
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_widget_set_margin_top (icon, GAP + 4); /* beside the first line */
  gtk_widget_set_margin_start (icon, GAP);
  gtk_widget_set_margin_top (words, GAP);
  gtk_widget_set_margin_bottom (words, GAP);
  gtk_widget_set_margin_end (words, GAP);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), words);
  gtk_widget_add_css_class (box, "card");
  return box;
}

/* The keys stand apart from what they do. */
static GtkWidget *
new_key (const char *markup)
{
  const char *end = g_strrstr (markup, "</tt>");
  gsize size = end != NULL ? (gsize) (end - markup) + strlen ("</tt>") : 0;
  g_autofree char *keys = g_strndup (markup, size);
  g_autofree char *does = g_strstrip (g_strdup (markup + size));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, GAP);
  GtkWidget *left = new_words (keys);
  GtkWidget *right = new_words (does);

  gtk_label_set_width_chars (GTK_LABEL (left), KEY_WIDTH);
  gtk_label_set_max_width_chars (GTK_LABEL (left), KEY_WIDTH);
  gtk_widget_set_hexpand (right, TRUE);
  gtk_box_append (GTK_BOX (box), left);
  gtk_box_append (GTK_BOX (box), right);
  return box;
}

/* STEP counts those that follow one another. */
static GtkWidget *
new_block (const DpopHelpBlock *block, guint *step)
{
  g_autofree char *markup = dpop_help_text_markup (_(block->words));
  g_autofree char *number = NULL;

  *step = block->kind == DPOP_HELP_BLOCK_STEP ? *step + 1 : 0;
  switch (block->kind)
    {
    case DPOP_HELP_BLOCK_HEADING:
      return new_heading (_(block->words), "title-4");
    case DPOP_HELP_BLOCK_STEP:
      number = g_strdup_printf (_("%u."), *step);
      return new_item (number, markup);
    case DPOP_HELP_BLOCK_POINT:
      return new_item ("•", markup);
    case DPOP_HELP_BLOCK_NOTE:
      return new_note (markup);
    case DPOP_HELP_BLOCK_KEY:
      return new_key (markup);
    case DPOP_HELP_BLOCK_TEXT:
    case DPOP_HELP_BLOCK_END:
    default:
      return new_words (markup);
    }
}

/* --- The page. ------------------------------------------------------------------------------- */

static void
add_see_also (DpopHelpArticle *self, const DpopHelpTopic *topic)
{
  GtkWidget *heading = new_heading (_("See also"), "heading");
  GtkWidget *list = gtk_list_box_new ();

  gtk_widget_set_margin_top (heading, 2 * GAP);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("See also"), -1);
  for (const char *const *id = topic->see_also; *id != NULL; id++)
    gtk_list_box_append (GTK_LIST_BOX (list), dpop_help_page_row (*id));
  gtk_box_append (GTK_BOX (self->column), heading);
  gtk_box_append (GTK_BOX (self->column), list);
}

static void
fill (DpopHelpArticle *self, const DpopHelpTopic *topic)
{
  guint step = 0;

  gtk_box_append (GTK_BOX (self->column), new_heading (_(topic->title), "title-1"));
  for (const DpopHelpBlock *block = topic->blocks; block->kind != DPOP_HELP_BLOCK_END; block++)
    {
      GtkWidget *widget = new_block (block, &step);

      if (block->kind == DPOP_HELP_BLOCK_HEADING)
        gtk_widget_set_margin_top (widget, GAP);
      gtk_box_append (GTK_BOX (self->column), widget);
    }
  add_see_also (self, topic);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->column), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _(topic->title), -1);
}

/* The text has the focus, so that it can be scrolled with the keyboard from the first moment. */
static void
dpop_help_article_focus_first (DpopPage *page)
{
  gtk_widget_grab_focus (DPOP_HELP_ARTICLE (page)->column);
}

static void
dpop_help_article_search (DpopPage *page)
{
  dpop_shell_help (GTK_WIDGET (page), NULL);
}

static void
dpop_help_article_class_init (DpopHelpArticleClass *klass)
{
  DPOP_PAGE_CLASS (klass)->focus_first = dpop_help_article_focus_first;
  DPOP_PAGE_CLASS (klass)->search = dpop_help_article_search;
}

static void
dpop_help_article_init (DpopHelpArticle *self)
{
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->column = gtk_box_new (GTK_ORIENTATION_VERTICAL, GAP);
  gtk_widget_set_focusable (self->column, TRUE);
  gtk_widget_set_margin_start (self->column, 18);
  gtk_widget_set_margin_end (self->column, 18);
  gtk_widget_set_margin_top (self->column, 24);
  gtk_widget_set_margin_bottom (self->column, 36);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), COLUMN_WIDTH);
  adw_clamp_set_child (ADW_CLAMP (clamp), self->column);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  dpop_page_set_content (DPOP_PAGE (self), scroller);
  dpop_page_set_title (DPOP_PAGE (self), _("Help"));
}

DpopPage *
dpop_help_article_new (const DpopHelpTopic *topic)
{
  DpopPage *page = g_object_new (DPOP_TYPE_HELP_ARTICLE, NULL);

  fill (DPOP_HELP_ARTICLE (page), topic);
  return page;
}
