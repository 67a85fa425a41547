/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A member's particulars: all that a person typed about a person. They are the personal part of the
 * operations member-add and member-details; no fold reads them.
 *
 * GVariant `(ysssssassssssssa(ss))` [format]: version 1; given name, family name, whole name,
 * e-mail, telephone; lines of the address; postcode, city, country, born, joined, member number,
 * note; further fields (heading, text) in the organisation's own order. What is not known is an
 * empty text. */
#define DPOP_MEMBER_DETAILS_PERSONAL_TYPE "(ysssssassssssssa(ss))"

typedef enum
{
  DPOP_MEMBER_DETAILS_GIVEN_NAME,
  DPOP_MEMBER_DETAILS_FAMILY_NAME,
  DPOP_MEMBER_DETAILS_NAME, /* as it is shown; the only one that must be there */
  DPOP_MEMBER_DETAILS_EMAIL,
  DPOP_MEMBER_DETAILS_PHONE,
  DPOP_MEMBER_DETAILS_POSTCODE,
  DPOP_MEMBER_DETAILS_CITY,
  DPOP_MEMBER_DETAILS_COUNTRY,
  DPOP_MEMBER_DETAILS_BORN,   /* a day, a month or a year: 1984-02-29, 1984-02, 1984 */
  DPOP_MEMBER_DETAILS_JOINED, /* likewise */
  DPOP_MEMBER_DETAILS_NUMBER,
  DPOP_MEMBER_DETAILS_NOTE,   /* may have several lines */
  DPOP_MEMBER_DETAILS_N_TEXTS,
  /* To say where something does not fit: */
  DPOP_MEMBER_DETAILS_ADDRESS = DPOP_MEMBER_DETAILS_N_TEXTS,
  DPOP_MEMBER_DETAILS_EXTRA,
  DPOP_MEMBER_DETAILS_SIZE, /* each fits, all together are too much */
} DpopMemberDetailsField;

/* In bytes. */
#define DPOP_MEMBER_DETAILS_TEXT_MAX    1600
#define DPOP_MEMBER_DETAILS_NOTE_MAX    16000
#define DPOP_MEMBER_DETAILS_EXTRA_MAX   8000
#define DPOP_MEMBER_DETAILS_SIZE_MAX    48000 /* all together, encoded */
#define DPOP_MEMBER_DETAILS_LINES_MAX   8     /* of an address */
#define DPOP_MEMBER_DETAILS_EXTRAS_MAX  200

typedef struct
{
  char *heading;
  char *text;
} DpopMemberExtra;

/* Owns its texts; NULL stands for an empty one. */
typedef struct
{
  char *texts[DPOP_MEMBER_DETAILS_N_TEXTS];
  char **address; /* NULL-terminated, or NULL */
  guint n_extras;
  DpopMemberExtra *extras;
} DpopMemberDetails;

DpopMemberDetails *dpop_member_details_new  (void);
void               dpop_member_details_free (DpopMemberDetails *self);
/* Copies TEXT; NULL empties the field. */
void        dpop_member_details_set (DpopMemberDetails *self, DpopMemberDetailsField field,
                                     const char *text);
/* Never NULL. */
const char *dpop_member_details_get (const DpopMemberDetails *self, DpopMemberDetailsField field);
void        dpop_member_details_add_extra (DpopMemberDetails *self, const char *heading,
                                           const char *text);

/* FALSE for what cannot be kept, and WHERE (may be NULL): no name, too long, a date that is none,
 * control characters. */
gboolean dpop_member_details_fits (const DpopMemberDetails *self, DpopMemberDetailsField *where);

/* SELF must fit. Floating. */
GVariant          *dpop_member_details_encode (const DpopMemberDetails *self);
/* NULL for what are no particulars, or do not fit. */
DpopMemberDetails *dpop_member_details_decode (GVariant *personal);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DpopMemberDetails, dpop_member_details_free)

G_END_DECLS
