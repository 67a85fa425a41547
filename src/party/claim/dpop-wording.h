/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-operation.h"

G_BEGIN_DECLS

/* What a person typed: the personal part of proposals, texts, options, comments. With a title,
 * GVariant `(ss)` (title, text); without one, `(s)`. [format]
 *
 * It is UTF-8 without control characters but line feeds and, within a text, tabs; lengths are in
 * bytes. A text with a title may be empty. */
#define DPOP_WORDING_TYPE       "(ss)"
#define DPOP_WORDING_PLAIN_TYPE "(s)"
#define DPOP_WORDING_TITLE_MAX  500
#define DPOP_WORDING_TEXT_MAX   (48 * 1024)

typedef enum
{
  DPOP_WORDING_FINE,
  DPOP_WORDING_NO_TITLE, /* empty, or of white space */
  DPOP_WORDING_NO_TEXT,
  DPOP_WORDING_TITLE_TOO_LONG,
  DPOP_WORDING_TEXT_TOO_LONG,
  DPOP_WORDING_NOT_TEXT, /* not UTF-8, with control characters, or with line feeds in a title */
} DpopWordingFault;

typedef struct
{
  char *title; /* NULL: without one */
  char *text;
} DpopWording;

DpopWordingFault dpop_wording_check       (const char *title, const char *text);
DpopWordingFault dpop_wording_check_plain (const char *text);

/* Floating; NULL, with FAULT (may be NULL), when the check finds one. */
GVariant *dpop_wording_encode       (const char *title, const char *text, DpopWordingFault *fault);
GVariant *dpop_wording_encode_plain (const char *text, DpopWordingFault *fault);

/* A personal part as it came: NULL when it is no such part, or breaks the rules above. */
DpopWording *dpop_wording_decode       (GBytes *part);
DpopWording *dpop_wording_decode_plain (GBytes *part);
void         dpop_wording_free         (DpopWording *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DpopWording, dpop_wording_free)

G_END_DECLS
