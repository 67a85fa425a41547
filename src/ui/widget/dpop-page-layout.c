/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-page-layout-private.h"

struct _DpopPageLayout
{
  GtkLayoutManager parent_instance;
};

G_DEFINE_FINAL_TYPE (DpopPageLayout, dpop_page_layout, GTK_TYPE_LAYOUT_MANAGER)

static GtkSizeRequestMode
dpop_page_layout_get_request_mode (GtkLayoutManager *layout, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
dpop_page_layout_measure (GtkLayoutManager *layout, GtkWidget *widget, GtkOrientation orientation,
                          int for_size, int *minimum, int *natural, int *minimum_baseline,
                          int *natural_baseline)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);

  if (child != NULL && gtk_widget_should_layout (child))
    gtk_widget_measure (child, orientation,
                        orientation == GTK_ORIENTATION_VERTICAL ? for_size : -1, minimum, natural,
                        NULL, NULL);
}

static void
dpop_page_layout_allocate (GtkLayoutManager *layout, GtkWidget *widget, int width, int height,
                           int baseline)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);

  if (child != NULL && gtk_widget_should_layout (child))
    gtk_widget_allocate (child, width, height, baseline, NULL);
}

static void
dpop_page_layout_class_init (DpopPageLayoutClass *klass)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  layout_class->get_request_mode = dpop_page_layout_get_request_mode;
  layout_class->measure = dpop_page_layout_measure;
  layout_class->allocate = dpop_page_layout_allocate;
}

static void
dpop_page_layout_init (DpopPageLayout *self)
{
}
