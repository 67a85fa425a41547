/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A topic of the help: one task, on one page. All words are in English here, to be translated when
 * they are shown; paragraphs are written as dpop-help-text.h says. */
typedef enum
{
  DPOP_HELP_BLOCK_END,     /* behind the last one */
  DPOP_HELP_BLOCK_TEXT,
  DPOP_HELP_BLOCK_HEADING, /* no marks in it */
  DPOP_HELP_BLOCK_STEP,    /* numbered; those that follow one another belong together */
  DPOP_HELP_BLOCK_POINT,
  DPOP_HELP_BLOCK_NOTE,    /* what must not be overlooked */
  DPOP_HELP_BLOCK_KEY,     /* "`Ctrl+F` what it does" */
} DpopHelpBlockKind;

typedef struct
{
  DpopHelpBlockKind kind;
  const char *words;
} DpopHelpBlock;

typedef enum
{
  DPOP_HELP_PART_BEGIN,
  DPOP_HELP_PART_MEMBERS,
  DPOP_HELP_PART_DECIDE,
  DPOP_HELP_PART_EXCHANGE,
  DPOP_HELP_PART_KEEP,
  DPOP_HELP_N_PARTS,
} DpopHelpPart;

#define DPOP_HELP_TOPIC_BLOCKS_MAX   40
#define DPOP_HELP_TOPIC_SEE_ALSO_MAX 5

typedef struct
{
  const char *id; /* lower-case letters and dashes: links and pages name it so */
  DpopHelpPart part;
  const char *title;
  const char *summary;  /* one line, under the title in lists */
  const char *keywords; /* further words that people may look for */
  DpopHelpBlock blocks[DPOP_HELP_TOPIC_BLOCKS_MAX + 1];
  const char *see_also[DPOP_HELP_TOPIC_SEE_ALSO_MAX + 1]; /* ids */
} DpopHelpTopic;

/* "To begin": translated. */
const char *dpop_help_topic_part_title (DpopHelpPart part);

G_END_DECLS
