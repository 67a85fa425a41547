/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A paragraph of the help, as it is written and translated, taken apart:
 *
 *   *words*         what stands on the screen so
 *   `Ctrl+F`        a key
 *   [words](topic)  leads to another topic of the help
 *   \x              x itself, where it would mean one of these
 *
 * They do not lie within one another. What has no end, or nothing in it, is a sign like any other,
 * so that every text can be shown whatever a translation made of it. */
typedef enum
{
  DPOP_HELP_TEXT_PLAIN,
  DPOP_HELP_TEXT_SCREEN,
  DPOP_HELP_TEXT_KEY,
  DPOP_HELP_TEXT_LINK,
} DpopHelpTextKind;

typedef struct
{
  DpopHelpTextKind kind;
  char *words;
  char *topic; /* of a link, else NULL */
} DpopHelpTextRun;

/* A text goes on being read as plain words after so many runs; what is behind so many bytes, at the
 * end of a sign, is cut off. */
#define DPOP_HELP_TEXT_RUNS_MAX 64
#define DPOP_HELP_TEXT_SIZE_MAX 4096

/* (element-type DpopHelpTextRun) to be freed; empty for an empty text. What is not UTF-8 is
 * replaced by a sign that says so. */
GArray *dpop_help_text_parse (const char *text);

/* The words alone: for searching, and as they are spoken. To be freed. */
char *dpop_help_text_plain (const char *text);

/* For GtkLabel; links are "dpop-help:topic". To be freed. */
#define DPOP_HELP_TEXT_SCHEME "dpop-help:"
char *dpop_help_text_markup (const char *text);

G_END_DECLS
