/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-authority.h"
#include "cosmic-invite.h"

G_BEGIN_DECLS

/* A newcomer's device asks to be let in: a CosmicRequest, sealed to the inviter. What is sealed is
 * GVariant `(yayayaymayayay)`: version 1, member, device key, seal key, seed's public key?, the
 * signatures by device and (empty without one) by seed; "dpop join 1" with its NUL and the party id
 * are authenticated with it. As text, and in a file, it is a text code of kind R. [format] */

/* Makes the request of a device with KEY and SEAL (its public half) in answer to INVITE. The caller
 * frees; NULL when nothing can be sealed to the inviter. */
char *cosmic_join_request_to_text (const CosmicInvite *invite, const CosmicSecret *key,
                                   const CosmicId *seal, DpopRandom random);

typedef enum
{
  COSMIC_JOIN_REQUEST_GOOD,
  COSMIC_JOIN_REQUEST_UNREADABLE, /* the text; see the text code's verdict */
  COSMIC_JOIN_REQUEST_NOT_MINE,   /* sealed to another computer, or for another party */
  COSMIC_JOIN_REQUEST_INVALID,    /* opened, but not well formed or not truly signed */
} CosmicJoinRequestVerdict;

CosmicJoinRequestVerdict cosmic_join_request_from_text (CosmicRequest *request,
                                                        const CosmicId *party,
                                                        const CosmicSecret *seal_key,
                                                        const char *text,
                                                        CosmicTextCodeVerdict *code, guint *line);

/* The bytes that are sealed. */
GBytes  *cosmic_join_request_encode (const CosmicRequest *request);
gboolean cosmic_join_request_decode (CosmicRequest *request, GBytes *bytes);

G_END_DECLS
