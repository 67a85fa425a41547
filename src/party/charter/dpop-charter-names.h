/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-charter-check.h"

G_BEGIN_DECLS

/* What people typed into a charter: the organisation's name, and a name for each of its roles, unit
 * kinds and decision rules, by the same index. It lies in a personal part; nothing that decides
 * reads it. Texts are UTF-8 without control characters, but for line ends and tabs in
 * descriptions. */
#define DPOP_CHARTER_KEY_MAX         32   /* bytes: a–z, then a–z, 0–9 and '-' */
#define DPOP_CHARTER_LABEL_MAX       200  /* characters; never empty */
#define DPOP_CHARTER_DESCRIPTION_MAX 4000 /* characters */
/* Not a role's key: it stands for every member. */
#define DPOP_CHARTER_KEY_PLAIN "member"

typedef struct
{
  char *key; /* short and lasting, for commands and documents; unique among its kind */
  char *label;
  char *description;
} DpopCharterName;

typedef struct
{
  char *name;
  char *description;
  GArray *roles, *unit_kinds, *rules; /* (element-type DpopCharterName) */
} DpopCharterNames;

/* Empty: an empty name and no entries. */
DpopCharterNames *dpop_charter_names_new (void);
void dpop_charter_names_free (DpopCharterNames *self);
/* Copies all three; LIST is one of SELF's. */
void dpop_charter_names_add (GArray *list, const char *key, const char *label,
                             const char *description);
const DpopCharterName *dpop_charter_names_get (const GArray *list, guint index);
/* The index of KEY in LIST, -1 when it is none. */
int dpop_charter_names_find (const GArray *list, const char *key);

/* Whether every text may stand where it stands and, with CHARTER, whether there is one for each of
 * its parts. WHY (may be NULL) is set when not; its place is like "roles/2/label". */
gboolean dpop_charter_names_valid (const DpopCharterNames *self, const DpopCharter *charter,
                                   DpopCharterFinding *why);

/* Version 1, name, description, then (key, label, description) of roles, unit kinds, rules.
 * [format] The variant is floating; the bytes are the same on every machine. */
#define DPOP_CHARTER_NAMES_TYPE      "(yssa(sss)a(sss)a(sss))"
#define DPOP_CHARTER_NAMES_BYTES_MAX (48 * 1024)

GVariant *dpop_charter_names_to_variant (const DpopCharterNames *self);
GBytes *dpop_charter_names_to_bytes (const DpopCharterNames *self);
/* As for a charter: a variant that was checked to be in normal form, or bytes of any origin. */
DpopCharterNames *dpop_charter_names_from_variant (GVariant *variant, DpopCharterFinding *why);
DpopCharterNames *dpop_charter_names_from_bytes (GBytes *bytes, DpopCharterFinding *why);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DpopCharterNames, dpop_charter_names_free)

G_END_DECLS
