/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Why something from outside could not be read. The message names the place and says what a person
 * can do; the code is for programs. */
typedef enum
{
  DPOP_EDGE_ERROR_EMPTY,     /* there is nothing in it */
  DPOP_EDGE_ERROR_TOO_LARGE, /* a bound is passed: bytes, rows, columns, depth */
  DPOP_EDGE_ERROR_ENCODING,  /* the bytes are no text in the encoding that was found or chosen */
  DPOP_EDGE_ERROR_SYNTAX,    /* the text breaks the format's grammar */
  DPOP_EDGE_ERROR_MEANING,   /* well formed, but it cannot be what was asked for */
} DpopEdgeError;

#define DPOP_EDGE_ERROR (dpop_edge_error_quark ())

GQuark dpop_edge_error_quark (void);

G_END_DECLS
