/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-window-trail-private.h"

struct _DpopWindowTrail
{
  GArray *stops; /* of DpopWindowStop, by depth */
};

static void
stop_clear (gpointer stop)
{
  g_free (((DpopWindowStop *) stop)->topic);
}

static GArray *
stops_new (void)
{
  GArray *stops = g_array_new (FALSE, FALSE, sizeof (DpopWindowStop));

  g_array_set_clear_func (stops, stop_clear);
  return stops;
}

DpopWindowTrail *
dpop_window_trail_new (void)
{
  DpopWindowTrail *self = g_new0 (DpopWindowTrail, 1);

  self->stops = stops_new ();
  return self;
}

void
dpop_window_trail_free (DpopWindowTrail *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->stops);
  g_free (self);
}

void
dpop_window_trail_cut (DpopWindowTrail *self, guint depth)
{
  guint left = self->stops->len;

  while (left > 0 && g_array_index (self->stops, DpopWindowStop, left - 1).depth > depth)
    left--;
  g_array_set_size (self->stops, left);
}

void
dpop_window_trail_note (DpopWindowTrail *self, guint depth, DpopPlace place, const CosmicId *id,
                        const char *topic)
{
  DpopWindowStop stop = { place, id != NULL, id != NULL ? *id : (CosmicId){ { 0 } },
                          g_strdup (topic), depth };

  dpop_window_trail_cut (self, depth - 1);
  g_array_append_val (self->stops, stop);
}

/* A page without a place (a form, a dialog's) cannot be made again, nor what lies over it. */
GArray *
dpop_window_trail_take (DpopWindowTrail *self)
{
  GArray *stops = self->stops;
  guint whole = 0;

  while (whole < stops->len && g_array_index (stops, DpopWindowStop, whole).depth == whole + 1)
    whole++;
  g_array_set_size (stops, whole);
  self->stops = stops_new ();
  return stops;
}
