/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-edge-error.h"

G_BEGIN_DECLS

/* Text of unknown origin, made UTF-8. A byte order mark decides; without one, valid UTF-8 is
 * UTF-8, two-byte text is told by where its zeros stand, and everything else is read as
 * Windows-1252, which contains Latin-1 and gives every byte a meaning (the five bytes that
 * Microsoft leaves undefined become the control characters that the WHATWG's Encoding Standard
 * names). The other one-byte encodings cannot be told apart by machine: a person chooses them. */
typedef enum
{
  DPOP_EDGE_ENCODING_DETECT,
  DPOP_EDGE_ENCODING_UTF_8,
  DPOP_EDGE_ENCODING_UTF_16_LE,
  DPOP_EDGE_ENCODING_UTF_16_BE,
  DPOP_EDGE_ENCODING_WINDOWS_1252,
  DPOP_EDGE_ENCODING_WINDOWS_1250,
  DPOP_EDGE_ENCODING_ISO_8859_15,
  DPOP_EDGE_ENCODING_MAC_ROMAN,
  DPOP_EDGE_ENCODING_DOS_850,
  DPOP_EDGE_ENCODING_N,
} DpopEdgeEncoding;

typedef struct
{
  DpopEdgeEncoding encoding; /* never DETECT */
  gboolean byte_order_mark;
  gboolean guessed; /* Windows-1252 because it was nothing else */
  gboolean mixed;   /* guessed, and some of it is UTF-8: the file was pasted together */
} DpopEdgeEncodingFacts;

/* The usual name, as "UTF-8"; NULL for DETECT. Not translated. */
const char *dpop_edge_encoding_name (DpopEdgeEncoding encoding);

/* Case does not matter, "latin1" and "iso-8859-1" are Windows-1252. */
gboolean dpop_edge_encoding_from_name (const char *name, DpopEdgeEncoding *encoding);

/* NUL-terminated UTF-8 without a byte order mark and without any NUL in it. WANTED is what a person
 * chose, or DETECT. The caller bounds SIZE; the result is at most three times as long. NULL with
 * DPOP_EDGE_ERROR_ENCODING, which names the line. */
char *dpop_edge_encoding_decode (gconstpointer bytes, gsize size, DpopEdgeEncoding wanted,
                                 DpopEdgeEncodingFacts *facts, gsize *length, GError **error);

G_END_DECLS
