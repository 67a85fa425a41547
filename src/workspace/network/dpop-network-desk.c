/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-network-desk-private.h"

#include "cosmic-log-node.h"
#include "dpop-command-confirm.h"
#include "dpop-command-join.h"
#include "dpop-command-sweep.h"
#include "dpop-hand-over.h"
#include "dpop-names.h"

#include <string.h>

/* A link as the engine sees it. */
typedef struct
{
  guint link;
  CosmicSession *session;
  CosmicId device;
  char *name;
  gsize room; /* bytes that may be sent */
  gboolean equal;
  gboolean over; /* the session said its last */
  guint64 done, total, height;
} Seat;

struct _DpopNetworkDesk
{
  gatomicrefcount refs;
  /* The engine thread's. */
  DpopProfile *profile; /* of the work that is being done */
  CosmicLogNode *node;  /* NULL: no history yet */
  DpopNetworkKeeper *keeper; /* of NODE */
  GPtrArray *seats;
  gint64 told;          /* the newest entry's number that sessions know of */
  guint64 keys_height;  /* at which the keys were read; G_MAXUINT64: never */
  gboolean brought;
  guint left;           /* entries that the last confirmation could not make final */
};

/* --- Values. --------------------------------------------------------------------------------- */

void
dpop_network_peer_free (gpointer data)
{
  DpopNetworkPeer *self = data;

  g_free (self->name);
  g_free (self->address);
  g_free (self);
}

void
dpop_network_event_clear (DpopNetworkEvent *self)
{
  g_clear_pointer (&self->message, g_bytes_unref);
}

static void
out_clear (gpointer data)
{
  g_clear_pointer (&((DpopNetworkOut *) data)->message, g_bytes_unref);
}

DpopNetworkWork *
dpop_network_work_new (DpopNetworkDesk *desk)
{
  DpopNetworkWork *self = g_new0 (DpopNetworkWork, 1);

  self->desk = dpop_network_desk_ref (desk);
  self->events = g_array_new (FALSE, FALSE, sizeof (DpopNetworkEvent));
  g_array_set_clear_func (self->events, (GDestroyNotify) dpop_network_event_clear);
  return self;
}

void
dpop_network_work_free (gpointer data)
{
  DpopNetworkWork *self = data;

  dpop_network_desk_unref (self->desk);
  g_array_unref (self->events);
  g_free (self);
}

static DpopNetworkResult *
result_new (void)
{
  DpopNetworkResult *self = g_new0 (DpopNetworkResult, 1);

  self->out = g_array_new (FALSE, FALSE, sizeof (DpopNetworkOut));
  g_array_set_clear_func (self->out, out_clear);
  self->peers = g_ptr_array_new_with_free_func (dpop_network_peer_free);
  return self;
}

void
dpop_network_result_free (gpointer data)
{
  DpopNetworkResult *self = data;

  g_array_unref (self->out);
  g_ptr_array_unref (self->peers);
  g_clear_pointer (&self->keys, g_array_unref);
  g_clear_pointer (&self->timers, g_array_unref);
  cosmic_secret_free (self->device);
  g_free (self);
}

/* --- The desk. ------------------------------------------------------------------------------- */

static void
seat_free (gpointer data)
{
  Seat *seat = data;

  cosmic_session_free (seat->session);
  g_free (seat->name);
  g_free (seat);
}

DpopNetworkDesk *
dpop_network_desk_new (void)
{
  DpopNetworkDesk *self = g_new0 (DpopNetworkDesk, 1);

  g_atomic_ref_count_init (&self->refs);
  self->seats = g_ptr_array_new_with_free_func (seat_free);
  self->keys_height = G_MAXUINT64;
  return self;
}

DpopNetworkDesk *
dpop_network_desk_ref (DpopNetworkDesk *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

/* By then dpop_network_desk_close() has run, or the engine never worked for it. */
void
dpop_network_desk_unref (DpopNetworkDesk *self)
{
  dpop_hand_over_release (self);
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  dpop_hand_over_acquire (self);
  g_ptr_array_unref (self->seats);
  g_clear_pointer (&self->keeper, dpop_network_keeper_free);
  g_clear_pointer (&self->node, cosmic_log_node_free);
  g_free (self);
}

static Seat *
find_seat (DpopNetworkDesk *self, guint link)
{
  for (guint i = 0; i < self->seats->len; i++)
    if (((Seat *) self->seats->pdata[i])->link == link)
      return self->seats->pdata[i];
  return NULL;
}

static void
drop_seat (DpopNetworkDesk *self, Seat *seat)
{
  cosmic_log_node_leave (self->node, seat->session);
  g_ptr_array_remove (self->seats, seat);
}

/* --- What sessions tell. --------------------------------------------------------------------- */

static void
on_progress (gpointer data, guint64 done, guint64 total)
{
  Seat *seat = data;

  seat->done = done;
  seat->total = total;
}

static void
on_caught_up (gpointer data, gboolean caught_up)
{
  ((Seat *) data)->equal = caught_up;
}

static void
on_peer_height (gpointer data, guint64 height, const CosmicId *checkpoint)
{
  ((Seat *) data)->height = height;
}

static const CosmicSessionEvents events = {
  .progress = on_progress,
  .caught_up = on_caught_up,
  .peer_height = on_peer_height,
};

/* --- The node. ------------------------------------------------------------------------------- */

static gboolean
before_commit (gpointer data, GError **error)
{
  DpopNetworkDesk *self = data;

  self->brought = TRUE;
  return dpop_profile_project (self->profile, error);
}

static const CosmicLogNodeHooks hooks = { .before_commit = before_commit };

static gboolean
note_number (CosmicEntry *entry, gpointer data)
{
  *(gint64 *) data = entry->number;
  cosmic_entry_free (entry);
  return FALSE;
}

/* All that is here by now is known to the sessions, or will be found when they compare. */
static gboolean
skip_told (DpopNetworkDesk *self, CosmicLog *log, GError **error)
{
  const CosmicEntries latest = { .which = COSMIC_ENTRIES_LATEST };
  CosmicLogStore store = cosmic_log_store (log);

  return store.table->each_entry (store.self, &latest, note_number, &self->told, error);
}

static gboolean
make_node (DpopNetworkDesk *self, CosmicLog *log, GError **error)
{
  if (self->node != NULL || !cosmic_log_is_founded (log))
    return TRUE;
  self->node = cosmic_log_node_new (log, dpop_profile_seal (self->profile), &hooks, self);
  return skip_told (self, log, error);
}

/* Anew, where this computer has a key for it that it had not before. */
static gboolean
make_keeper (DpopNetworkDesk *self, GError **error)
{
  if (self->node == NULL
      || (self->keeper != NULL && dpop_network_keeper_is_current (self->keeper, self->profile)))
    return TRUE;
  g_clear_pointer (&self->keeper, dpop_network_keeper_free);
  self->keeper = dpop_network_keeper_new (self->profile, self->node, error);
  return self->keeper != NULL;
}

/* What was committed stays. After a failure of the store all begins anew, once the links that there
 * are were cut. */
static void
drop_node (DpopNetworkDesk *self)
{
  g_ptr_array_set_size (self->seats, 0);
  g_clear_pointer (&self->keeper, dpop_network_keeper_free);
  g_clear_pointer (&self->node, cosmic_log_node_free);
}

/* --- Events. --------------------------------------------------------------------------------- */

static char *
name_of (DpopProfile *profile, const CosmicId *device)
{
  const CosmicState *authority = dpop_profile_state (profile, NULL, NULL);
  g_autoptr (DpopNames) names = NULL;
  CosmicDevice found;

  if (authority == NULL || !cosmic_authority_device (authority, device, &found)
      || (names = dpop_names_new (profile, NULL)) == NULL)
    return NULL;
  return dpop_names_member (names, &found.member);
}

static void
open_seat (DpopNetworkDesk *self, const DpopNetworkEvent *event)
{
  CosmicSessionSetting setting = { .caller = event->caller,
                                   .random = dpop_profile_random (self->profile) };
  Seat *seat = g_new0 (Seat, 1);

  dpop_profile_seal_id (self->profile, &setting.seal);
  seat->link = event->link;
  seat->device = event->device;
  seat->name = name_of (self->profile, &event->device);
  seat->session = cosmic_session_new (cosmic_log_node_table (self->node), &setting, &events, seat);
  cosmic_log_node_join (self->node, seat->session);
  g_ptr_array_add (self->seats, seat);
}

static void
take_event (DpopNetworkDesk *self, const DpopNetworkEvent *event)
{
  Seat *seat = find_seat (self, event->link);

  if (event->kind == DPOP_NETWORK_REMINDER)
    dpop_network_keeper_remind (self->keeper, &event->timer);
  else if (event->kind == DPOP_NETWORK_OPENED && seat == NULL)
    open_seat (self, event);
  else if (seat == NULL)
    return;
  else if (event->kind == DPOP_NETWORK_MESSAGE)
    cosmic_session_receive (seat->session, event->message);
  else if (event->kind == DPOP_NETWORK_ROOM)
    seat->room = event->room;
  else if (event->kind == DPOP_NETWORK_CLOSED)
    drop_seat (self, seat);
}

/* --- What came another way. ------------------------------------------------------------------ */

typedef struct
{
  gint64 told;
  gint64 newest;
  GArray *ids; /* of CosmicId, what came last first */
} News;

/* What is covered by now is told with its checkpoint, and what is held is nothing to hand on. */
static gboolean
note_news (CosmicEntry *entry, gpointer data)
{
  News *news = data;
  const gboolean is_new = entry->number > news->told;

  news->newest = MAX (news->newest, entry->number);
  if (is_new && entry->height == 0 && !entry->held)
    g_array_append_vals (news->ids, &entry->operation->id, 1);
  cosmic_entry_free (entry);
  return is_new;
}

/* A share that is told again is known to the sessions by its id, and costs nothing more. */
static gboolean
tell_share (GBytes *envelope, gpointer data)
{
  cosmic_log_node_share (data, envelope);
  return TRUE;
}

/* By a command, from a transfer file, a folder: whatever no session brought. Each piece of work
 * begins with it, before anything comes in. */
static gboolean
tell_news (DpopNetworkDesk *self, CosmicLog *log, GError **error)
{
  const CosmicEntries latest = { .which = COSMIC_ENTRIES_LATEST };
  CosmicLogStore store = cosmic_log_store (log);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  News news = { .told = self->told, .newest = self->told, .ids = ids };

  if (!store.table->each_entry (store.self, &latest, note_news, &news, error))
    return FALSE;
  for (guint i = ids->len; i > 0; i--)
    cosmic_log_node_operation (self->node, &g_array_index (ids, CosmicId, i - 1));
  if (news.newest > self->told
      && !store.table->each_share (store.self, tell_share, self->node, error))
    return FALSE;
  self->told = news.newest;
  return TRUE;
}

/* --- Keys. ----------------------------------------------------------------------------------- */

typedef struct
{
  const CosmicState *certified;
  GArray *keys;
  DpopHelloKey own;
} Keys;

static gboolean
take_key (const CosmicScopeKey *key, gpointer data)
{
  Keys *keys = data;
  CosmicKeyPlace place;
  DpopHelloKey own = keys->own;

  if (!cosmic_authority_key_place (keys->certified, cosmic_scope_key_id (key), &place)
      || place.personal || !cosmic_id_is_zero (&place.scope))
    return TRUE;
  cosmic_scope_key_discovery (key, own.discovery);
  own.is_former = place.until != 0;
  if (own.is_former)
    g_array_append_val (keys->keys, own);
  else
    g_array_prepend_val (keys->keys, own);
  cosmic_wipe (own.discovery, sizeof own.discovery);
  return TRUE;
}

static void
key_clear (gpointer data)
{
  cosmic_wipe (((DpopHelloKey *) data)->discovery, DPOP_HELLO_KEY_SIZE);
}

static void
read_keys (DpopNetworkDesk *self, CosmicLog *log, DpopNetworkResult *result)
{
  CosmicLogStore store = cosmic_log_store (log);
  const CosmicSecret *device = dpop_profile_device (self->profile);
  Keys keys = { .certified = cosmic_log_certified (log, &cosmic_id_zero, NULL) };

  if (keys.certified == NULL)
    return;
  keys.keys = g_array_new (FALSE, FALSE, sizeof (DpopHelloKey));
  g_array_set_clear_func (keys.keys, key_clear);
  keys.own.party = *cosmic_log_party (log);
  dpop_profile_device_id (self->profile, &keys.own.device);
  store.table->each_key (store.self, take_key, &keys, NULL);
  result->keys = keys.keys;
  result->device = cosmic_secret_copy (cosmic_secret_bytes (device), cosmic_secret_size (device));
  self->keys_height = cosmic_log_height (log);
}

/* --- A piece of work. ------------------------------------------------------------------------ */

/* What came over a link that is gone by now has nobody else to commit it. */
static void
settle (DpopNetworkDesk *self)
{
  CosmicSessionNode node = cosmic_log_node_table (self->node);

  for (guint i = 0; i < self->seats->len; i++)
    cosmic_session_idle (((Seat *) self->seats->pdata[i])->session);
  node.table->commit (node.self);
  cosmic_log_node_tell (self->node);
}

/* Whoever was switched off is told nothing more. */
static void
close_off (DpopNetworkDesk *self)
{
  const CosmicState *authority = dpop_profile_state (self->profile, NULL, NULL);
  CosmicDevice device;

  for (guint i = 0; authority != NULL && i < self->seats->len; i++)
    {
      Seat *seat = self->seats->pdata[i];

      if (cosmic_authority_device (authority, &seat->device, &device) && device.off)
        cosmic_session_close (seat->session);
    }
}

static gboolean
confirm (DpopNetworkDesk *self, GError **error)
{
  const gboolean good = dpop_command_confirm (self->profile, NULL, error);

  self->left = cosmic_log_n_open (dpop_profile_log (self->profile));
  return good;
}

/* What follows from what came in, as after a transfer file. */
static gboolean
follow (DpopNetworkDesk *self, gboolean may_confirm, GError **error)
{
  CosmicLog *log = dpop_profile_log (self->profile);

  if (self->brought
      && (!dpop_command_join_check (self->profile, error)
          || !dpop_command_sweep (self->profile, error)))
    return FALSE;
  if (may_confirm && cosmic_log_n_open (log) > 0 && dpop_command_confirm_can (self->profile)
      && !confirm (self, error))
    return FALSE;
  if (may_confirm && dpop_network_keeper_wants (self->keeper))
    dpop_network_keeper_request (self->keeper);
  return TRUE;
}

static void
tell_links (DpopNetworkDesk *self)
{
  g_autoptr (GArray) devices = g_array_new (FALSE, FALSE, sizeof (CosmicId));

  for (guint i = 0; i < self->seats->len; i++)
    g_array_append_val (devices, ((Seat *) self->seats->pdata[i])->device);
  dpop_network_keeper_linked (self->keeper, devices);
}

static void
write_out (Seat *seat, DpopNetworkResult *result)
{
  while (seat->room > 0 && !seat->over)
    {
      DpopNetworkOut out = { .link = seat->link, .message = cosmic_session_next (seat->session) };

      if (out.message == NULL)
        {
          if (cosmic_session_state (seat->session) == COSMIC_SESSION_OPEN)
            return;
          seat->over = TRUE;
        }
      else
        seat->room -= MIN (seat->room, g_bytes_get_size (out.message));
      g_array_append_val (result->out, out);
    }
}

static void
show_seat (const Seat *seat, DpopNetworkResult *result)
{
  DpopNetworkPeer *peer = g_new0 (DpopNetworkPeer, 1);

  peer->link = seat->link;
  peer->device = seat->device;
  peer->name = g_strdup (seat->name);
  peer->equal = seat->equal;
  peer->done = seat->done;
  peer->total = seat->total;
  peer->height = seat->height;
  g_ptr_array_add (result->peers, peer);
}

/* What is asked for next may turn out to be here by now, so that a height is taken in: that is
 * committed before anybody else comes to the log, and there is more to say. */
static void
write_all (DpopNetworkDesk *self, DpopNetworkResult *result)
{
  guint before;

  do
    {
      before = result->out->len;
      for (guint i = 0; i < self->seats->len; i++)
        write_out (self->seats->pdata[i], result);
      settle (self);
    }
  while (result->out->len > before);
  for (guint i = 0; i < self->seats->len; i++)
    show_seat (self->seats->pdata[i], result);
  result->timers = dpop_network_keeper_take_timers (self->keeper);
}

static gboolean
do_work (DpopNetworkDesk *self, const DpopNetworkWork *work, DpopNetworkResult *result,
         GError **error)
{
  CosmicLog *log = dpop_profile_log (self->profile);

  if (!tell_news (self, log, error))
    return FALSE;
  for (guint i = 0; i < work->events->len; i++)
    take_event (self, &g_array_index (work->events, DpopNetworkEvent, i));
  tell_links (self);
  settle (self);
  if (cosmic_log_node_failure (self->node) != NULL)
    {
      g_propagate_error (error, g_error_copy (cosmic_log_node_failure (self->node)));
      return FALSE;
    }
  if (!skip_told (self, log, error) || !follow (self, work->may_confirm, error)
      || !tell_news (self, log, error))
    return FALSE;
  if (work->stirred || self->brought)
    close_off (self);
  if (work->events->len == 0 && !work->stirred)
    result->more = cosmic_log_node_look (self->node);
  settle (self);
  write_all (self, result);
  if (cosmic_log_node_failure (self->node) != NULL)
    {
      g_propagate_error (error, g_error_copy (cosmic_log_node_failure (self->node)));
      return FALSE;
    }
  return TRUE;
}

/* Once others are there to hear of it: what only this computer knows waits for a person. */
static gboolean
wants_confirmation (DpopNetworkDesk *self, CosmicLog *log)
{
  const guint open = cosmic_log_n_open (log);

  if (self->keeper != NULL && self->seats->len > 0 && dpop_network_keeper_wants (self->keeper))
    return TRUE;
  return open > 0 && open != self->left && (self->brought || self->seats->len > 0)
         && dpop_command_confirm_can (self->profile);
}

gpointer
dpop_network_desk_work (DpopProfile *profile, gpointer data, GError **error)
{
  const DpopNetworkWork *work = data;
  DpopNetworkDesk *self = work->desk;
  CosmicLog *log = dpop_profile_log (profile);
  DpopNetworkResult *result = result_new ();

  self->profile = profile;
  self->brought = FALSE;
  if (!make_node (self, log, error) || !make_keeper (self, error)
      || (self->node != NULL && !do_work (self, work, result, error)))
    {
      drop_node (self);
      g_clear_pointer (&result, dpop_network_result_free);
      return NULL;
    }
  if (self->node != NULL && (work->wants_keys || self->keys_height != cosmic_log_height (log)))
    read_keys (self, log, result);
  result->brought = self->brought;
  result->confirms = wants_confirmation (self, log);
  return result;
}

gpointer
dpop_network_desk_close (DpopProfile *profile, gpointer data, GError **error)
{
  drop_node (data);
  return NULL;
}

gpointer
dpop_network_desk_admit (DpopProfile *profile, gpointer data, GError **error)
{
  const CosmicState *authority = dpop_profile_state (profile, NULL, error);
  CosmicDevice device;

  return GINT_TO_POINTER (authority != NULL && cosmic_authority_device (authority, data, &device)
                          && !device.off);
}
