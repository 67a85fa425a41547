/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-source.h"

void
dpop_source_clear (GSource **place)
{
  if (*place != NULL)
    g_source_destroy (*place);
  g_clear_pointer (place, g_source_unref);
}

void
dpop_source_set (GSource **place, GSource *source, GSourceFunc callback, gpointer data)
{
  dpop_source_clear (place);
  g_source_set_callback (source, callback, data, NULL);
  g_source_attach (source, g_main_context_get_thread_default ());
  *place = source;
}

void
dpop_source_after (GSource **place, guint milliseconds, GSourceFunc callback, gpointer data)
{
  dpop_source_set (place, g_timeout_source_new (milliseconds), callback, data);
}
