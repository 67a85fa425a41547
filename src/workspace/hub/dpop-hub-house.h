/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-hub-store.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* A hub's folder: "hub.sqlite", all that it stores; "hub.key", the seed of the key by which members
 * know it; "hub.lock", held by the one that runs; "metrics.prom", its figures, if they are wished
 * for. Several programs may have the folder open; one runs it. Errors are said for people. */
typedef struct _DpopHubHouse DpopHubHouse;

/* Makes what is not there, for its owner alone. */
DpopHubHouse *dpop_hub_house_open (const char *folder, GError **error);
void          dpop_hub_house_free (DpopHubHouse *self);

#define DPOP_HUB_HOUSE_PORT      4790
#define DPOP_HUB_HOUSE_ENVELOPES 4000000
#define DPOP_HUB_HOUSE_BYTES     (G_GUINT64_CONSTANT (4) << 30)

typedef struct
{
  guint64 account;        /* 0: a new one, under a random number */
  const char *host;       /* where members reach the hub */
  guint16 port;
  guint64 envelopes_most; /* of a new account, or if not 0 */
  guint64 bytes_most;
} DpopHubHouseWish;

/* *CODE (free) is what members are given: it stands nowhere else. */
gboolean dpop_hub_house_grant    (DpopHubHouse *self, const DpopHubHouseWish *wish, gint64 now,
                                  char **code, CosmicHubGrant *grant, GError **error);
/* *FOUND is FALSE when no token has KEY. */
gboolean dpop_hub_house_withdraw (DpopHubHouse *self, const CosmicId *key, gboolean *found,
                                  GError **error);
/* Arrays of CosmicHubGrant, in the order in which they were granted. */
GArray  *dpop_hub_house_grants   (DpopHubHouse *self, GError **error);
gboolean dpop_hub_house_room     (DpopHubHouse *self, guint64 account, CosmicHubRoom *room,
                                  GError **error);

typedef struct
{
  guint16 port;     /* 0: one that is free */
  const char *only; /* an address of this computer; NULL: all */
  guint64 rate;     /* bytes a second that an account may bring; 0: the default */
  gboolean metrics; /* writes them every few seconds */
} DpopHubHouseSetting;

/* Runs it in this thread's default context until LOOP is quit. STARTED is told the port. */
gboolean dpop_hub_house_run      (DpopHubHouse *self, const DpopHubHouseSetting *setting,
                                  GMainLoop *loop, void (*started) (guint16 port, gpointer data),
                                  gpointer data, GError **error);
/* What the one that runs wrote last. The caller frees. */
char    *dpop_hub_house_metrics  (DpopHubHouse *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DpopHubHouse, dpop_hub_house_free)

G_END_DECLS
