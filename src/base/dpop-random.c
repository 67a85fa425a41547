/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-random.h"

#include <errno.h>
#include <sys/random.h>

static void
system_fill (gpointer self, gpointer bytes, gsize size)
{
  guint8 *at = bytes;

  while (size > 0)
    {
      ssize_t got = getrandom (at, MIN (size, 256), 0);

      if (got < 0 && errno == EINTR)
        continue;
      if (got <= 0)
        g_error ("The system gives no random numbers: %s", g_strerror (errno));
      at += got;
      size -= (gsize) got;
    }
}

static const DpopRandomTable system_table = { .fill = system_fill };

DpopRandom
dpop_random_system (void)
{
  return (DpopRandom){ .table = &system_table };
}
