/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-ballot-form.h"

#include "dpop-ballot-view.h"
#include "dpop-ballot-words.h"

#include <glib/gi18n-lib.h>

/* To paint it grey and back again takes longer than casting does, as a rule. */
#define GREY_AFTER_MS 150

struct _DpopBallotForm
{
  GtkBox parent_instance;

  DpopBallotView *view;
  GtkWidget *sentence;
  GtkWidget *failure;
  GtkWidget *keep;
  GtkWidget *cast;
  char *whom;
  guint grey; /* the timer; 0: none */
};

G_DEFINE_FINAL_TYPE (DpopBallotForm, dpop_ballot_form, GTK_TYPE_BOX)

enum
{
  MARKED,
  CAST,
  KEPT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

const DpopBallotPaper *
dpop_ballot_form_get_paper (DpopBallotForm *self)
{
  return dpop_ballot_view_get_paper (self->view);
}

const DpopBallotMarking *
dpop_ballot_form_get_marking (DpopBallotForm *self)
{
  return dpop_ballot_view_get_marking (self->view);
}

char *
dpop_ballot_form_to_text (DpopBallotForm *self)
{
  return dpop_ballot_marking_to_text (dpop_ballot_form_get_marking (self),
                                      dpop_ballot_form_get_paper (self));
}

static void
say (DpopBallotForm *self)
{
  const DpopBallotPaper *paper = dpop_ballot_form_get_paper (self);
  const DpopBallotMarking *marking = dpop_ballot_form_get_marking (self);
  g_autofree char *ask = NULL;
  g_autofree char *words = NULL;

  if (paper == NULL)
    return;
  ask = dpop_ballot_words_ask (marking, paper);
  words = ask == NULL ? dpop_ballot_words_say (marking, paper, self->whom, FALSE) : NULL;
  gtk_label_set_label (GTK_LABEL (self->sentence), ask != NULL ? ask : words);
  if (ask != NULL)
    gtk_widget_add_css_class (self->sentence, "dim-label");
  else
    gtk_widget_remove_css_class (self->sentence, "dim-label");
  gtk_widget_set_sensitive (self->cast, ask == NULL);
}

static void
name_cast (DpopBallotForm *self)
{
  g_autofree char *label = self->whom != NULL
                               ? g_strdup_printf (_("Cast the vote on behalf of %s"), self->whom)
                               : g_strdup (_("Cast my vote"));

  gtk_button_set_label (GTK_BUTTON (self->cast), label);
}

void
dpop_ballot_form_set_paper (DpopBallotForm *self, const DpopBallotPaper *paper)
{
  dpop_ballot_view_set_paper (self->view, paper);
  say (self);
}

void
dpop_ballot_form_set_marking (DpopBallotForm *self, const DpopBallotMarking *marking)
{
  dpop_ballot_view_set_marking (self->view, marking);
  say (self);
}

void
dpop_ballot_form_set_whom (DpopBallotForm *self, const char *whom)
{
  g_free (self->whom);
  self->whom = g_strdup (whom);
  name_cast (self);
  say (self);
}

void
dpop_ballot_form_set_changing (DpopBallotForm *self, gboolean changing)
{
  gtk_widget_set_visible (self->keep, changing);
}

static gboolean
on_grey (gpointer data)
{
  DpopBallotForm *self = data;

  self->grey = 0;
  gtk_widget_set_sensitive (GTK_WIDGET (self), FALSE);
  return G_SOURCE_REMOVE;
}

void
dpop_ballot_form_set_busy (DpopBallotForm *self, gboolean busy)
{
  g_clear_handle_id (&self->grey, g_source_remove);
  gtk_widget_set_can_target (GTK_WIDGET (self), !busy);
  if (busy)
    self->grey = g_timeout_add (GREY_AFTER_MS, on_grey, self);
  else
    gtk_widget_set_sensitive (GTK_WIDGET (self), TRUE);
}

void
dpop_ballot_form_set_failure (DpopBallotForm *self, const char *failure)
{
  gtk_label_set_label (GTK_LABEL (self->failure), failure != NULL ? failure : "");
  gtk_widget_set_visible (self->failure, failure != NULL);
}

static void
on_marked (DpopBallotView *view, DpopBallotForm *self)
{
  dpop_ballot_form_set_failure (self, NULL);
  say (self);
  g_signal_emit (self, signals[MARKED], 0);
}

static void
on_cast (GtkButton *button, DpopBallotForm *self)
{
  g_signal_emit (self, signals[CAST], 0);
}

static void
on_keep (GtkButton *button, DpopBallotForm *self)
{
  g_signal_emit (self, signals[KEPT], 0);
}

static void
dpop_ballot_form_finalize (GObject *object)
{
  g_clear_handle_id (&DPOP_BALLOT_FORM (object)->grey, g_source_remove);
  g_free (DPOP_BALLOT_FORM (object)->whom);
  G_OBJECT_CLASS (dpop_ballot_form_parent_class)->finalize (object);
}

static void
dpop_ballot_form_class_init (DpopBallotFormClass *klass)
{
  static const char *const names[] = { "marked", "cast", "kept" };

  G_OBJECT_CLASS (klass)->finalize = dpop_ballot_form_finalize;
  for (guint i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i], G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                               NULL, NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
new_label (GtkAccessibleRole role)
{
  return g_object_new (GTK_TYPE_LABEL, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, "justify",
                       GTK_JUSTIFY_CENTER, "accessible-role", role, NULL);
}

/* Large text, or a long name, goes on in a second line. */
static void
wrap (GtkWidget *button)
{
  GtkLabel *label = GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button)));

  gtk_label_set_wrap (label, TRUE);
  gtk_label_set_justify (label, GTK_JUSTIFY_CENTER);
}

static void
dpop_ballot_form_init (DpopBallotForm *self)
{
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  GtkBox *box = GTK_BOX (self);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (box, 15);
  self->view = DPOP_BALLOT_VIEW (dpop_ballot_view_new ());
  self->sentence = new_label (GTK_ACCESSIBLE_ROLE_STATUS);
  gtk_widget_add_css_class (self->sentence, "ballot-sentence");
  self->failure = new_label (GTK_ACCESSIBLE_ROLE_ALERT);
  gtk_widget_add_css_class (self->failure, "error");
  gtk_widget_set_visible (self->failure, FALSE);
  self->cast = gtk_button_new ();
  gtk_widget_add_css_class (self->cast, "pill");
  gtk_widget_add_css_class (self->cast, "suggested-action");
  self->keep = gtk_button_new_with_label (_("Leave it as it is"));
  gtk_widget_add_css_class (self->keep, "pill");
  gtk_widget_set_visible (self->keep, FALSE);
  gtk_widget_set_halign (buttons, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (buttons), self->cast);
  gtk_box_append (GTK_BOX (buttons), self->keep);
  gtk_box_append (box, GTK_WIDGET (self->view));
  gtk_box_append (box, self->sentence);
  gtk_box_append (box, self->failure);
  gtk_box_append (box, buttons);
  g_signal_connect (self->view, "marked", G_CALLBACK (on_marked), self);
  g_signal_connect (self->cast, "clicked", G_CALLBACK (on_cast), self);
  g_signal_connect (self->keep, "clicked", G_CALLBACK (on_keep), self);
  name_cast (self);
  wrap (self->cast);
  wrap (self->keep);
}

GtkWidget *
dpop_ballot_form_new (void)
{
  return g_object_new (DPOP_TYPE_BALLOT_FORM, NULL);
}
