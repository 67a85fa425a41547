/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-wrap-box.h"

#define SPACING 6

struct _DpopWrapBox
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (DpopWrapBox, dpop_wrap_box, GTK_TYPE_WIDGET)

static void
measure_width (DpopWrapBox *self, int *minimum, int *natural)
{
  *minimum = *natural = 0;
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int least = 0, liked = 0;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, &liked, NULL, NULL);
      *minimum = MAX (*minimum, least);
      *natural += (*natural > 0 ? SPACING : 0) + liked;
    }
}

static void
place (GtkWidget *child, int x, int y, int width, int height)
{
  gtk_widget_size_allocate (child, &(GtkAllocation){ x, y, width, height }, -1);
}

/* From one side to the other as the language runs; ALLOCATE: for real. The height. */
static int
lay_out (DpopWrapBox *self, int width, gboolean allocate)
{
  const gboolean mirrored = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  int x = 0, y = 0, line = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int least = 0, liked = 0, height = 0, own;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, &liked, NULL, NULL);
      own = MAX (least, MIN (liked, width));
      gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, own, NULL, &height, NULL, NULL);
      if (x > 0 && x + own > width)
        {
          x = 0;
          y += line + SPACING;
          line = 0;
        }
      if (allocate)
        place (child, mirrored ? width - x - own : x, y, own, height);
      x += own + SPACING;
      line = MAX (line, height);
    }
  return y + line;
}

static void
dpop_wrap_box_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                       int *natural, int *minimum_baseline, int *natural_baseline)
{
  DpopWrapBox *self = DPOP_WRAP_BOX (widget);
  int least, liked;

  measure_width (self, &least, &liked);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = least;
      *natural = liked;
    }
  else
    *minimum = *natural = lay_out (self, for_size < 0 ? liked : for_size, FALSE);
}

static void
dpop_wrap_box_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  lay_out (DPOP_WRAP_BOX (widget), width, TRUE);
}

static GtkSizeRequestMode
dpop_wrap_box_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
dpop_wrap_box_dispose (GObject *object)
{
  dpop_wrap_box_clear (DPOP_WRAP_BOX (object));
  G_OBJECT_CLASS (dpop_wrap_box_parent_class)->dispose (object);
}

static void
dpop_wrap_box_class_init (DpopWrapBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dpop_wrap_box_dispose;
  widget_class->measure = dpop_wrap_box_measure;
  widget_class->size_allocate = dpop_wrap_box_size_allocate;
  widget_class->get_request_mode = dpop_wrap_box_get_request_mode;
}

static void
dpop_wrap_box_init (DpopWrapBox *self)
{
}

GtkWidget *
dpop_wrap_box_new (void)
{
  return g_object_new (DPOP_TYPE_WRAP_BOX, NULL);
}

void
dpop_wrap_box_append (DpopWrapBox *self, GtkWidget *child)
{
  g_return_if_fail (DPOP_IS_WRAP_BOX (self));
  gtk_widget_insert_before (child, GTK_WIDGET (self), NULL);
}

void
dpop_wrap_box_clear (DpopWrapBox *self)
{
  GtkWidget *child;

  g_return_if_fail (DPOP_IS_WRAP_BOX (self));
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
}
