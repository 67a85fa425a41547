/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-progress.h"

#include "dpop-hand-over.h"

#include <glib/gi18n-lib.h>

#define PATIENCE_MS 1000
#define STEPS       500

struct _DpopProgress
{
  gatomicrefcount refs;
  GCancellable *cancellable;
  guint told;           /* of the command's thread alone: the step that was handed over last */
  gint step;            /* atomic */
  DpopProgressBar *bar; /* weak; of the widget's thread alone */
};

struct _DpopProgressBar
{
  AdwBin parent_instance;

  GtkWidget *bar;
  GtkWidget *what;
  GtkWidget *stop;
  DpopProgress *running; /* NULL: nothing is going on */
  guint patience;
};

G_DEFINE_FINAL_TYPE (DpopProgressBar, dpop_progress_bar, ADW_TYPE_BIN)

/* --- The command's side. --------------------------------------------------------------------- */

DpopProgress *
dpop_progress_ref (DpopProgress *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
dpop_progress_unref (DpopProgress *self)
{
  dpop_hand_over_release (self);
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  dpop_hand_over_acquire (self);
  g_object_unref (self->cancellable);
  g_free (self);
}

static void
drop (gpointer data)
{
  dpop_progress_unref (data);
}

static void
show_step (gpointer data)
{
  DpopProgress *self = data;

  if (self->bar != NULL)
    gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->bar->bar),
                                   g_atomic_int_get (&self->step) / (double) STEPS);
  dpop_progress_unref (self);
}

void
dpop_progress_tell (DpopProgress *self, guint64 done, guint64 total)
{
  const guint step = total > 0 ? (guint) (MIN (done, total) * STEPS / total) : 0;

  if (step <= self->told)
    return;
  self->told = step;
  g_atomic_int_set (&self->step, (gint) step);
  dpop_hand_over_send (NULL, show_step, dpop_progress_ref (self), drop);
}

gboolean
dpop_progress_is_stopped (DpopProgress *self)
{
  return g_cancellable_is_cancelled (self->cancellable);
}

GCancellable *
dpop_progress_get_cancellable (DpopProgress *self)
{
  return self->cancellable;
}

/* --- The person's side. ---------------------------------------------------------------------- */

static gboolean
on_patience_over (gpointer data)
{
  DpopProgressBar *self = data;

  self->patience = 0;
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  return G_SOURCE_REMOVE;
}

DpopProgress *
dpop_progress_bar_begin (DpopProgressBar *self, const char *what)
{
  g_return_val_if_fail (DPOP_IS_PROGRESS_BAR (self), NULL);
  dpop_progress_bar_end (self);
  self->running = g_new0 (DpopProgress, 1);
  g_atomic_ref_count_init (&self->running->refs);
  self->running->cancellable = g_cancellable_new ();
  g_set_weak_pointer (&self->running->bar, self);
  gtk_label_set_label (GTK_LABEL (self->what), what);
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->bar), 0);
  gtk_widget_set_sensitive (self->stop, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar), GTK_ACCESSIBLE_PROPERTY_LABEL, what,
                                  -1);
  self->patience = g_timeout_add (PATIENCE_MS, on_patience_over, self);
  return dpop_progress_ref (self->running);
}

void
dpop_progress_bar_end (DpopProgressBar *self)
{
  g_return_if_fail (DPOP_IS_PROGRESS_BAR (self));
  g_clear_handle_id (&self->patience, g_source_remove);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  if (self->running == NULL)
    return;
  g_clear_weak_pointer (&self->running->bar);
  g_clear_pointer (&self->running, dpop_progress_unref);
}

gboolean
dpop_progress_bar_is_running (DpopProgressBar *self)
{
  g_return_val_if_fail (DPOP_IS_PROGRESS_BAR (self), FALSE);
  return self->running != NULL;
}

static void
on_stop (GtkButton *button, DpopProgressBar *self)
{
  if (self->running == NULL)
    return;
  g_cancellable_cancel (self->running->cancellable);
  gtk_label_set_label (GTK_LABEL (self->what), _("Stopping"));
  gtk_widget_set_sensitive (self->stop, FALSE);
}

/* Who goes away does not want to wait any more. */
static void
dpop_progress_bar_dispose (GObject *object)
{
  DpopProgressBar *self = DPOP_PROGRESS_BAR (object);

  if (self->running != NULL)
    g_cancellable_cancel (self->running->cancellable);
  dpop_progress_bar_end (self);
  G_OBJECT_CLASS (dpop_progress_bar_parent_class)->dispose (object);
}

static void
dpop_progress_bar_class_init (DpopProgressBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dpop_progress_bar_dispose;
}

static void
dpop_progress_bar_init (DpopProgressBar *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  self->what = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "hexpand", TRUE, NULL);
  self->bar = gtk_progress_bar_new ();
  self->stop = gtk_button_new_with_label (_("Stop"));
  gtk_widget_set_valign (self->stop, GTK_ALIGN_CENTER);
  g_signal_connect (self->stop, "clicked", G_CALLBACK (on_stop), self);
  gtk_widget_set_hexpand (column, TRUE);
  gtk_box_append (GTK_BOX (column), self->what);
  gtk_box_append (GTK_BOX (column), self->bar);
  gtk_box_append (GTK_BOX (line), column);
  gtk_box_append (GTK_BOX (line), self->stop);
  adw_bin_set_child (ADW_BIN (self), line);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
dpop_progress_bar_new (void)
{
  return g_object_new (DPOP_TYPE_PROGRESS_BAR, NULL);
}
