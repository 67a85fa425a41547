/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-browser-private.h"

#include "dpop-avahi-private.h"
#include "dpop-interfaces.h"
#include "dpop-source.h"

#define RESOLVES    64    /* begun at each settling */
#define AGAIN       10000 /* ms, when looking itself has failed */
#define SECOND_LOOK 10000 /* ms between two looks for those that had no room */

/* An instance on one interface in one family. Avahi gives an object for each, which tells the
 * address and goes on telling when that changes. */
typedef struct
{
  char *key;
  char *instance;
  int index;
  int family;           /* DPOP_AVAHI_IPV4, DPOP_AVAHI_IPV6 */
  guint run;            /* of Avahi, in which it was last seen */
  guint64 number;       /* of the question; 0: not asked yet */
  char *resolver;       /* path, once Avahi has answered */
  GSocketAddress *address;
  GList waiting;        /* its place in the queue of those not asked; data is NULL outside it */
} Sighting;

typedef struct
{
  GPtrArray *sightings; /* borrowed */
  GPtrArray *told;      /* of GSocketAddress; NULL: it has not appeared */
  gboolean dirty;
} Peer;

struct _DpopBrowser
{
  DpopBrowserHooks hooks;
  gboolean stopped;
  GHashTable *sightings; /* key -> Sighting */
  GHashTable *peers;     /* instance -> Peer */
  GQueue waiting;        /* of Sighting */
  GPtrArray *dirty;      /* instances whose peer is dirty */
  GPtrArray *interfaces; /* when they last changed */
  GPtrArray *near;       /* the same, at most DPOP_DISCOVERY_SETTLE old; NULL: to be read */
  DpopInterfacesWatch *watch;
  GSource *settle;
  gboolean crowded;      /* somebody had no room */
  gint64 looked;

  guint run;             /* counts Avahi's runs */
  guint64 number;        /* counts questions */
  GDBusConnection *connection; /* NULL: no Avahi */
  char *owner;
  GCancellable *cancellable;
  char *path;            /* of the service browser */
  guint signals[4];
  GSource *again;
  GSource *grace;
};

typedef struct
{
  DpopBrowser *browser;
  guint64 number;
  char *key;
} Question;

static void look  (DpopBrowser *self);
static void clear (gpointer data);

/* --- What is seen. ---------------------------------------------------------------------------- */

static void
sighting_free (gpointer data)
{
  Sighting *self = data;

  g_clear_object (&self->address);
  g_free (self->resolver);
  g_free (self->instance);
  g_free (self->key);
  g_free (self);
}

static void
peer_free (gpointer data)
{
  Peer *self = data;

  g_ptr_array_unref (self->sightings);
  g_clear_pointer (&self->told, g_ptr_array_unref);
  g_free (self);
}

static char *
key_of (int index, int family, const char *instance)
{
  return g_strdup_printf ("%d %d %s", index, family, instance);
}

static GPtrArray *
addresses_of (const Peer *peer)
{
  GPtrArray *addresses = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < peer->sightings->len; i++)
    {
      const Sighting *each = peer->sightings->pdata[i];

      if (each->address != NULL)
        g_ptr_array_add (addresses, g_object_ref (each->address));
    }
  return addresses;
}

static gboolean
is_same_address (gconstpointer a, gconstpointer b)
{
  GInetSocketAddress *one = (gpointer) a, *other = (gpointer) b;

  return g_inet_address_equal (g_inet_socket_address_get_address (one),
                               g_inet_socket_address_get_address (other))
         && g_inet_socket_address_get_port (one) == g_inet_socket_address_get_port (other)
         && (g_socket_address_get_family (G_SOCKET_ADDRESS (one)) != G_SOCKET_FAMILY_IPV6
             || g_inet_socket_address_get_scope_id (one)
                    == g_inet_socket_address_get_scope_id (other));
}

static gboolean
are_same_addresses (GPtrArray *a, GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    if (!g_ptr_array_find_with_equal_func (b, a->pdata[i], is_same_address, NULL))
      return FALSE;
  return TRUE;
}

/* --- Settling: questions are asked, and news told, in batches. -------------------------------- */

static void
heard_resolver (GObject *source, GAsyncResult *result, gpointer data)
{
  Question *question = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GVariant) answer
      = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  DpopBrowser *self = question->browser;

  /* A cancelled question may belong to a browser that is gone. */
  if (answer != NULL)
    {
      Sighting *sighting = g_hash_table_lookup (self->sightings, question->key);

      g_variant_get (answer, "(o)", &path);
      if (sighting != NULL && sighting->number == question->number)
        sighting->resolver = g_steal_pointer (&path);
      else
        dpop_avahi_tell (self->connection, self->owner, path, DPOP_AVAHI_RESOLVER, "Free", NULL);
    }
  g_free (question->key);
  g_free (question);
}

static void
resolve (DpopBrowser *self, Sighting *sighting)
{
  Question *question = g_new0 (Question, 1);

  sighting->number = ++self->number;
  question->browser = self;
  question->number = sighting->number;
  question->key = g_strdup (sighting->key);
  g_dbus_connection_call (self->connection, self->owner, "/", DPOP_AVAHI_SERVER,
                          "ServiceResolverNew",
                          g_variant_new ("(iisssiu)", sighting->index, sighting->family,
                                         sighting->instance, DPOP_DISCOVERY_RECORD_TYPE,
                                         DPOP_DISCOVERY_RECORD_DOMAIN, sighting->family, 0u),
                          G_VARIANT_TYPE ("(o)"), G_DBUS_CALL_FLAGS_NO_AUTO_START, -1,
                          self->cancellable, heard_resolver, question);
}

static void
take_from_queue (DpopBrowser *self, Sighting *sighting)
{
  if (sighting->waiting.data == NULL)
    return;
  g_queue_unlink (&self->waiting, &sighting->waiting);
  sighting->waiting.data = NULL;
}

/* What is there to tell about PEER, compared with what was told before. */
static gboolean
find_news (Peer *peer, DpopBrowserNews *news)
{
  g_autoptr (GPtrArray) now = addresses_of (peer);

  if (peer->told == NULL ? now->len == 0 : are_same_addresses (now, peer->told))
    return FALSE;
  *news = peer->told == NULL ? DPOP_BROWSER_APPEARED
          : now->len > 0     ? DPOP_BROWSER_CHANGED
                             : DPOP_BROWSER_DISAPPEARED;
  g_clear_pointer (&peer->told, g_ptr_array_unref);
  if (now->len > 0)
    peer->told = g_steal_pointer (&now);
  return TRUE;
}

static gboolean settle (gpointer data);

static void
settle_soon (DpopBrowser *self)
{
  if (self->settle == NULL)
    dpop_source_after (&self->settle, DPOP_DISCOVERY_SETTLE, settle, self);
}

static void
tell_news (DpopBrowser *self)
{
  g_autoptr (GPtrArray) dirty = g_steal_pointer (&self->dirty);

  self->dirty = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < dirty->len && !self->stopped; i++)
    {
      const char *instance = dirty->pdata[i];
      Peer *peer = g_hash_table_lookup (self->peers, instance);
      DpopBrowserNews news;
      gboolean is_news;

      if (peer == NULL)
        continue;
      peer->dirty = FALSE;
      is_news = find_news (peer, &news);
      if (peer->sightings->len == 0)
        g_hash_table_remove (self->peers, instance);
      if (is_news)
        self->hooks.tell (news, instance, self->hooks.data);
    }
}

static gboolean
settle (gpointer data)
{
  DpopBrowser *self = g_rc_box_acquire (data);

  dpop_source_clear (&self->settle);
  g_clear_pointer (&self->near, g_ptr_array_unref);
  for (guint i = 0; i < RESOLVES && self->connection != NULL && self->waiting.head != NULL; i++)
    {
      Sighting *sighting = self->waiting.head->data;

      take_from_queue (self, sighting);
      resolve (self, sighting);
    }
  if (self->waiting.head != NULL && self->connection != NULL)
    settle_soon (self);
  tell_news (self);
  if (!self->stopped && self->crowded && self->path != NULL
      && g_hash_table_size (self->peers) < DPOP_DISCOVERY_PEERS_MAX / 4 * 3
      && g_hash_table_size (self->sightings) < DPOP_DISCOVERY_SIGHTINGS_MAX / 4 * 3
      && g_get_monotonic_time () / 1000 - self->looked > SECOND_LOOK)
    look (self);
  g_rc_box_release_full (self, clear);
  return G_SOURCE_REMOVE;
}

static void
mark_dirty (DpopBrowser *self, const char *instance)
{
  Peer *peer = g_hash_table_lookup (self->peers, instance);

  if (!peer->dirty)
    {
      peer->dirty = TRUE;
      g_ptr_array_add (self->dirty, g_strdup (instance));
    }
  settle_soon (self);
}

/* --- Sightings come and go. ------------------------------------------------------------------- */

static void
ask_again (DpopBrowser *self, Sighting *sighting)
{
  sighting->run = self->run;
  sighting->number = 0;
  if (sighting->waiting.data == NULL)
    {
      sighting->waiting.data = sighting;
      g_queue_push_tail_link (&self->waiting, &sighting->waiting);
    }
  settle_soon (self);
}

static void
add (DpopBrowser *self, int index, int family, const char *instance)
{
  g_autofree char *key = key_of (index, family, instance);
  Sighting *sighting = g_hash_table_lookup (self->sightings, key);
  Peer *peer = g_hash_table_lookup (self->peers, instance);

  if (sighting != NULL)
    {
      if (sighting->run != self->run)
        ask_again (self, sighting);
      return;
    }
  if (g_hash_table_size (self->sightings) >= DPOP_DISCOVERY_SIGHTINGS_MAX
      || (peer == NULL && g_hash_table_size (self->peers) >= DPOP_DISCOVERY_PEERS_MAX))
    {
      self->crowded = TRUE;
      return;
    }
  if (peer == NULL)
    {
      peer = g_new0 (Peer, 1);
      peer->sightings = g_ptr_array_new ();
      g_hash_table_insert (self->peers, g_strdup (instance), peer);
    }
  sighting = g_new0 (Sighting, 1);
  sighting->key = g_steal_pointer (&key);
  sighting->instance = g_strdup (instance);
  sighting->index = index;
  sighting->family = family;
  g_ptr_array_add (peer->sightings, sighting);
  g_hash_table_insert (self->sightings, sighting->key, sighting);
  ask_again (self, sighting);
}

/* What refers to SIGHTING but the table of sightings. */
static void
part_from (DpopBrowser *self, Sighting *sighting)
{
  Peer *peer = g_hash_table_lookup (self->peers, sighting->instance);

  take_from_queue (self, sighting);
  if (sighting->resolver != NULL && self->connection != NULL && sighting->run == self->run)
    dpop_avahi_tell (self->connection, self->owner, sighting->resolver, DPOP_AVAHI_RESOLVER,
                     "Free", NULL);
  g_ptr_array_remove (peer->sightings, sighting);
  mark_dirty (self, sighting->instance);
}

static gboolean
part_from_old (gpointer key, gpointer value, gpointer data)
{
  DpopBrowser *self = data;
  Sighting *sighting = value;

  if (self->connection != NULL && sighting->run == self->run)
    return FALSE;
  part_from (self, sighting);
  return TRUE;
}

/* --- Avahi's signals. They name what they are about, so it does not matter whether the answer that
 *     would give the object's path has come before them. --------------------------------------- */

static gboolean
is_of_interest (DpopBrowser *self, int index, int family, const char *instance, const char *type,
                const char *domain)
{
  return index > 0 && (family == DPOP_AVAHI_IPV4 || family == DPOP_AVAHI_IPV6)
         && g_str_equal (type, DPOP_DISCOVERY_RECORD_TYPE)
         && g_str_equal (domain, DPOP_DISCOVERY_RECORD_DOMAIN)
         && dpop_discovery_record_is_instance (instance)
         && !self->hooks.is_own (instance, self->hooks.data);
}

static void
item_seen (GDBusConnection *connection, const char *sender, const char *path,
           const char *interface, const char *signal, GVariant *arguments, gpointer data)
{
  DpopBrowser *self = data;
  int index, family;
  guint32 flags;
  const char *instance, *type, *domain;

  if (!g_variant_is_of_type (arguments, G_VARIANT_TYPE ("(iisssu)")))
    return;
  g_variant_get (arguments, "(ii&s&s&su)", &index, &family, &instance, &type, &domain, &flags);
  if (!is_of_interest (self, index, family, instance, type, domain))
    return;
  if (g_str_equal (signal, "ItemNew"))
    {
      if ((flags & DPOP_AVAHI_OUR_OWN) == 0)
        add (self, index, family, instance);
    }
  else
    {
      g_autofree char *key = key_of (index, family, instance);
      Sighting *sighting = g_hash_table_lookup (self->sightings, key);

      if (sighting != NULL)
        {
          part_from (self, sighting);
          g_hash_table_remove (self->sightings, key);
        }
    }
}

static void
address_found (GDBusConnection *connection, const char *sender, const char *path,
               const char *interface, const char *signal, GVariant *arguments, gpointer data)
{
  DpopBrowser *self = data;
  int index, family, address_family;
  const char *instance, *type, *domain, *text;
  guint16 port;
  g_autoptr (GVariant) txt = NULL;
  g_autofree char *key = NULL;
  g_autoptr (GSocketAddress) address = NULL;
  Sighting *sighting;

  if (!g_variant_is_of_type (arguments, G_VARIANT_TYPE ("(iissssisqaayu)")))
    return;
  g_variant_get (arguments, "(ii&s&s&s&si&sq@aayu)", &index, &family, &instance, &type, &domain,
                 NULL, &address_family, &text, &port, &txt, NULL);
  if (!is_of_interest (self, index, family, instance, type, domain) || address_family != family
      || !dpop_discovery_record_is_ours (txt))
    return;
  key = key_of (index, family, instance);
  sighting = g_hash_table_lookup (self->sightings, key);
  if (sighting == NULL)
    return;
  if (self->near == NULL)
    self->near = dpop_interfaces_list ();
  settle_soon (self);
  address = dpop_discovery_record_address (
      self->near, index,
      family == DPOP_AVAHI_IPV4 ? G_SOCKET_FAMILY_IPV4 : G_SOCKET_FAMILY_IPV6, text, port);
  if (address == NULL
      || (sighting->address != NULL && is_same_address (address, sighting->address)))
    return;
  g_set_object (&sighting->address, address);
  mark_dirty (self, instance);
}

/* --- Looking. --------------------------------------------------------------------------------- */

static gboolean
look_again (gpointer data)
{
  DpopBrowser *self = data;

  dpop_source_clear (&self->again);
  look (self);
  return G_SOURCE_REMOVE;
}

static void
look_later (DpopBrowser *self)
{
  if (self->again == NULL)
    dpop_source_after (&self->again, AGAIN, look_again, self);
}

static void
heard_browser (GObject *source, GAsyncResult *result, gpointer data)
{
  DpopBrowser *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer
      = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (answer != NULL)
    g_variant_get (answer, "(o)", &self->path);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    look_later (self);
}

static void
look (DpopBrowser *self)
{
  if (self->path != NULL)
    dpop_avahi_tell (self->connection, self->owner, self->path, DPOP_AVAHI_BROWSER, "Free", NULL);
  g_clear_pointer (&self->path, g_free);
  self->crowded = FALSE;
  self->looked = g_get_monotonic_time () / 1000;
  g_dbus_connection_call (self->connection, self->owner, "/", DPOP_AVAHI_SERVER,
                          "ServiceBrowserNew",
                          g_variant_new ("(iissu)", DPOP_AVAHI_ANY, DPOP_AVAHI_ANY,
                                         DPOP_DISCOVERY_RECORD_TYPE, DPOP_DISCOVERY_RECORD_DOMAIN,
                                         0u),
                          G_VARIANT_TYPE ("(o)"), G_DBUS_CALL_FLAGS_NO_AUTO_START, -1,
                          self->cancellable, heard_browser, self);
}

/* Avahi asks the network ever more rarely, and not when a cable is back: a new look does. */
static void
interfaces_changed (gpointer data)
{
  DpopBrowser *self = data;
  GPtrArray *before = g_steal_pointer (&self->interfaces);

  self->interfaces = dpop_interfaces_list ();
  if (self->path != NULL && dpop_interfaces_came_back (before, self->interfaces))
    look (self);
  g_ptr_array_unref (before);
}

static void
looking_failed (GDBusConnection *connection, const char *sender, const char *path,
                const char *interface, const char *signal, GVariant *arguments, gpointer data)
{
  DpopBrowser *self = data;

  if (g_strcmp0 (path, self->path) == 0)
    look_later (self);
}

static gboolean
grace_is_over (gpointer data)
{
  DpopBrowser *self = data;

  dpop_source_clear (&self->grace);
  g_hash_table_foreach_remove (self->sightings, part_from_old, self);
  return G_SOURCE_REMOVE;
}

static void
begin_grace (DpopBrowser *self)
{
  dpop_source_after (&self->grace, DPOP_DISCOVERY_GRACE * 1000, grace_is_over, self);
}

static guint
subscribe (DpopBrowser *self, const char *interface, const char *signal,
           GDBusSignalCallback callback)
{
  return g_dbus_connection_signal_subscribe (self->connection, self->owner, interface, signal,
                                             NULL, NULL, G_DBUS_SIGNAL_FLAGS_NONE, callback, self,
                                             NULL);
}

void
dpop_browser_attach (DpopBrowser *self, GDBusConnection *connection, const char *owner)
{
  dpop_browser_detach (self);
  self->run++;
  self->connection = g_object_ref (connection);
  self->owner = g_strdup (owner);
  self->cancellable = g_cancellable_new ();
  self->signals[0] = subscribe (self, DPOP_AVAHI_BROWSER, "ItemNew", item_seen);
  self->signals[1] = subscribe (self, DPOP_AVAHI_BROWSER, "ItemRemove", item_seen);
  self->signals[2] = subscribe (self, DPOP_AVAHI_BROWSER, "Failure", looking_failed);
  self->signals[3] = subscribe (self, DPOP_AVAHI_RESOLVER, "Found", address_found);
  if (g_hash_table_size (self->sightings) > 0)
    begin_grace (self);
  look (self);
}

void
dpop_browser_detach (DpopBrowser *self)
{
  GHashTableIter iter;
  gpointer value;

  if (self->connection == NULL)
    return;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  for (gsize i = 0; i < G_N_ELEMENTS (self->signals); i++)
    g_dbus_connection_signal_unsubscribe (self->connection, self->signals[i]);
  dpop_source_clear (&self->again);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->owner, g_free);
  g_clear_object (&self->connection);
  g_hash_table_iter_init (&iter, self->sightings);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Sighting *sighting = value;

      take_from_queue (self, sighting);
      g_clear_pointer (&sighting->resolver, g_free);
    }
  begin_grace (self);
}

void
dpop_browser_look_again (DpopBrowser *self)
{
  if (self->path != NULL)
    look (self);
}

/* --- Its life. -------------------------------------------------------------------------------- */

DpopBrowser *
dpop_browser_new (const DpopBrowserHooks *hooks)
{
  DpopBrowser *self = g_rc_box_new0 (DpopBrowser);

  self->hooks = *hooks;
  self->sightings = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, sighting_free);
  self->peers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, peer_free);
  self->dirty = g_ptr_array_new_with_free_func (g_free);
  g_queue_init (&self->waiting);
  self->interfaces = dpop_interfaces_list ();
  self->watch = dpop_interfaces_watch_new (interfaces_changed, self);
  return self;
}

static void
clear (gpointer data)
{
  DpopBrowser *self = data;

  g_hash_table_unref (self->peers);
  g_hash_table_unref (self->sightings);
  g_ptr_array_unref (self->dirty);
  g_clear_pointer (&self->interfaces, g_ptr_array_unref);
  g_clear_pointer (&self->near, g_ptr_array_unref);
}

void
dpop_browser_free (DpopBrowser *self)
{
  if (self == NULL)
    return;
  self->stopped = TRUE;
  dpop_browser_detach (self);
  dpop_source_clear (&self->grace);
  dpop_source_clear (&self->settle);
  g_clear_pointer (&self->watch, dpop_interfaces_watch_free);
  g_rc_box_release_full (self, clear);
}

GStrv
dpop_browser_list_peers (DpopBrowser *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, self->peers);
  while (g_hash_table_iter_next (&iter, &key, &value))
    if (((Peer *) value)->told != NULL)
      g_strv_builder_add (builder, key);
  return g_strv_builder_end (builder);
}

GPtrArray *
dpop_browser_list_addresses (DpopBrowser *self, const char *instance)
{
  GPtrArray *addresses = g_ptr_array_new_with_free_func (g_object_unref);
  Peer *peer = g_hash_table_lookup (self->peers, instance);

  for (guint i = 0; peer != NULL && peer->told != NULL && i < peer->told->len; i++)
    g_ptr_array_add (addresses, g_object_ref (peer->told->pdata[i]));
  return addresses;
}
