/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-charter-names.h"

G_BEGIN_DECLS

/* An organisation's rules as a text that its members can read. */

typedef struct
{
  gboolean is_heading;
  char *text;
} DpopStatuteLine;

/* (element-type DpopStatuteLine), from the first section to the last. */
GPtrArray *dpop_statute_lines (const DpopCharter *charter, const DpopCharterNames *names);
/* The same as one text: a blank line around headings. The caller frees. */
char      *dpop_statute_text  (const DpopCharter *charter, const DpopCharterNames *names);

/* How a vote with BALLOT is decided by RULE, a sentence each: the same as stand there. */
GPtrArray *dpop_statute_deciding (const DpopCharterRule *rule, DpopBallotKind ballot);

/* The same the other way round: what is done, and who may. */
typedef struct
{
  const char *what; /* "take people in"; translated */
  char *who;        /* "Chair (everywhere); every member (for oneself)" */
} DpopStatuteMay;

/* (element-type DpopStatuteMay): every action there is, in a fixed order. */
GPtrArray *dpop_statute_who_may (const DpopCharter *charter, const DpopCharterNames *names);

G_END_DECLS
