/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-discovery.h"

G_BEGIN_DECLS

/* This computer's own records, for as long as one run of Avahi lasts. They are two entry groups:
 * the service, and the addresses of its host name, so that a change of networks does not take the
 * service away from those who know it. */
typedef struct _DpopAnnouncement DpopAnnouncement;

/* OWNER is Avahi's unique name. RENAME gives a name in place of one that is taken (borrowed), SAY
 * is told when the service has become known to the network, or is no more. */
typedef struct
{
  const char *(*rename) (gpointer data);
  void (*say) (gboolean announced, gpointer data);
  gpointer data;
} DpopAnnouncementHooks;

DpopAnnouncement *dpop_announcement_new  (GDBusConnection *connection, const char *owner,
                                          const char *instance, guint16 port,
                                          const DpopAnnouncementHooks *hooks);
void              dpop_announcement_free (DpopAnnouncement *self);
/* Says the same under another name. */
void              dpop_announcement_set_instance (DpopAnnouncement *self, const char *instance);

G_END_DECLS
