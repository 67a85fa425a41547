/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A bus of its own, and on it one that speaks as Avahi does, but says what a test wants to hear.
 * Everything happens in the default main context, whenever a test waits. */
typedef struct
{
  char *folder;
  char *address;            /* of the bus */
  GSubprocess *bus;         /* NULL: there is none */
  GDBusConnection *connection; /* NULL: Avahi does not run */

  /* What it is told to do. */
  const char *die_at;       /* it ends when this method is called, without an answer; once */
  guint collisions;         /* services found taken, after the commit */
  guint refusals;           /* services found taken, at once */
  gboolean mute;            /* resolvers are made, and find nothing */
  const char *found;        /* the IPv4 address that they find; NULL: 127.0.0.2 */

  /* What was asked of it, since it was made. */
  GPtrArray *services;      /* "instance type domain host port txt" of each AddService */
  guint browsers;
  guint resolvers;
  guint alive;              /* resolvers, and the most that ever were */
  guint most_resolvers;

  guint number;             /* of its objects */
  char *browser;            /* path of the newest */
} StandInAvahi;

StandInAvahi *stand_in_avahi_new  (void);
void          stand_in_avahi_free (StandInAvahi *self);
void stand_in_avahi_start_bus (StandInAvahi *self);
void stand_in_avahi_stop_bus  (StandInAvahi *self);
void stand_in_avahi_come (StandInAvahi *self);
void stand_in_avahi_go   (StandInAvahi *self);

/* A signal of the newest browser ("ItemNew", ...), or of a resolver ("Found"). Floating ARGUMENTS
 * are taken. */
void stand_in_avahi_say  (StandInAvahi *self, const char *signal, GVariant *arguments);
/* "ItemNew" or "ItemRemove" on the loopback interface, in IPv4. */
void stand_in_avahi_item (StandInAvahi *self, const char *signal, const char *instance);
/* "Found" there. */
void stand_in_avahi_find (StandInAvahi *self, const char *instance, const char *address,
                          guint16 port, const char *txt);
/* Runs the default context until what it was handed has been sent, and received. */
void stand_in_avahi_settle (StandInAvahi *self);

G_END_DECLS
