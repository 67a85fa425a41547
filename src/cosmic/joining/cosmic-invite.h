/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-id.h"
#include "cosmic-secret.h"
#include "cosmic-text-code.h"

G_BEGIN_DECLS

/* What is handed to someone who is to join (design 4.11): whom to ask, as whom, and with what
 * right. Whoever has it may join in that person's place once, until it expires; it holds no key of
 * the party. GVariant `(yayaymayayaytayx)`: version 1, party, member, seed?, the inviter's device
 * key and seal key, height and id of the newest checkpoint, expiry in ms. As text, and in a file,
 * it is a text code of kind J. [format]
 *
 * Without a seed it is for a further computer of someone who is in already: nothing but the
 * inviter's own consent lets it in. */
typedef struct
{
  CosmicId party;
  CosmicId member;
  CosmicSecret *seed; /* a signing key, made from the seed that is carried; NULL: none */
  CosmicId inviter;
  CosmicId inviter_seal;
  guint64 height;
  CosmicId checkpoint;
  gint64 expires;
} CosmicInvite;

GBytes  *cosmic_invite_encode (const CosmicInvite *self);
/* Fills in SELF, to be cleared; FALSE when BYTES are not well formed. */
gboolean cosmic_invite_decode (CosmicInvite *self, GBytes *bytes);
void     cosmic_invite_clear  (CosmicInvite *self);

/* The caller frees. It is as secret as what it gives the right to. */
char *cosmic_invite_to_text (const CosmicInvite *self);
/* When good, SELF is to be cleared. *LINE as in cosmic_text_code_read(). */
CosmicTextCodeVerdict cosmic_invite_from_text (CosmicInvite *self, const char *text, guint *line);

G_END_DECLS
