/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-profile.h"

G_BEGIN_DECLS

/* Invitations to members, as texts: one an e-mail, one to be printed, the same in both. Who has one
 * may ask to be let in in that member's place, once: they are as secret as a ballot paper, and
 * wiped when they are freed. */
typedef struct
{
  CosmicId member;
  char *name;
  char *email;    /* NULL: none is known here */
  char **address; /* lines under the name; NULL: none is known here */
  char *code;
  gint64 expires; /* ms */
  char *subject;
  char *mail;     /* the e-mail, plain text */
  char *letter;   /* the letter, plain text */
} DpopLetter;

/* Who writes. All may be NULL. */
typedef struct
{
  const char *signed_by; /* "Ada Lovelace, secretary"; NULL: the name of this computer's member */
  const char *text;      /* paragraphs of one's own in place of the ready ones */
  gint64 lasts;          /* ms; 0: as long as our rules allow */
} DpopLetterSender;

/* Invites MEMBERS (element-type CosmicId; NULL: everybody without a computer), and writes to each:
 * (element-type DpopLetter), by name. Who has a computer already, and whom this computer's member
 * may not invite, is left out. SENDER may be NULL. */
GPtrArray *dpop_letter_invite (DpopProfile *profile, const GArray *members,
                               const DpopLetterSender *sender, GError **error);
void       dpop_letter_free   (DpopLetter *self);

/* "mailto:…", which an e-mail program takes up; NULL without an address. The caller frees; it is as
 * secret as the letter. */
char      *dpop_letter_mailto (const DpopLetter *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DpopLetter, dpop_letter_free)

G_END_DECLS
