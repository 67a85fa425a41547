/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-flow-line.h"

struct _DpopFlowLine
{
  GtkWidget parent_instance;

  int space;   /* between children */
  int leading; /* between lines */
};

G_DEFINE_FINAL_TYPE (DpopFlowLine, dpop_flow_line, GTK_TYPE_WIDGET)

static GtkSizeRequestMode
dpop_flow_line_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static int
width_of (GtkWidget *child, int available)
{
  int least, natural;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, &natural, NULL, NULL);
  return MAX (least, MIN (natural, available));
}

/* The first child that does not fit into a line with FIRST any more, NULL: they all do; and how
 * high the line is. */
static GtkWidget *
break_line (DpopFlowLine *self, GtkWidget *first, int available, int *height)
{
  int used = 0;

  *height = 0;
  for (GtkWidget *child = first; child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      int width, natural;

      if (!gtk_widget_should_layout (child))
        continue;
      width = width_of (child, available);
      if (used > 0 && used + self->space + width > available)
        return child;
      used += width + (used > 0 ? self->space : 0);
      gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, NULL, &natural, NULL, NULL);
      *height = MAX (*height, natural);
    }
  return NULL;
}

static int
height_for (DpopFlowLine *self, int available)
{
  int total = 0;

  for (GtkWidget *first = gtk_widget_get_first_child (GTK_WIDGET (self)); first != NULL;)
    {
      int height;

      first = break_line (self, first, available, &height);
      total += height + (total > 0 && height > 0 ? self->leading : 0);
    }
  return total;
}

static void
dpop_flow_line_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                        int *natural, int *minimum_baseline, int *natural_baseline)
{
  DpopFlowLine *self = DPOP_FLOW_LINE (widget);

  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      *minimum = *natural = height_for (self, for_size < 0 ? G_MAXINT / 2 : for_size);
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int least, wanted;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, &wanted, NULL, NULL);
      *minimum = MAX (*minimum, least);
      *natural += wanted + (*natural > 0 ? self->space : 0);
    }
}

static void
allocate_line (DpopFlowLine *self, GtkWidget *first, const GtkWidget *end, int available, int y,
               int height)
{
  const gboolean mirrored = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  int x = 0;

  for (GtkWidget *child = first; child != end; child = gtk_widget_get_next_sibling (child))
    {
      GtkAllocation place = { .y = y, .height = height };

      if (!gtk_widget_should_layout (child))
        continue;
      place.width = width_of (child, available);
      place.x = mirrored ? available - x - place.width : x;
      gtk_widget_size_allocate (child, &place, -1);
      x += place.width + self->space;
    }
}

static void
dpop_flow_line_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  DpopFlowLine *self = DPOP_FLOW_LINE (widget);
  int y = 0;

  for (GtkWidget *first = gtk_widget_get_first_child (widget); first != NULL;)
    {
      int line;
      GtkWidget *next = break_line (self, first, width, &line);

      allocate_line (self, first, next, width, y, line);
      y += line + self->leading;
      first = next;
    }
}

static void
dpop_flow_line_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (dpop_flow_line_parent_class)->dispose (object);
}

static void
dpop_flow_line_class_init (DpopFlowLineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dpop_flow_line_dispose;
  widget_class->get_request_mode = dpop_flow_line_get_request_mode;
  widget_class->measure = dpop_flow_line_measure;
  widget_class->size_allocate = dpop_flow_line_size_allocate;
}

static void
dpop_flow_line_init (DpopFlowLine *self)
{
}

void
dpop_flow_line_append (DpopFlowLine *self, GtkWidget *child)
{
  gtk_widget_set_parent (child, GTK_WIDGET (self));
}

GtkWidget *
dpop_flow_line_new (int space, int leading)
{
  DpopFlowLine *self = g_object_new (DPOP_TYPE_FLOW_LINE, NULL);

  self->space = space;
  self->leading = leading;
  return GTK_WIDGET (self);
}
