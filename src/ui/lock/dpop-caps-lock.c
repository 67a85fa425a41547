/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-caps-lock.h"

static void
on_caps (GdkDevice *keyboard, GParamSpec *pspec, GtkWidget *label)
{
  gtk_widget_set_visible (label, gdk_device_get_caps_lock_state (keyboard));
}

static GdkDevice *
keyboard_of (GtkWidget *widget)
{
  GdkSeat *seat = gdk_display_get_default_seat (gtk_widget_get_display (widget));

  return seat != NULL ? gdk_seat_get_keyboard (seat) : NULL;
}

static void
on_map (GtkWidget *widget, GtkWidget *label)
{
  GdkDevice *keyboard = keyboard_of (widget);

  if (keyboard == NULL)
    return;
  g_signal_connect_object (keyboard, "notify::caps-lock-state", G_CALLBACK (on_caps), label, 0);
  on_caps (keyboard, NULL, label);
}

static void
on_unmap (GtkWidget *widget, GtkWidget *label)
{
  GdkDevice *keyboard = keyboard_of (widget);

  if (keyboard != NULL)
    g_signal_handlers_disconnect_by_func (keyboard, on_caps, label);
}

void
dpop_caps_lock_watch (GtkWidget *widget, GtkWidget *label)
{
  g_signal_connect_object (widget, "map", G_CALLBACK (on_map), label, 0);
  g_signal_connect_object (widget, "unmap", G_CALLBACK (on_unmap), label, 0);
}
