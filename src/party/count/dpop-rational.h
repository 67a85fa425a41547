/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* An exact fraction, in lowest terms, with a positive denominator: 2/3 is what a charter means by
 * "two thirds", and two thirds of nine is six. Passed by value. Every comparison goes through
 * 128-bit products, so that no pair of values overflows. {0, 1} is zero; a zeroed struct is no
 * rational (dpop_rational_is_valid tells). */
typedef struct
{
  gint64 num;
  gint64 den;
} DpopRational;

/* NUM/DEN in lowest terms. FALSE, and SELF untouched, when DEN is zero or when the result does not
 * fit (a numerator of G_MININT64 or a denominator of -G_MININT64). */
gboolean dpop_rational_init     (DpopRational *self, gint64 num, gint64 den);
/* Whether SELF is what dpop_rational_init makes: for values that were stored or sent. */
gboolean dpop_rational_is_valid (DpopRational self);

/* Negative, zero or positive as A is less than, equal to or greater than B. */
int dpop_rational_compare (DpopRational a, DpopRational b);

/* COUNT out of BASE against SELF: the sign of COUNT * den - num * BASE. A base of zero is allowed:
 * then nothing is more than any positive share of it, and zero is exactly it. */
int      dpop_rational_compare_share (DpopRational self, guint64 count, guint64 base);
/* Whether COUNT is at least (STRICT: more than) SELF of BASE. */
gboolean dpop_rational_is_reached    (DpopRational self, gboolean strict, guint64 count,
                                      guint64 base);
/* The smallest count that is at least (STRICT: more than) SELF of BASE. G_MAXUINT64 when that does
 * not fit. */
guint64  dpop_rational_of            (DpopRational self, gboolean strict, guint64 base);

/* Reads "2/3", "1" or "75%", all decimal digits with an optional leading minus, nothing around
 * them. FALSE, and SELF untouched, for anything else or what does not fit. */
gboolean dpop_rational_parse  (const char *text, DpopRational *self);
/* "2/3", or "1" for a whole number. dpop_rational_parse reads it back. Free with g_free. */
char    *dpop_rational_format (DpopRational self);

G_END_DECLS
