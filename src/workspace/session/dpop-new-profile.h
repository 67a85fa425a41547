/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-engine.h"
#include "dpop-profile-label.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* A profile that is there whole or not at all. It is made in a draft folder, where FILL founds an
 * organisation or takes an invitation, closed, and only then given its name: after a crash there is
 * nothing, and the draft is removed by a later start. */
typedef struct
{
  const char *root;               /* where profiles lie; NULL: the usual place */
  const DpopProfileLabel *label;
  const CosmicSecret *passphrase;
  CosmicPasswordCost cost;
  DpopEngineFunction fill;        /* gives NULL when it failed */
  gpointer data;                  /* the call's from then on */
  GDestroyNotify free_data;
} DpopNewProfile;

/* Copies LABEL and PASSPHRASE. Withdrawn by CANCELLABLE until the profile has its name. */
void  dpop_new_profile_async  (const DpopNewProfile *wish, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data);
/* The folder; the caller frees. NULL with an error, and nothing is left. */
char *dpop_new_profile_finish (GAsyncResult *result, GError **error);

G_END_DECLS
