/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-practice-bar.h"

#include "dpop-practice.h"
#include "dpop-question.h"

#include <glib/gi18n-lib.h>

#define STEP_SECONDS 6

struct _DpopPracticeBar
{
  AdwBin parent_instance;

  DpopSession *session; /* of a practice organisation; else NULL */
  guint timer;
  gboolean is_stepping;
};

G_DEFINE_FINAL_TYPE (DpopPracticeBar, dpop_practice_bar, ADW_TYPE_BIN)

enum
{
  END,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* --- Its members. ---------------------------------------------------------------------------- */

/* In the engine's thread. A rule may forbid what someone was inclined to: then nothing happens. */
static gpointer
step_there (DpopProfile *profile, gpointer data, GError **error)
{
  return GINT_TO_POINTER (dpop_practice_step (profile, NULL, error));
}

static void
on_stepped (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DpopPracticeBar) self = data;

  dpop_session_run_finish (DPOP_SESSION (source), result, NULL);
  self->is_stepping = FALSE;
}

static gboolean
on_time (gpointer data)
{
  DpopPracticeBar *self = data;

  if (self->is_stepping || dpop_session_get_state (self->session) != DPOP_SESSION_OPEN)
    return G_SOURCE_CONTINUE;
  self->is_stepping = TRUE;
  dpop_session_run_async (self->session, step_there, NULL, NULL, NULL, NULL, on_stepped,
                          g_object_ref (self));
  return G_SOURCE_CONTINUE;
}

/* --- Whether it is one. ---------------------------------------------------------------------- */

static gpointer
ask_there (DpopProfile *profile, gpointer data, GError **error)
{
  return GINT_TO_POINTER (dpop_practice_is (profile));
}

static void
on_answer (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DpopPracticeBar) self = data;
  const gboolean practice = dpop_session_run_finish (DPOP_SESSION (source), result, NULL) != NULL;

  if (self->session != DPOP_SESSION (source))
    return;
  gtk_widget_set_visible (GTK_WIDGET (self), practice);
  if (practice && self->timer == 0)
    self->timer = g_timeout_add_seconds (STEP_SECONDS, on_time, self);
}

void
dpop_practice_bar_set_session (DpopPracticeBar *self, DpopSession *session)
{
  g_return_if_fail (DPOP_IS_PRACTICE_BAR (self));
  g_clear_handle_id (&self->timer, g_source_remove);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  g_set_object (&self->session, session);
  if (session != NULL)
    dpop_session_run_async (session, ask_there, NULL, NULL, NULL, NULL, on_answer,
                            g_object_ref (self));
}

/* --- The bar. -------------------------------------------------------------------------------- */

static void
on_confirmed (AdwMessageDialog *dialog, const char *response, DpopPracticeBar *self)
{
  if (g_str_equal (response, DPOP_QUESTION_YES))
    g_signal_emit (self, signals[END], 0);
}

static void
on_end (GtkButton *button, DpopPracticeBar *self)
{
  GtkWidget *dialog = dpop_question_new (
      GTK_WIDGET (self), _("End practising?"),
      _("The invented organisation is deleted from this computer, with all that you did in it. You "
        "can practise again at any time."),
      _("Keep It"), _("Delete It"), ADW_RESPONSE_DESTRUCTIVE);

  g_signal_connect_object (dialog, "response", G_CALLBACK (on_confirmed), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
dpop_practice_bar_dispose (GObject *object)
{
  DpopPracticeBar *self = DPOP_PRACTICE_BAR (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (dpop_practice_bar_parent_class)->dispose (object);
}

static void
dpop_practice_bar_class_init (DpopPracticeBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dpop_practice_bar_dispose;
  signals[END] = g_signal_new ("end", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "practice");
}

static void
dpop_practice_bar_init (DpopPracticeBar *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (_("Practice: nothing here is real."));
  GtkWidget *end = gtk_button_new_with_label (_("End Practice…"));

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_valign (end, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (label, "heading");
  g_signal_connect (end, "clicked", G_CALLBACK (on_end), self);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), end);
  adw_bin_set_child (ADW_BIN (self), box);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
