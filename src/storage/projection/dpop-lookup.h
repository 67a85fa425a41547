/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-projection.h"

G_BEGIN_DECLS

/* Which one is meant: by what it is called, or by how its id begins. */
typedef enum
{
  DPOP_LOOKUP_MEMBERS,   /* name, number or e-mail address */
  DPOP_LOOKUP_UNITS,     /* name */
  DPOP_LOOKUP_DECISIONS, /* title; the id is the stream's */
  DPOP_LOOKUP_ENTRIES,   /* of the history: by id alone */
} DpopLookup;

#define DPOP_LOOKUP_DIGITS_MIN 4  /* of an id */
#define DPOP_LOOKUP_FOUND_MAX  20 /* more of them are as good as these */

/* Those that are called WORD, whatever the case and the accents: (element-type CosmicId). */
GArray *dpop_lookup_named (DpopDatabase *database, DpopLookup which, const char *word,
                           GError **error);
/* Those whose id begins with the hexadecimal DIGITS; none for what is no such beginning. */
GArray *dpop_lookup_begun (DpopDatabase *database, DpopLookup which, const char *digits,
                           GError **error);

G_END_DECLS
