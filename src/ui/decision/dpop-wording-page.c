/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-wording-page.h"

#include "dpop-decide.h"
#include "dpop-decision-parts-private.h"
#include "dpop-shell.h"
#include "dpop-wrapping-label.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _DpopWordingPage
{
  DpopPage parent_instance;

  DpopWordingPageUse use;
  CosmicId decision;
  gboolean is_revision;
  CosmicId replaces;
  GtkWidget *title;
  GtkWidget *text;
  GtkWidget *failure;
  GtkWidget *add;
};

G_DEFINE_FINAL_TYPE (DpopWordingPage, dpop_wording_page, DPOP_TYPE_PAGE)

typedef struct
{
  const char *page, *title, *text, *button, *done;
} Words;

static const Words words[] = {
  [DPOP_WORDING_PAGE_REASONS] = { N_("Add Reasons"), N_("Heading"), N_("Reasons"),
                                  N_("Add Reasons"), N_("Your reasons are saved here.") },
  [DPOP_WORDING_PAGE_OPTION]
  = { N_("Add an Option"), N_("What can be chosen"), N_("More about it (may be left out)"),
      N_("Add Option"), N_("The option is saved here.") },
  [DPOP_WORDING_PAGE_REWORD] = { N_("Word It Anew"), N_("Question"), N_("What it means"),
                                 N_("Put It So"), N_("The new wording is saved here.") },
};

/* --- Drafts: the first line is the title. ---------------------------------------------------- */

static char *
draft_name (DpopWordingPage *self)
{
  static const char *const uses[] = { "reasons/", "option/", "reword/" };
  g_autofree char *id = cosmic_id_to_text (&self->decision);

  return g_strconcat (uses[self->use], id, NULL);
}

static void
on_typed (DpopWordingPage *self)
{
  const char *title = gtk_editable_get_text (GTK_EDITABLE (self->title));
  g_autofree char *text = dpop_decision_parts_typed (self->text);
  g_autofree char *both = g_strconcat (title, "\n", text, NULL);
  g_autofree char *name = draft_name (self);
  g_autofree char *stripped = g_strstrip (g_strdup (title));

  gtk_widget_set_sensitive (self->add, *stripped != '\0');
  dpop_decision_parts_say (self->failure, NULL);
  dpop_session_put_draft (dpop_page_get_session (DPOP_PAGE (self)), name,
                          both[1] != '\0' ? both : NULL);
}

static void
on_draft (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DpopWordingPage) self = data;
  g_autofree char *both = dpop_session_get_draft_finish (DPOP_SESSION (source), result, NULL);
  char *text = both != NULL ? strchr (both, '\n') : NULL;

  if (text == NULL)
    return;
  *text = '\0';
  gtk_editable_set_text (GTK_EDITABLE (self->title), both);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text)), text + 1, -1);
}

/* --- Saying it. ------------------------------------------------------------------------------ */

typedef struct
{
  DpopWordingPageUse use;
  CosmicId decision;
  gboolean is_revision;
  CosmicId replaces;
  char *title;
  char *text;
} Wording;

static void
wording_free (gpointer data)
{
  Wording *wording = data;

  g_free (wording->title);
  g_free (wording->text);
  g_free (wording);
}

static gpointer
say_wording (DpopProfile *profile, gpointer data, GError **error)
{
  const Wording *wording = data;

  if (wording->use == DPOP_WORDING_PAGE_OPTION)
    return GINT_TO_POINTER (dpop_decide_add_option (profile, &wording->decision, NULL, NULL,
                                                    wording->title, wording->text, NULL, error));
  return GINT_TO_POINTER (dpop_decide_add_text (
      profile, &wording->decision,
      wording->use == DPOP_WORDING_PAGE_REWORD ? DPOP_TEXT_QUESTION : DPOP_TEXT_REASON,
      wording->is_revision ? &wording->replaces : NULL, NULL, wording->title, wording->text, NULL,
      error));
}

static void
on_said (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DpopWordingPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = draft_name (self);

  gtk_widget_set_sensitive (self->add, TRUE);
  if (dpop_session_run_finish (DPOP_SESSION (source), result, &error) == NULL)
    {
      dpop_decision_parts_say (self->failure, error->message);
      return;
    }
  dpop_session_put_draft (DPOP_SESSION (source), name, NULL);
  dpop_shell_toast (GTK_WIDGET (self), _(words[self->use].done));
  dpop_shell_pop (GTK_WIDGET (self));
}

static void
on_add (GtkButton *button, DpopWordingPage *self)
{
  Wording *wording = g_new0 (Wording, 1);

  wording->use = self->use;
  wording->decision = self->decision;
  wording->is_revision = self->is_revision;
  wording->replaces = self->replaces;
  wording->title = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->title))));
  wording->text = g_strstrip (dpop_decision_parts_typed (self->text));
  gtk_widget_set_sensitive (self->add, FALSE);
  dpop_decision_parts_say (self->failure, NULL);
  dpop_session_run_async (dpop_page_get_session (DPOP_PAGE (self)), say_wording, wording,
                          wording_free, NULL, NULL, on_said, g_object_ref (self));
}

/* --- The page. ------------------------------------------------------------------------------- */

static void
dpop_wording_page_focus_first (DpopPage *page)
{
  gtk_widget_grab_focus (DPOP_WORDING_PAGE (page)->title);
}

static void
dpop_wording_page_class_init (DpopWordingPageClass *klass)
{
  DPOP_PAGE_CLASS (klass)->focus_first = dpop_wording_page_focus_first;
}

static void
dpop_wording_page_init (DpopWordingPage *self)
{
}

static void
fill (DpopWordingPage *self)
{
  const Words *these = &words[self->use];
  GtkWidget *scroller, *column, *text;

  scroller = dpop_decision_parts_column (&column);
  self->title = gtk_entry_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->title), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _(these->title), -1);
  text = dpop_decision_parts_text (_(these->text), 160, &self->text);
  self->failure = dpop_decision_parts_failure ();
  self->add = dpop_decision_parts_button (_(these->button), "suggested-action",
                                          G_CALLBACK (on_add), self);
  gtk_widget_set_sensitive (self->add, FALSE);
  gtk_box_append (GTK_BOX (column), dpop_wrapping_label_new (_(these->page), "title-2"));
  gtk_box_append (GTK_BOX (column), dpop_wrapping_label_new (_(these->title), "heading"));
  gtk_box_append (GTK_BOX (column), self->title);
  gtk_box_append (GTK_BOX (column), dpop_wrapping_label_new (_(these->text), "heading"));
  gtk_box_append (GTK_BOX (column), text);
  gtk_box_append (GTK_BOX (column), self->failure);
  gtk_box_append (GTK_BOX (column), self->add);
  dpop_page_set_title (DPOP_PAGE (self), _(these->page));
  dpop_page_set_content (DPOP_PAGE (self), scroller);
}

DpopPage *
dpop_wording_page_new (DpopSession *session, DpopWordingPageUse use, const CosmicId *decision,
                       const CosmicId *replaces, const char *title, const char *text)
{
  DpopWordingPage *self = g_object_new (DPOP_TYPE_WORDING_PAGE, "session", session, NULL);
  g_autofree char *name = NULL;

  self->use = use;
  self->decision = *decision;
  self->is_revision = replaces != NULL;
  if (replaces != NULL)
    self->replaces = *replaces;
  fill (self);
  gtk_editable_set_text (GTK_EDITABLE (self->title), title != NULL ? title : "");
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text)),
                            text != NULL ? text : "", -1);
  gtk_widget_set_sensitive (self->add, title != NULL);
  g_signal_connect_swapped (self->title, "changed", G_CALLBACK (on_typed), self);
  g_signal_connect_swapped (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text)), "changed",
                            G_CALLBACK (on_typed), self);
  name = draft_name (self);
  dpop_session_get_draft_async (session, name, on_draft, g_object_ref (self));
  return DPOP_PAGE (self);
}
