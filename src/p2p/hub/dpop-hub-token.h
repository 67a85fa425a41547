/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-hub-store.h"
#include "cosmic-secret.h"
#include "dpop-hello.h"

G_BEGIN_DECLS

/* By a token, 32 random bytes, an organisation's computers are let in at a hub. [format]
 *
 *   signing seed = crypto_kdf's "dpophubs" 1 of the token; its public half names the token
 *   find         = crypto_kdf's "dpophubf" 1 of the token: the discovery key of the hello
 *   party        = BLAKE2b-256 of "dpop hub account 1" NUL, public key; what the hello signs for
 *
 * The hub keeps public key and find. It never shows any of them, and only recognises: in the hello
 * the member proves itself first (dpop-hello.h), with the token's key for its device's. Whoever has
 * the hub's file but no token is not let in, for it cannot sign.
 *
 * A ticket, by which a hub deletes for good, is the signature of the token's key over
 * "dpop hub erase 1" NUL, hub's key (32), ids, strictly ascending.
 *
 * What a person is given to be connected is an access code: a text code (cosmic-text-code.h) of
 * kind M over: version 1 (1), port (2, little endian), hub's key (32), token (32), host (the rest:
 * 1 to 253 bytes of letters, digits, and .-:). */
typedef struct
{
  CosmicId key;      /* public */
  CosmicId party;
  guint8 find[DPOP_HELLO_KEY_SIZE];
  CosmicSecret *sign;
} DpopHubToken;

#define DPOP_HUB_TOKEN_SIZE 32

/* Fills in SELF, to be cleared. */
void dpop_hub_token_open  (DpopHubToken *self, const guint8 token[DPOP_HUB_TOKEN_SIZE]);
void dpop_hub_token_clear (DpopHubToken *self);
/* The party of the token whose public half is KEY. */
void dpop_hub_token_party (const CosmicId *key, CosmicId *party);

/* IDS: of CosmicId, ascending. */
void     dpop_hub_ticket_sign   (const DpopHubToken *token, const CosmicId *hub, const GArray *ids,
                                 guint8 signature[COSMIC_SIGN_SIZE]);
gboolean dpop_hub_ticket_verify (const CosmicId *key, const CosmicId *hub, const GArray *ids,
                                 const guint8 signature[COSMIC_SIGN_SIZE]);

typedef struct
{
  char *host;
  guint16 port;
  CosmicId hub;
  CosmicSecret *token;
} DpopHubAccess;

void     dpop_hub_access_clear (DpopHubAccess *self);
/* A host name or address as a person writes it: no brackets, no port. */
gboolean dpop_hub_access_is_host (const char *host);
char    *dpop_hub_access_write (const DpopHubAccess *self);
/* FALSE when TEXT is no access code; SELF is to be cleared otherwise. */
gboolean dpop_hub_access_read  (DpopHubAccess *self, const char *text);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DpopHubToken, dpop_hub_token_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DpopHubAccess, dpop_hub_access_clear)

G_END_DECLS
