/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-log-node-private.h"

#include "cosmic-carry.h"

#define LOOK_STEP     1024 /* entries looked at in one go */
#define LACKING_MAX   8192 /* operations known to lack a part */
/* What fits in one message with others, its envelopes' padding and labels included. */
#define SMALL_PARTS   8192

/* --- Failure and transactions. ---------------------------------------------------------------- */

void
cosmic_log_node_fail (CosmicLogNode *self, GError *error)
{
  if (self->begun)
    cosmic_log_rollback (self->log, NULL);
  self->begun = FALSE;
  if (self->failure == NULL)
    self->failure = error;
  else
    g_clear_error (&error);
}

static gboolean
is_good (gpointer node)
{
  return ((CosmicLogNode *) node)->failure == NULL;
}

gboolean
cosmic_log_node_begin (CosmicLogNode *self)
{
  GError *error = NULL;

  if (self->failure != NULL)
    return FALSE;
  if (!self->begun && !(self->begun = cosmic_log_begin (self->log, &error)))
    cosmic_log_node_fail (self, error);
  return self->begun;
}

static void
move (GArray *from, GArray *to)
{
  if (from->len > 0)
    g_array_append_vals (to, from->data, from->len);
  g_array_set_size (from, 0);
}

/* What the witnesses have to do within the transaction. *AGAIN: and after its commit, in
 * another. */
static gboolean
step_witness (CosmicLogNode *self, gboolean *again)
{
  GError *error = NULL;

  *again = FALSE;
  if (self->witness == NULL || self->failure != NULL
      || !cosmic_log_witness_has_work (self->witness))
    return TRUE;
  if (!cosmic_log_node_begin (self))
    return FALSE;
  if (cosmic_log_witness_step (self->witness, again, &error))
    return TRUE;
  cosmic_log_node_fail (self, error);
  return FALSE;
}

static gboolean
commit_once (CosmicLogNode *self)
{
  GError *error = NULL;

  if (!self->begun)
    return self->failure == NULL;
  if (self->hooks->before_commit != NULL
      && !self->hooks->before_commit (self->data, &error))
    {
      cosmic_log_node_fail (self, error);
      return FALSE;
    }
  self->begun = FALSE; /* a commit that fails rolls back by itself */
  if (!cosmic_log_commit (self->log, &error))
    {
      cosmic_log_node_fail (self, error);
      return FALSE;
    }
  move (self->came, self->news);
  move (self->came_shares, self->new_shares);
  self->new_key = self->new_key || self->key_came;
  self->key_came = FALSE;
  return TRUE;
}

static gboolean
commit (gpointer node)
{
  gboolean again;

  do
    if (!step_witness (node, &again) || !commit_once (node))
      return FALSE;
  while (again);
  return TRUE;
}

/* What an error of the log means. Those that speak of what came leave the log as it was. */
static CosmicTake
judge (CosmicLogNode *self, GError *error)
{
  CosmicTake take = COSMIC_TAKE_FAILED;

  if (error->domain == COSMIC_LOG_ERROR)
    switch ((CosmicLogError) error->code)
      {
      case COSMIC_LOG_ERROR_INVALID:
      case COSMIC_LOG_ERROR_OTHER_PARTY:
      case COSMIC_LOG_ERROR_LIMIT:
        take = COSMIC_TAKE_BAD;
        break;
      case COSMIC_LOG_ERROR_NO_KEY:
        take = COSMIC_TAKE_LATER;
        break;
      case COSMIC_LOG_ERROR_CONFLICT:
        take = COSMIC_TAKE_FORK;
        break;
      case COSMIC_LOG_ERROR_DIVERGED:
        take = COSMIC_TAKE_DIVERGED;
        break;
      case COSMIC_LOG_ERROR_UPDATE:
        take = COSMIC_TAKE_UPDATE;
        break;
      case COSMIC_LOG_ERROR_DAMAGED:
      case COSMIC_LOG_ERROR_NOT_WITNESS:
      default:
        break;
      }
  if (take == COSMIC_TAKE_FAILED)
    cosmic_log_node_fail (self, error);
  else
    g_error_free (error);
  return take;
}

/* --- Entries. --------------------------------------------------------------------------------- */

/* NULL when it is not here. */
static CosmicEntry *
find_entry (CosmicLogNode *self, const CosmicId *id)
{
  CosmicLogStore store = self->log->store;
  CosmicEntry *entry = NULL;
  GError *error = NULL;

  if (self->failure == NULL && !store.table->find_entry (store.self, id, &entry, &error))
    cosmic_log_node_fail (self, error);
  return entry;
}

static gboolean
is_lacking (const CosmicPartRef *ref, const CosmicPart *part)
{
  return ref->there && part->plain == NULL && part->sealed == NULL && !part->erased;
}

static guint
lacking_parts (CosmicLogNode *self, const CosmicEntry *entry)
{
  const CosmicHeader *header = &entry->operation->header;
  guint parts = is_lacking (&header->body, &entry->body) ? COSMIC_SESSION_BODY : 0;

  if (is_lacking (&header->personal, &entry->personal)
      && !cosmic_carry_is_hidden (self->log, entry))
    parts |= COSMIC_SESSION_PERSONAL;
  return parts;
}

static guint
lacks (gpointer node, const CosmicId *operation)
{
  CosmicLogNode *self = node;
  const CosmicEntry *open = g_hash_table_lookup (self->log->open, operation);
  g_autoptr (CosmicEntry) entry = NULL;

  /* The tail does not hear of a part that came and cannot be read. */
  if (open != NULL && lacking_parts (self, open) == 0)
    return 0;
  entry = find_entry (self, operation);
  return entry != NULL ? lacking_parts (self, entry) : COSMIC_SESSION_ALL_PARTS;
}

void
cosmic_log_node_note_lacking (CosmicLogNode *self, const CosmicEntry *entry)
{
  if (lacking_parts (self, entry) == 0
      || g_hash_table_size (self->lacking) >= LACKING_MAX
      || !g_hash_table_add (self->lacking, cosmic_id_copy (&entry->operation->id)))
    return;
  self->more_lacking = TRUE;
}

static void
incomplete (gpointer node, guint limit, GArray *ids)
{
  CosmicLogNode *self = node;
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, self->lacking);
  while (ids->len < limit && g_hash_table_iter_next (&iter, &id, NULL))
    if (lacks (self, id) == 0)
      g_hash_table_iter_remove (&iter);
    else
      g_array_append_vals (ids, id, 1);
}

static CosmicSessionClass
rank_header (CosmicLogNode *self, const CosmicOperation *operation)
{
  const CosmicHeader *header = &operation->header;

  if (header->body.size + header->personal.size > SMALL_PARTS)
    return COSMIC_SESSION_BIG;
  if (cosmic_id_is_zero (&header->stream))
    return COSMIC_SESSION_AUTHORITY;
  return self->hooks->is_running != NULL && self->hooks->is_running (self->data, operation)
             ? COSMIC_SESSION_RUNNING
             : COSMIC_SESSION_REST;
}

static CosmicSessionClass
rank (gpointer node, const CosmicId *operation, guint64 *order)
{
  CosmicLogNode *self = node;
  const CosmicEntry *open = g_hash_table_lookup (self->log->open, operation);
  g_autoptr (CosmicEntry) entry = open == NULL ? find_entry (self, operation) : NULL;
  const CosmicEntry *found = open != NULL ? open : entry;

  *order = found != NULL ? (guint64) found->number : 0;
  return found != NULL ? rank_header (self, found->operation) : COSMIC_SESSION_REST;
}

static void
find_parts (gpointer node, const CosmicId *operation, guint parts, CosmicSessionParts *found)
{
  CosmicLogNode *self = node;
  g_autoptr (CosmicEntry) entry = find_entry (self, operation);

  if (entry == NULL || !cosmic_carry_all_can_open (self->log, entry))
    return;
  if ((parts & COSMIC_SESSION_HEADER) != 0)
    found->header = cosmic_log_envelope (self->log, entry, COSMIC_ITEM_HEADER);
  if ((parts & COSMIC_SESSION_BODY) != 0)
    found->body = cosmic_log_envelope (self->log, entry, COSMIC_ITEM_BODY);
  if ((parts & COSMIC_SESSION_PERSONAL) != 0 && entry->operation->header.personal.there
      && !cosmic_carry_is_hidden (self->log, entry))
    found->personal = cosmic_log_envelope (self->log, entry, COSMIC_ITEM_PERSONAL);
}

/* --- Operations that come in. ----------------------------------------------------------------- */

static CosmicTake
accept (CosmicLogNode *self, const CosmicOperation *operation, const CosmicSessionParts *parts)
{
  CosmicAccept accepted;
  GError *error = NULL;

  if (!cosmic_log_node_begin (self))
    return COSMIC_TAKE_FAILED;
  if (!cosmic_log_accept (self->log, operation->item, parts->body, parts->personal, &accepted,
                          &error))
    return judge (self, error);
  if (accepted == COSMIC_ACCEPT_KNOWN)
    return COSMIC_TAKE_KNOWN;
  g_array_append_val (self->came, operation->id);
  return COSMIC_TAKE_NEW;
}

/* A part that did not come along, if another node may have it. */
static void
note_incomplete (CosmicLogNode *self, const CosmicOperation *operation,
                 const CosmicSessionParts *parts)
{
  const CosmicHeader *header = &operation->header;
  g_autoptr (CosmicEntry) entry = NULL;

  if ((!header->body.there || parts->body != NULL)
      && (!header->personal.there || parts->personal != NULL))
    return;
  entry = find_entry (self, &operation->id);
  if (entry != NULL)
    cosmic_log_node_note_lacking (self, entry);
}

static gboolean
reserve (gpointer node, const CosmicId *operation, gconstpointer who, gboolean take_over)
{
  CosmicLogNode *self = node;
  gconstpointer asks = g_hash_table_lookup (self->asked, operation);

  if (asks != NULL && asks != who && !take_over)
    return FALSE;
  g_hash_table_insert (self->asked, cosmic_id_copy (operation), (gpointer) who);
  return TRUE;
}

static void
release (gpointer node, const CosmicId *operation, gconstpointer who)
{
  CosmicLogNode *self = node;

  if (g_hash_table_lookup (self->asked, operation) == who)
    g_hash_table_remove (self->asked, operation);
}

static CosmicTake
take_operation (gpointer node, const CosmicId *id, const CosmicSessionParts *parts)
{
  CosmicLogNode *self = node;
  g_autoptr (CosmicOperation) operation = NULL;
  g_autoptr (CosmicEntry) entry = NULL;
  CosmicTake take;

  if (parts->header == NULL)
    {
      entry = find_entry (self, id);
      if (entry == NULL)
        return self->failure == NULL ? COSMIC_TAKE_BAD : COSMIC_TAKE_FAILED;
      return accept (self, entry->operation, parts);
    }
  switch (cosmic_carry_open_header (self->log, parts->header, &operation))
    {
    case COSMIC_CARRY_NO_KEY:
      return COSMIC_TAKE_LATER;
    case COSMIC_CARRY_OPENED:
      break;
    case COSMIC_CARRY_MALFORMED:
    default:
      return COSMIC_TAKE_BAD;
    }
  if (!cosmic_id_same (&operation->id, id))
    return COSMIC_TAKE_BAD;
  take = accept (self, operation, parts);
  if (take == COSMIC_TAKE_NEW)
    note_incomplete (self, operation, parts);
  return self->failure == NULL ? take : COSMIC_TAKE_FAILED;
}

/* --- Checkpoints. ----------------------------------------------------------------------------- */

static guint64
height (gpointer node, CosmicId *checkpoint)
{
  CosmicLogNode *self = node;

  *checkpoint = *cosmic_log_checkpoint (self->log);
  return cosmic_log_height (self->log);
}

static gboolean
read_record (CosmicLogNode *self, guint64 at, CosmicCheckpointRecord *record)
{
  CosmicLogStore store = self->log->store;
  gboolean found = FALSE;
  GError *error = NULL;

  if (self->failure != NULL || at == 0)
    return FALSE;
  if (!store.table->find_checkpoint (store.self, at, record, &found, &error))
    cosmic_log_node_fail (self, error);
  return found;
}

static gboolean
checkpoint_at (gpointer node, guint64 at, CosmicId *checkpoint)
{
  CosmicLogNode *self = node;
  CosmicCheckpointRecord record;

  if (at == cosmic_log_height (self->log))
    {
      *checkpoint = *cosmic_log_checkpoint (self->log);
      return at > 0;
    }
  if (!read_record (self, at, &record))
    return FALSE;
  *checkpoint = record.id;
  cosmic_checkpoint_record_clear (&record);
  return TRUE;
}

static gboolean
find_record (gpointer node, guint64 at, CosmicSessionRecord *found)
{
  CosmicLogNode *self = node;
  CosmicCheckpointRecord record;
  gboolean good;

  if (!read_record (self, at, &record))
    return FALSE;
  found->height = at;
  good = cosmic_carry_seal_record (self->log, &record, &found->checkpoint, &found->certificate);
  cosmic_checkpoint_record_clear (&record);
  if (!good)
    cosmic_log_node_fail (self, g_error_new_literal (COSMIC_LOG_ERROR, COSMIC_LOG_ERROR_NO_KEY,
                                       "This computer does not have an earlier key of the "
                                       "organisation. Exchange with another computer first."));
  return good;
}

static CosmicTake
open_envelopes (CosmicLogNode *self, const CosmicSessionRecord *came,
                CosmicCheckpointRecord *record)
{
  switch (cosmic_carry_open_record (self->log, came->checkpoint, came->certificate, record))
    {
    case COSMIC_CARRY_OPENED:
      return record->height == came->height ? COSMIC_TAKE_NEW : COSMIC_TAKE_BAD;
    case COSMIC_CARRY_NO_KEY:
      return COSMIC_TAKE_LATER;
    case COSMIC_CARRY_MALFORMED:
    default:
      return COSMIC_TAKE_BAD;
    }
}

/* The list must be the one that the checkpoint names; what it covers and is not here goes to
 * MISSING, stream by stream, so that authority comes first. */
static CosmicTake
read_list (CosmicLogNode *self, const CosmicCheckpointRecord *record, GArray *missing)
{
  g_autoptr (CosmicBatchList) list = cosmic_batch_list_decode (record->list);
  CosmicCheckpoint checkpoint;
  CosmicId root;

  if (list == NULL || !cosmic_checkpoint_decode (record->checkpoint, &checkpoint))
    return COSMIC_TAKE_BAD;
  cosmic_batch_list_root (list, &root);
  if (!cosmic_id_same (&root, &checkpoint.batch_root))
    return COSMIC_TAKE_BAD;
  for (guint i = 0; i < list->streams->len; i++)
    {
      const CosmicBatchStream *stream = list->streams->pdata[i];

      for (guint j = 0; j < stream->operations->len; j++)
        {
          const CosmicId *id = &g_array_index (stream->operations, CosmicId, j);

          if ((lacks (self, id) & (COSMIC_SESSION_HEADER | COSMIC_SESSION_BODY)) != 0)
            g_array_append_vals (missing, id, 1);
        }
    }
  return self->failure == NULL ? COSMIC_TAKE_NEW : COSMIC_TAKE_FAILED;
}

static CosmicTake
open_record (gpointer node, const CosmicSessionRecord *came, GArray *missing)
{
  CosmicLogNode *self = node;
  CosmicCheckpointRecord record;
  CosmicTake take = open_envelopes (self, came, &record);

  if (take == COSMIC_TAKE_NEW)
    take = read_list (self, &record, missing);
  cosmic_checkpoint_record_clear (&record);
  return take;
}

static CosmicTake
take_record (gpointer node, const CosmicSessionRecord *came)
{
  CosmicLogNode *self = node;
  CosmicCheckpointRecord record;
  CosmicTake take = open_envelopes (self, came, &record);
  CosmicApply apply;
  GError *error = NULL;

  if (take == COSMIC_TAKE_NEW && !cosmic_log_node_begin (self))
    take = COSMIC_TAKE_FAILED;
  if (take == COSMIC_TAKE_NEW)
    {
      if (!cosmic_log_apply (self->log, record.checkpoint, record.list, record.certificate, &apply,
                             &error))
        take = judge (self, error);
      else if (apply != COSMIC_APPLY_DONE)
        take = apply == COSMIC_APPLY_KNOWN ? COSMIC_TAKE_KNOWN : COSMIC_TAKE_LATER;
    }
  cosmic_checkpoint_record_clear (&record);
  return take;
}

/* --- What witnesses say. ---------------------------------------------------------------------- */

static void
list_witness (gpointer node, GArray *ids)
{
  CosmicLogNode *self = node;
  g_autoptr (GArray) list
      = self->witness != NULL ? cosmic_log_witness_list (self->witness) : NULL;

  if (list != NULL && list->len > 0)
    g_array_append_vals (ids, list->data, list->len);
}

static gboolean
has_witness (gpointer node, const CosmicId *id)
{
  CosmicLogNode *self = node;

  return self->witness == NULL || cosmic_log_witness_has (self->witness, id);
}

static gboolean
find_witness (gpointer node, const CosmicId *id, GBytes **message, GBytes **proposal)
{
  CosmicLogNode *self = node;
  CosmicLogWitnessItem item;

  *message = *proposal = NULL;
  if (self->witness == NULL || !cosmic_log_witness_find (self->witness, id, &item))
    return FALSE;
  *message = item.message;
  *proposal = item.proposal;
  return TRUE;
}

static CosmicTake
take_witness (gpointer node, GBytes *message, GBytes *proposal, GArray *missing)
{
  CosmicLogNode *self = node;
  const CosmicLogWitnessItem item = { message, proposal };
  GError *error = NULL;
  CosmicTake take;

  if (self->witness == NULL)
    return COSMIC_TAKE_KNOWN;
  if (!cosmic_log_node_begin (self))
    return COSMIC_TAKE_FAILED;
  take = cosmic_log_witness_take (self->witness, &item, missing, &error);
  if (take == COSMIC_TAKE_FAILED)
    cosmic_log_node_fail (self, error);
  return take;
}

/* --- The node. -------------------------------------------------------------------------------- */

static const CosmicSessionNodeTable table = {
  .is_good = is_good,
  .commit = commit,
  .height = height,
  .checkpoint_at = checkpoint_at,
  .find_record = find_record,
  .open_record = open_record,
  .take_record = take_record,
  .add_open = cosmic_log_node_add_open,
  .lacks = lacks,
  .incomplete = incomplete,
  .rank = rank,
  .find_parts = find_parts,
  .reserve = reserve,
  .release = release,
  .take_operation = take_operation,
  .shares_for = cosmic_log_node_shares_for,
  .add_shares = cosmic_log_node_add_shares,
  .has_share = cosmic_log_node_has_share,
  .find_share = cosmic_log_node_find_share,
  .take_share = cosmic_log_node_take_share,
  .list_witness = list_witness,
  .has_witness = has_witness,
  .find_witness = find_witness,
  .take_witness = take_witness,
};

CosmicLogNode *
cosmic_log_node_new (CosmicLog *log, const CosmicSecret *seal, const CosmicLogNodeHooks *hooks,
                     gpointer data)
{
  static const CosmicLogNodeHooks none = { 0 };
  CosmicLogNode *self = g_new0 (CosmicLogNode, 1);

  self->log = log;
  self->seal = seal;
  self->hooks = hooks != NULL ? hooks : &none;
  self->data = data;
  self->sessions = g_ptr_array_new ();
  self->came = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  self->came_shares = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  self->news = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  self->new_shares = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  self->lacking = g_hash_table_new_full (cosmic_id_hash, cosmic_id_equal, g_free, NULL);
  self->asked = g_hash_table_new_full (cosmic_id_hash, cosmic_id_equal, g_free, NULL);
  self->told = cosmic_log_height (log);
  return self;
}

void
cosmic_log_node_free (CosmicLogNode *self)
{
  if (self == NULL)
    return;
  if (self->begun)
    cosmic_log_rollback (self->log, NULL);
  g_ptr_array_unref (self->sessions);
  g_clear_pointer (&self->shares, g_hash_table_unref);
  g_array_unref (self->came);
  g_array_unref (self->came_shares);
  g_array_unref (self->news);
  g_array_unref (self->new_shares);
  g_hash_table_unref (self->lacking);
  g_hash_table_unref (self->asked);
  g_clear_error (&self->failure);
  g_free (self);
}

CosmicSessionNode
cosmic_log_node_table (CosmicLogNode *self)
{
  return (CosmicSessionNode){ &table, self };
}

void
cosmic_log_node_set_witness (CosmicLogNode *self, CosmicLogWitness *witness)
{
  self->witness = witness;
}

void
cosmic_log_node_join (CosmicLogNode *self, CosmicSession *session)
{
  g_ptr_array_add (self->sessions, session);
}

void
cosmic_log_node_leave (CosmicLogNode *self, CosmicSession *session)
{
  g_ptr_array_remove_fast (self->sessions, session);
}

void
cosmic_log_node_operation (CosmicLogNode *self, const CosmicId *operation)
{
  g_array_append_vals (self->news, operation, 1);
}

static void
tell (CosmicLogNode *self, CosmicSession *session)
{
  for (guint i = 0; i < self->new_shares->len; i++)
    cosmic_session_share (session, &g_array_index (self->new_shares, CosmicId, i));
  for (guint i = 0; i < self->news->len; i++)
    cosmic_session_operation (session, &g_array_index (self->news, CosmicId, i));
  if (self->new_key)
    cosmic_session_key (session);
  if (self->told < cosmic_log_height (self->log))
    cosmic_session_checkpoint (session);
  if (self->more_lacking)
    cosmic_session_incomplete (session);
}

void
cosmic_log_node_tell (CosmicLogNode *self)
{
  if (self->begun || self->failure != NULL)
    return;
  if (self->witness != NULL && cosmic_log_witness_take_news (self->witness))
    for (guint i = 0; i < self->sessions->len; i++)
      cosmic_session_witness (self->sessions->pdata[i]);
  for (guint i = 0; i < self->sessions->len; i++)
    tell (self, self->sessions->pdata[i]);
  g_array_set_size (self->news, 0);
  g_array_set_size (self->new_shares, 0);
  self->new_key = FALSE;
  self->more_lacking = FALSE;
  self->told = cosmic_log_height (self->log);
}

typedef struct
{
  CosmicLogNode *node;
  guint count;
} Look;

static gboolean
look_at (CosmicEntry *taken, gpointer data)
{
  g_autoptr (CosmicEntry) entry = taken;
  Look *look = data;

  look->count++;
  cosmic_log_node_note_lacking (look->node, entry);
  return TRUE;
}

gboolean
cosmic_log_node_look (CosmicLogNode *self)
{
  CosmicLogStore store = self->log->store;
  Look look = { self, 0 };
  GError *error = NULL;

  while (self->failure == NULL && look.count < LOOK_STEP
         && self->looked < cosmic_log_height (self->log))
    {
      const CosmicEntries batch = { .which = COSMIC_ENTRIES_BATCH, .height = ++self->looked };

      if (!store.table->each_entry (store.self, &batch, look_at, &look, &error))
        cosmic_log_node_fail (self, error);
    }
  return self->failure == NULL && self->looked < cosmic_log_height (self->log);
}

const GError *
cosmic_log_node_failure (const CosmicLogNode *self)
{
  return self->failure;
}
