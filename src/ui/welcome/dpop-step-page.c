/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-step-page.h"

struct _DpopStepPage
{
  DpopPage parent_instance;

  GtkWidget *progress;
  GtkWidget *question;
  GtkWidget *explanation;
  GtkWidget *body;
  GtkWidget *failure;
  GtkWidget *working;
  GtkWidget *later;
  GtkWidget *next;
  GtkWidget *first; /* weak */
  gboolean has_later;
  gboolean stays; /* there is nothing to go on to */
};

G_DEFINE_FINAL_TYPE (DpopStepPage, dpop_step_page, DPOP_TYPE_PAGE)

enum
{
  NEXT,
  LATER,
  LEFT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
set_text (GtkWidget *label, const char *text)
{
  gtk_label_set_label (GTK_LABEL (label), text != NULL ? text : "");
  gtk_widget_set_visible (label, text != NULL);
}

void
dpop_step_page_set_body (DpopStepPage *self, GtkWidget *body)
{
  g_return_if_fail (DPOP_IS_STEP_PAGE (self));
  adw_bin_set_child (ADW_BIN (self->body), body);
  gtk_widget_set_visible (self->body, body != NULL);
}

GtkWidget *
dpop_step_page_get_body (DpopStepPage *self)
{
  g_return_val_if_fail (DPOP_IS_STEP_PAGE (self), NULL);
  return adw_bin_get_child (ADW_BIN (self->body));
}

void
dpop_step_page_set_first (DpopStepPage *self, GtkWidget *first)
{
  g_return_if_fail (DPOP_IS_STEP_PAGE (self));
  g_set_weak_pointer (&self->first, first);
}

void
dpop_step_page_fail (DpopStepPage *self, const char *text)
{
  g_return_if_fail (DPOP_IS_STEP_PAGE (self));
  set_text (self->failure, text);
}

/* While it is busy the button stays in its place: a window forgets its default when that is hidden,
 * and a frame later at that. */
static void
show_buttons (DpopStepPage *self)
{
  const gboolean busy = dpop_step_page_is_busy (self);

  gtk_widget_set_visible (self->next, !self->stays);
  gtk_widget_set_sensitive (self->next, !busy);
  gtk_widget_set_visible (self->later, !busy && self->has_later);
}

/* An entry that loses the focus by being switched off complains. */
static void
drop_focus (DpopStepPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self)))
    gtk_root_set_focus (root, NULL);
}

void
dpop_step_page_busy (DpopStepPage *self, const char *text)
{
  g_return_if_fail (DPOP_IS_STEP_PAGE (self));
  if (text != NULL)
    drop_focus (self);
  set_text (self->working, text);
  if (text != NULL)
    dpop_step_page_fail (self, NULL);
  show_buttons (self);
  gtk_widget_set_sensitive (self->body, text == NULL);
}

gboolean
dpop_step_page_is_busy (DpopStepPage *self)
{
  g_return_val_if_fail (DPOP_IS_STEP_PAGE (self), FALSE);
  return gtk_widget_get_visible (self->working);
}

void
dpop_step_page_set_can_go_on (DpopStepPage *self, gboolean can_go_on)
{
  g_return_if_fail (DPOP_IS_STEP_PAGE (self));
  self->stays = !can_go_on;
  self->has_later &= !can_go_on;
  show_buttons (self);
}

void
dpop_step_page_set_destructive (DpopStepPage *self)
{
  g_return_if_fail (DPOP_IS_STEP_PAGE (self));
  gtk_widget_remove_css_class (self->next, "suggested-action");
  gtk_widget_add_css_class (self->next, "destructive-action");
}

static void
on_next (GtkButton *button, DpopStepPage *self)
{
  dpop_step_page_fail (self, NULL);
  g_signal_emit (self, signals[NEXT], 0);
}

static void
on_later (GtkButton *button, DpopStepPage *self)
{
  g_signal_emit (self, signals[LATER], 0);
}

static void
dpop_step_page_focus_first (DpopPage *page)
{
  DpopStepPage *self = DPOP_STEP_PAGE (page);

  if (self->first != NULL && gtk_widget_grab_focus (self->first))
    return;
  if (!gtk_widget_child_focus (self->body, GTK_DIR_TAB_FORWARD))
    gtk_widget_grab_focus (self->next);
}

/* While something is being written, back waits for it. */
static gboolean
dpop_step_page_leave (DpopPage *page)
{
  if (dpop_step_page_is_busy (DPOP_STEP_PAGE (page)))
    return FALSE;
  g_signal_emit (page, signals[LEFT], 0);
  return TRUE;
}

/* Enter goes on, from whatever activates the default. */
static void
dpop_step_page_map (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  GTK_WIDGET_CLASS (dpop_step_page_parent_class)->map (widget);
  if (GTK_IS_WINDOW (root))
    gtk_window_set_default_widget (GTK_WINDOW (root), DPOP_STEP_PAGE (widget)->next);
}

static void
dpop_step_page_unmap (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  if (GTK_IS_WINDOW (root)
      && gtk_window_get_default_widget (GTK_WINDOW (root)) == DPOP_STEP_PAGE (widget)->next)
    gtk_window_set_default_widget (GTK_WINDOW (root), NULL);
  GTK_WIDGET_CLASS (dpop_step_page_parent_class)->unmap (widget);
}

static void
dpop_step_page_dispose (GObject *object)
{
  g_clear_weak_pointer (&DPOP_STEP_PAGE (object)->first);
  G_OBJECT_CLASS (dpop_step_page_parent_class)->dispose (object);
}

static guint
new_signal (GObjectClass *klass, const char *name)
{
  return g_signal_new (name, G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                       G_TYPE_NONE, 0);
}

static void
dpop_step_page_class_init (DpopStepPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dpop_step_page_dispose;
  widget_class->map = dpop_step_page_map;
  widget_class->unmap = dpop_step_page_unmap;
  DPOP_PAGE_CLASS (klass)->focus_first = dpop_step_page_focus_first;
  DPOP_PAGE_CLASS (klass)->leave = dpop_step_page_leave;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/dpop/Dpop/dpop-step-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DpopStepPage, progress);
  gtk_widget_class_bind_template_child (widget_class, DpopStepPage, question);
  gtk_widget_class_bind_template_child (widget_class, DpopStepPage, explanation);
  gtk_widget_class_bind_template_child (widget_class, DpopStepPage, body);
  gtk_widget_class_bind_template_child (widget_class, DpopStepPage, failure);
  gtk_widget_class_bind_template_child (widget_class, DpopStepPage, working);
  gtk_widget_class_bind_template_child (widget_class, DpopStepPage, later);
  gtk_widget_class_bind_template_child (widget_class, DpopStepPage, next);
  gtk_widget_class_bind_template_callback (widget_class, on_next);
  gtk_widget_class_bind_template_callback (widget_class, on_later);
  signals[NEXT] = new_signal (G_OBJECT_CLASS (klass), "next");
  signals[LATER] = new_signal (G_OBJECT_CLASS (klass), "later");
  signals[LEFT] = new_signal (G_OBJECT_CLASS (klass), "left");
}

static void
dpop_step_page_init (DpopStepPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

DpopStepPage *
dpop_step_page_new (DpopSession *session, const DpopStepText *text)
{
  DpopStepPage *self
      = g_object_new (DPOP_TYPE_STEP_PAGE, "session", session, "title", text->title, NULL);

  set_text (self->progress, text->progress);
  set_text (self->question, text->question);
  set_text (self->explanation, text->explanation);
  gtk_button_set_label (GTK_BUTTON (self->next), text->next);
  self->has_later = text->later != NULL;
  if (self->has_later)
    gtk_button_set_label (GTK_BUTTON (self->later), text->later);
  show_buttons (self);
  dpop_step_page_set_body (self, NULL);
  return self;
}
