/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-document.h"

G_BEGIN_DECLS

/* Invitations on paper: for each member one page, that goes into an envelope with a window or is
 * handed over at a desk. Each holds a code that lets one computer in, once: whoever has the page
 * may ask in that member's place. */
typedef struct
{
  const char *name;
  const char *const *address; /* lines under the name, NULL-terminated; or NULL */
  const char *code;           /* of the invitation, as it was made: a text code */
  gint64 expires;             /* ms; 0: not told */
} DpopInvitationLetter;

typedef struct
{
  const char *organisation;
  const char *return_address; /* one line, small, above the address; NULL: none */
  const char *signed_by;      /* "Ada Lovelace, secretary"; NULL: none */
  const char *text;           /* paragraphs of the sender's own instead of the ready one; or NULL */
  gint64 written;             /* ms */
} DpopInvitationSender;

/* LETTERS (element-type DpopInvitationLetter), a page each. On A4 the address stands where a window
 * envelope by DIN 5008, form B, shows it, with fold marks; on Letter, where a No. 10 envelope's
 * does. */
DpopDocument *dpop_invitation_letter_new   (const DpopInvitationSender *sender,
                                            const GPtrArray *letters, DpopDocumentPaper paper);

/* The code alone, as large as a page in landscape allows: to be shown on a screen across a desk, or
 * printed as a card. A page each. */
DpopDocument *dpop_invitation_letter_cards (const DpopInvitationSender *sender,
                                            const GPtrArray *letters, DpopDocumentPaper paper);

G_END_DECLS
