/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The heads by which a connection becomes a WebSocket (RFC 6455, section 4).
 *
 * The scan holds what passes to lines that end with CR LF, are not folded, and announce no body, so
 * that everyone who reads the head agrees on where it ends: behind it the frames are counted, and
 * whoever disagreed could count wrongly. It keeps nothing but where it is. */
#define DPOP_UPGRADE_HEAD_MAX 4096 /* bytes */
#define DPOP_UPGRADE_PATH     "/dpop"
#define DPOP_UPGRADE_PROTOCOL "dpop-1"

typedef enum
{
  DPOP_UPGRADE_HEAD_MORE, /* it goes on */
  DPOP_UPGRADE_HEAD_END,
  DPOP_UPGRADE_HEAD_BAD,
} DpopUpgradeHeadVerdict;

typedef struct
{
  guint size;   /* bytes taken */
  guint lines;  /* whole ones */
  guint column; /* in the line under way */
  guint8 last;
  char name[24]; /* of the field under way, in lower case, as far as it fits */
} DpopUpgradeHead;

void dpop_upgrade_head_init (DpopUpgradeHead *self);

/* Takes bytes up to the end of the head, at most SIZE; *TAKEN says how many. */
DpopUpgradeHeadVerdict dpop_upgrade_head_take (DpopUpgradeHead *self, const guint8 *bytes,
                                               gsize size, gsize *taken);

/* What a server must answer to KEY, the value of Sec-WebSocket-Key. The caller frees. */
char *dpop_upgrade_accept (const char *key);

/* Whether HEAD (SIZE bytes, the empty line at its end included) turns the connection into a
 * WebSocket for who asked with KEY: status 101, the right accept, our protocol, no extension. */
gboolean dpop_upgrade_answer_is_good (const char *head, gsize size, const char *key);

G_END_DECLS
