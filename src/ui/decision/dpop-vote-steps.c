/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-vote-steps.h"

#include <glib/gi18n-lib.h>

#define N_STEPS 4
#define SPACE   18 /* between steps beside each other */
#define LEADING 3  /* between steps below each other */

struct _DpopVoteSteps
{
  GtkWidget parent_instance;

  GtkWidget *steps[N_STEPS];
  GtkWidget *marks[N_STEPS];
  GtkWidget *words[N_STEPS];
};

G_DEFINE_FINAL_TYPE (DpopVoteSteps, dpop_vote_steps, GTK_TYPE_WIDGET)

/* The last step is where it ends, well or not. */
static const DpopVotePlace path[N_STEPS] = {
  DPOP_VOTE_PLACE_SAVED,
  DPOP_VOTE_PLACE_EXPORTED,
  DPOP_VOTE_PLACE_DELIVERED,
  DPOP_VOTE_PLACE_COUNTED,
};

static void
show_step (DpopVoteSteps *self, guint i, gboolean done, gboolean here, gboolean well)
{
  gtk_image_set_from_icon_name (GTK_IMAGE (self->marks[i]), !well  ? "dialog-warning-symbolic"
                                                            : done ? "object-select-symbolic"
                                                                   : "content-loading-symbolic");
  gtk_widget_remove_css_class (self->steps[i], "dim-label");
  gtk_widget_remove_css_class (self->words[i], "heading");
  gtk_widget_remove_css_class (self->marks[i], "success");
  gtk_widget_remove_css_class (self->marks[i], "warning");
  if (!done)
    gtk_widget_add_css_class (self->steps[i], "dim-label");
  if (here)
    gtk_widget_add_css_class (self->words[i], "heading");
  if (done)
    gtk_widget_add_css_class (self->marks[i], well ? "success" : "warning");
}

/* A vote may reach a record keeper without a file, or be counted where it was cast: what came
 * before on the way is done all the same, but a file that never was is left out. */
void
dpop_vote_steps_set (DpopVoteSteps *self, DpopVotePlace place)
{
  const gboolean ended = place >= DPOP_VOTE_PLACE_COUNTED;
  const guint reached = ended ? N_STEPS - 1 : (guint) place;
  g_autofree char *text
      = g_strdup_printf (_("Where this vote is: %s."), dpop_vote_place_words (place));

  for (guint i = 0; i < N_STEPS; i++)
    {
      const gboolean last = i == N_STEPS - 1;

      show_step (self, i, i <= reached, i == reached, !last || place <= DPOP_VOTE_PLACE_COUNTED);
      gtk_label_set_label (GTK_LABEL (self->words[i]),
                           dpop_vote_place_words (last && ended ? place : path[i]));
    }
  gtk_widget_set_visible (self->steps[1], place <= DPOP_VOTE_PLACE_EXPORTED);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

/* --- Beside each other where there is room, else below each other. --------------------------- */

static void
sum_up (DpopVoteSteps *self, int *beside, int *widest, int *lines, int *highest)
{
  *beside = *widest = *lines = *highest = 0;
  for (guint i = 0; i < N_STEPS; i++)
    {
      int width, height;

      if (!gtk_widget_should_layout (self->steps[i]))
        continue;
      gtk_widget_measure (self->steps[i], GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width, NULL, NULL);
      gtk_widget_measure (self->steps[i], GTK_ORIENTATION_VERTICAL, -1, NULL, &height, NULL, NULL);
      *beside += width + (*beside > 0 ? SPACE : 0);
      *widest = MAX (*widest, width);
      *lines += height + (*lines > 0 ? LEADING : 0);
      *highest = MAX (*highest, height);
    }
}

static GtkSizeRequestMode
dpop_vote_steps_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
dpop_vote_steps_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                         int *natural, int *minimum_baseline, int *natural_baseline)
{
  int beside, widest, lines, highest;

  sum_up (DPOP_VOTE_STEPS (widget), &beside, &widest, &lines, &highest);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = widest;
      *natural = beside;
    }
  else
    *minimum = *natural = for_size < 0 || for_size >= beside ? highest : lines;
}

static void
dpop_vote_steps_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  DpopVoteSteps *self = DPOP_VOTE_STEPS (widget);
  const gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int beside, widest, lines, highest, x, y = 0;

  sum_up (self, &beside, &widest, &lines, &highest);
  x = (width - (width >= beside ? beside : widest)) / 2;
  for (guint i = 0; i < N_STEPS; i++)
    {
      GtkAllocation place = { .x = x, .y = y };

      if (!gtk_widget_should_layout (self->steps[i]))
        continue;
      gtk_widget_measure (self->steps[i], GTK_ORIENTATION_HORIZONTAL, -1, NULL, &place.width, NULL,
                          NULL);
      gtk_widget_measure (self->steps[i], GTK_ORIENTATION_VERTICAL, -1, NULL, &place.height, NULL,
                          NULL);
      if (width >= beside)
        x += place.width + SPACE;
      else
        y += place.height + LEADING;
      if (mirrored)
        place.x = width - place.x - place.width;
      gtk_widget_size_allocate (self->steps[i], &place, -1);
    }
}

/* --- The widget. ----------------------------------------------------------------------------- */

static void
dpop_vote_steps_dispose (GObject *object)
{
  DpopVoteSteps *self = DPOP_VOTE_STEPS (object);

  for (guint i = 0; i < N_STEPS; i++)
    g_clear_pointer (&self->steps[i], gtk_widget_unparent);
  G_OBJECT_CLASS (dpop_vote_steps_parent_class)->dispose (object);
}

static void
dpop_vote_steps_class_init (DpopVoteStepsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dpop_vote_steps_dispose;
  widget_class->get_request_mode = dpop_vote_steps_get_request_mode;
  widget_class->measure = dpop_vote_steps_measure;
  widget_class->size_allocate = dpop_vote_steps_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "votesteps");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
dpop_vote_steps_init (DpopVoteSteps *self)
{
  for (guint i = 0; i < N_STEPS; i++)
    {
      self->steps[i] = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
      self->marks[i] = g_object_new (GTK_TYPE_IMAGE, "accessible-role",
                                     GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
      self->words[i] = gtk_label_new ("");
      gtk_box_append (GTK_BOX (self->steps[i]), self->marks[i]);
      gtk_box_append (GTK_BOX (self->steps[i]), self->words[i]);
      gtk_widget_set_parent (self->steps[i], GTK_WIDGET (self));
    }
  dpop_vote_steps_set (self, DPOP_VOTE_PLACE_SAVED);
}

GtkWidget *
dpop_vote_steps_new (void)
{
  return g_object_new (DPOP_TYPE_VOTE_STEPS, NULL);
}
