/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-network.h"

#include "dpop-hand-over.h"
#include "dpop-network-hall-private.h"
#include "dpop-worker.h"

#include <string.h>

/* Who is told, in the owner's thread. */
typedef struct
{
  guint number;
  DpopNetworkTold told;
  gpointer data;
  GDestroyNotify free_data;
} Member;

/* All of them, for as long as something may be on its way to them. */
typedef struct
{
  gatomicrefcount refs;
  GPtrArray *members; /* of Member; the owner's */
} Ears;

struct _DpopNetwork
{
  grefcount refs;
  DpopWorker *worker;
  GMainContext *context; /* the owner's */
  DpopNetworkSetting setting;
  DpopNetworkHall *hall; /* the worker's */
  Ears *ears;
  guint joined;
};

static void
ears_unref (Ears *ears)
{
  dpop_hand_over_release (ears);
  if (!g_atomic_ref_count_dec (&ears->refs))
    return;
  dpop_hand_over_acquire (ears);
  g_ptr_array_unref (ears->members);
  g_free (ears);
}

/* --- Reports. -------------------------------------------------------------------------------- */

void
dpop_network_report_free (gpointer data)
{
  DpopNetworkReport *self = data;

  g_ptr_array_unref (self->peers);
  g_free (self->address);
  g_free (self->fault);
  g_free (self);
}

typedef struct
{
  Ears *ears;
  guint number;
  DpopNetworkReport *report; /* NULL once it was taken */
} Telling;

static void
telling_free (gpointer data)
{
  Telling *telling = data;

  g_clear_pointer (&telling->report, dpop_network_report_free);
  ears_unref (telling->ears);
  g_free (telling);
}

static void
receive_report (gpointer data)
{
  Telling *telling = data;
  const GPtrArray *members = telling->ears->members;

  for (guint i = 0; i < members->len; i++)
    {
      const Member *member = members->pdata[i];

      if (member->number == telling->number)
        {
          member->told (g_steal_pointer (&telling->report), member->data);
          break;
        }
    }
  telling_free (telling);
}

/* In the network's thread. */
static void
tell (guint number, DpopNetworkReport *report, gpointer data)
{
  DpopNetwork *self = data;
  Telling *telling = g_new0 (Telling, 1);

  g_atomic_ref_count_inc (&self->ears->refs);
  telling->ears = self->ears;
  telling->number = number;
  telling->report = report;
  dpop_hand_over_send (self->context, receive_report, telling, telling_free);
}

/* --- What the owner asks. -------------------------------------------------------------------- */

typedef struct
{
  DpopNetwork *network;
  guint number;
  DpopEngine *engine;
  GSocketAddress *address;
} Wish;

static void
start (gpointer data)
{
  DpopNetwork *self = data;

  self->hall = dpop_network_hall_new (&self->setting, tell, self);
}

static void
end (gpointer data)
{
  DpopNetwork *self = data;

  g_clear_pointer (&self->hall, dpop_network_hall_free);
}

static void
join (gpointer data)
{
  const Wish *wish = data;

  dpop_network_hall_join (wish->network->hall, wish->number, wish->engine);
}

static void
leave (gpointer data)
{
  const Wish *wish = data;

  dpop_network_hall_leave (wish->network->hall, wish->number);
}

static void
dial (gpointer data)
{
  const Wish *wish = data;

  dpop_network_target_add (wish->network->hall, wish->number, wish->address);
}

DpopNetwork *
dpop_network_new (const DpopNetworkSetting *setting)
{
  DpopNetwork *self = g_new0 (DpopNetwork, 1);

  g_ref_count_init (&self->refs);
  self->context = g_main_context_ref_thread_default ();
  self->setting = *setting;
  self->setting.bus_address = g_strdup (setting->bus_address);
  self->ears = g_new0 (Ears, 1);
  g_atomic_ref_count_init (&self->ears->refs);
  self->ears->members = g_ptr_array_new_with_free_func (g_free);
  self->worker = dpop_worker_new ("network");
  dpop_hand_over_wait (dpop_worker_context (self->worker), start, self);
  return self;
}

DpopNetwork *
dpop_network_ref (DpopNetwork *self)
{
  g_ref_count_inc (&self->refs);
  return self;
}

void
dpop_network_unref (DpopNetwork *self)
{
  if (!g_ref_count_dec (&self->refs))
    return;
  while (self->ears->members->len > 0)
    dpop_network_leave (self, ((Member *) self->ears->members->pdata[0])->number);
  dpop_hand_over_wait (dpop_worker_context (self->worker), end, self);
  dpop_worker_free (self->worker);
  ears_unref (self->ears);
  g_main_context_unref (self->context);
  g_free ((char *) self->setting.bus_address);
  g_free (self);
}

guint
dpop_network_join (DpopNetwork *self, DpopEngine *engine, DpopNetworkTold told, gpointer data,
                   GDestroyNotify free_data)
{
  Member *member = g_new0 (Member, 1);
  Wish wish = { self, ++self->joined, engine, NULL };

  *member = (Member){ wish.number, told, data, free_data };
  g_ptr_array_add (self->ears->members, member);
  dpop_hand_over_wait (dpop_worker_context (self->worker), join, &wish);
  return wish.number;
}

void
dpop_network_leave (DpopNetwork *self, guint number)
{
  Wish wish = { self, number, NULL, NULL };

  for (guint i = 0; i < self->ears->members->len; i++)
    {
      Member *member = self->ears->members->pdata[i];

      if (member->number != number)
        continue;
      if (member->free_data != NULL)
        member->free_data (member->data);
      g_ptr_array_remove_index (self->ears->members, i);
      break;
    }
  dpop_hand_over_wait (dpop_worker_context (self->worker), leave, &wish);
}

/* --- Addresses that people say. -------------------------------------------------------------- */

static GSocketAddress *
parse (const char *text)
{
  const char *colon = strrchr (text, ':');
  const gboolean in_brackets = text[0] == '[';
  g_autofree char *host = NULL;
  guint64 port;

  if (colon == NULL || strlen (text) > 200 || (in_brackets && colon[-1] != ']')
      || !g_ascii_string_to_unsigned (colon + 1, 10, 1, G_MAXUINT16, &port, NULL))
    return NULL;
  /* An IPv6 address without brackets does not tell where the port begins. */
  if (!in_brackets && memchr (text, ':', (gsize) (colon - text)) != NULL)
    return NULL;
  host = in_brackets ? g_strndup (text + 1, (gsize) (colon - text) - 2)
                     : g_strndup (text, (gsize) (colon - text));
  return g_inet_socket_address_new_from_string (host, (guint) port);
}

gboolean
dpop_network_dial (DpopNetwork *self, guint number, const char *address)
{
  g_autoptr (GSocketAddress) parsed = parse (address);
  Wish wish = { self, number, NULL, parsed };

  if (parsed == NULL)
    return FALSE;
  dpop_hand_over_wait (dpop_worker_context (self->worker), dial, &wish);
  return TRUE;
}
