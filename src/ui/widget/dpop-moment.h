/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Points in time as people say them, in the person's language and time zone. For reading only:
 * nothing that decides comes through here. Times are in ms since 1970; the caller frees. */

/* "today, 14:02", "tomorrow, 18:00", "Sunday, 18:00" within six days, "3 May, 18:00" within the
 * year, else "3 May 2026". */
char *dpop_moment_words (gint64 ms, gint64 now);
/* The same, by the system's clock. */
char *dpop_moment_now   (gint64 ms);
/* "Sunday, 3 May 2026, 18:00" */
char *dpop_moment_full  (gint64 ms);

G_END_DECLS
