/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-log-store-private.h"

/* What a part's column holds. */
typedef enum
{
  PART_NOTHING = 0, /* not there, or not at hand */
  PART_PLAIN = 1,
  PART_SEALED = 2,
  PART_ERASED = 3,
} PartIs;

#define COLUMNS                                                                                \
  "SELECT o.n, o.item, o.body, o.body_is, o.personal, o.personal_is, s.id, o.height,"         \
  "  o.position, o.held, o.arrived FROM entry AS o"                                            \
  "  LEFT JOIN subject AS s ON s.n = o.subject "

static gint64
prefix (const CosmicId *id)
{
  guint64 word;

  memcpy (&word, id->bytes, sizeof word);
  return (gint64) GUINT64_FROM_BE (word);
}

static void
bind_part (sqlite3_stmt *statement, int index, const CosmicPart *part)
{
  PartIs is = part->erased          ? PART_ERASED
              : part->plain != NULL ? PART_PLAIN
              : part->sealed != NULL ? PART_SEALED
                                     : PART_NOTHING;

  dpop_database_bind_bytes (statement, index, is == PART_PLAIN    ? part->plain
                                              : is == PART_SEALED ? part->sealed
                                                                  : NULL);
  sqlite3_bind_int (statement, index + 1, is);
}

static void
read_part (sqlite3_stmt *statement, int column, CosmicPart *part)
{
  switch ((PartIs) sqlite3_column_int (statement, column + 1))
    {
    case PART_PLAIN:
      part->plain = dpop_database_column_bytes (statement, column);
      break;
    case PART_SEALED:
      part->sealed = dpop_database_column_bytes (statement, column);
      break;
    case PART_ERASED:
      part->erased = TRUE;
      break;
    case PART_NOTHING:
    default:
      break;
    }
}

/* NULL, and the failure remembered, when the row cannot be what was written. */
static CosmicEntry *
read_entry (sqlite3_stmt *statement, GError **error)
{
  g_autoptr (GBytes) item = dpop_database_column_bytes (statement, 1);
  g_autoptr (CosmicEntry) entry = g_new0 (CosmicEntry, 1);

  if (item == NULL || (entry->operation = cosmic_operation_parse (item)) == NULL)
    {
      g_set_error (error, DPOP_DATABASE_ERROR, DPOP_DATABASE_ERROR_DAMAGED,
                   "Entry %" G_GINT64_FORMAT " of the database is damaged. Fetch it again from "
                   "another computer, or restore a backup.",
                   (gint64) sqlite3_column_int64 (statement, 0));
      return NULL;
    }
  entry->number = sqlite3_column_int64 (statement, 0);
  read_part (statement, 2, &entry->body);
  read_part (statement, 4, &entry->personal);
  if (sqlite3_column_type (statement, 6) != SQLITE_NULL)
    dpop_log_store_column_id (statement, 6, &entry->subject);
  entry->height = (guint64) sqlite3_column_int64 (statement, 7);
  entry->position = (guint32) sqlite3_column_int64 (statement, 8);
  entry->held = sqlite3_column_int (statement, 9) != 0;
  entry->arrived = sqlite3_column_int64 (statement, 10);
  return g_steal_pointer (&entry);
}

/* The item without stream and author; both are 32 bytes in every well-formed one. */
static GBytes *
cut_head (const CosmicOperation *operation)
{
  const gsize from = 1 + COSMIC_ID_SIZE, to = from + 2 * COSMIC_ID_SIZE;
  gsize size;
  const guint8 *item = g_bytes_get_data (operation->item, &size);
  GByteArray *head = g_byte_array_sized_new ((guint) size);

  g_assert (memcmp (item + from, &operation->header.stream, COSMIC_ID_SIZE) == 0);
  g_assert (memcmp (item + to - COSMIC_ID_SIZE, &operation->header.author, COSMIC_ID_SIZE) == 0);
  g_byte_array_append (head, item, (guint) from);
  g_byte_array_append (head, item + to, (guint) (size - to));
  return g_byte_array_free_to_bytes (head);
}

gboolean
dpop_log_store_add_entry (gpointer store, CosmicEntry *entry, GError **error)
{
  DpopLogStore *self = store;
  const CosmicHeader *header = &entry->operation->header;
  gint64 stream = dpop_log_store_name (self, NAME_STREAM, &header->stream, TRUE, error);
  gint64 author = stream > 0
                      ? dpop_log_store_name (self, NAME_AUTHOR, &header->author, TRUE, error)
                      : -1;
  g_autoptr (GBytes) head = cut_head (entry->operation);
  gint64 subject = 0;
  sqlite3_stmt *statement;

  if (author > 0 && !cosmic_id_is_zero (&entry->subject))
    subject = dpop_log_store_name (self, NAME_MEMBER, &entry->subject, TRUE, error);
  if (author < 0 || subject < 0)
    return FALSE;
  statement = dpop_database_prepare (
      self->database,
      "INSERT INTO operation (prefix, id, stream, author, seq, kind, height, position, held,"
      "  subject, arrived, head, body, body_is, personal, personal_is)"
      "  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, prefix (&entry->operation->id));
  dpop_log_store_bind_id (statement, 2, &entry->operation->id);
  sqlite3_bind_int64 (statement, 3, stream);
  sqlite3_bind_int64 (statement, 4, author);
  sqlite3_bind_int64 (statement, 5, (gint64) header->seq);
  sqlite3_bind_int (statement, 6, header->kind);
  sqlite3_bind_int64 (statement, 7, (gint64) entry->height);
  sqlite3_bind_int64 (statement, 8, entry->position);
  sqlite3_bind_int (statement, 9, entry->held);
  if (subject > 0)
    sqlite3_bind_int64 (statement, 10, subject);
  sqlite3_bind_int64 (statement, 11, entry->arrived);
  dpop_database_bind_bytes (statement, 12, head);
  bind_part (statement, 13, &entry->body);
  bind_part (statement, 15, &entry->personal);
  if (!dpop_database_finish (self->database, statement, error))
    return FALSE;
  entry->number = sqlite3_last_insert_rowid (dpop_database_connection (self->database));
  return TRUE;
}

gboolean
dpop_log_store_find_entry (gpointer store, const CosmicId *id, CosmicEntry **entry, GError **error)
{
  DpopLogStore *self = store;
  sqlite3_stmt *statement;
  int code;

  *entry = NULL;
  statement = dpop_database_prepare (self->database, COLUMNS "WHERE o.prefix = ? AND o.id = ?",
                                     error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, prefix (id));
  dpop_log_store_bind_id (statement, 2, id);
  code = dpop_database_step (self->database, statement, error);
  if (code == SQLITE_ROW && (*entry = read_entry (statement, error)) == NULL)
    code = SQLITE_CORRUPT;
  sqlite3_reset (statement);
  return code == SQLITE_ROW || code == SQLITE_DONE;
}

static const char *
sql_for (CosmicEntriesWhich which)
{
  switch (which)
    {
    case COSMIC_ENTRIES_LATEST:
      return COLUMNS "ORDER BY o.n DESC";
    case COSMIC_ENTRIES_OPEN:
      return COLUMNS "WHERE o.height = 0 AND o.held = 0 ORDER BY o.n";
    case COSMIC_ENTRIES_HELD:
      return COLUMNS "WHERE o.height = 0 AND o.held = 1 ORDER BY o.n";
    case COSMIC_ENTRIES_BATCH:
      return COLUMNS "WHERE o.height = ? AND o.height > 0 ORDER BY o.position";
    case COSMIC_ENTRIES_STREAM:
      return COLUMNS "WHERE o.stream = ? ORDER BY o.height = 0, o.height, o.position, o.n";
    case COSMIC_ENTRIES_SUBJECT:
      return COLUMNS "WHERE o.subject = ? ORDER BY o.n";
    case COSMIC_ENTRIES_WAITING:
      return COLUMNS "WHERE o.n IN (SELECT operation FROM waiting WHERE cause = ?) ORDER BY o.n";
    case COSMIC_ENTRIES_SLOT:
      return COLUMNS "WHERE o.author = ? AND o.stream = ? AND o.seq = ? ORDER BY o.n";
    case COSMIC_ENTRIES_SEALED:
      return COLUMNS "WHERE o.body_is = 2 OR o.personal_is = 2 ORDER BY o.n";
    case COSMIC_ENTRIES_ALL:
    default:
      return COLUMNS "ORDER BY o.n";
    }
}

/* FALSE when a name in the question is not known at all: then nothing matches. -1: failure. */
static int
bind_question (DpopLogStore *self, sqlite3_stmt *statement, const CosmicEntries *which,
               GError **error)
{
  gint64 row = 1, author = 1;

  switch (which->which)
    {
    case COSMIC_ENTRIES_BATCH:
      sqlite3_bind_int64 (statement, 1, (gint64) which->height);
      break;
    case COSMIC_ENTRIES_STREAM:
      row = dpop_log_store_name (self, NAME_STREAM, &which->id, FALSE, error);
      sqlite3_bind_int64 (statement, 1, row);
      break;
    case COSMIC_ENTRIES_SUBJECT:
      row = dpop_log_store_name (self, NAME_MEMBER, &which->id, FALSE, error);
      sqlite3_bind_int64 (statement, 1, row);
      break;
    case COSMIC_ENTRIES_WAITING:
      dpop_log_store_bind_id (statement, 1, &which->id);
      break;
    case COSMIC_ENTRIES_SLOT:
      author = dpop_log_store_name (self, NAME_AUTHOR, &which->slot->author, FALSE, error);
      if (author <= 0)
        break;
      row = dpop_log_store_name (self, NAME_STREAM, &which->slot->stream, FALSE, error);
      sqlite3_bind_int64 (statement, 1, author);
      sqlite3_bind_int64 (statement, 2, row);
      sqlite3_bind_int64 (statement, 3, (gint64) which->slot->seq);
      break;
    case COSMIC_ENTRIES_ALL:
    case COSMIC_ENTRIES_LATEST:
    case COSMIC_ENTRIES_OPEN:
    case COSMIC_ENTRIES_HELD:
    case COSMIC_ENTRIES_SEALED:
    default:
      break;
    }
  if (row < 0 || author < 0)
    return -1;
  return row > 0 && author > 0;
}

gboolean
dpop_log_store_count_slot (gpointer store, const CosmicHeader *header, guint *count, GError **error)
{
  DpopLogStore *self = store;
  gint64 author = dpop_log_store_name (self, NAME_AUTHOR, &header->author, FALSE, error);
  gint64 stream = author > 0
                      ? dpop_log_store_name (self, NAME_STREAM, &header->stream, FALSE, error)
                      : author;
  sqlite3_stmt *statement;
  int code;

  *count = 0;
  if (stream <= 0)
    return stream == 0;
  statement = dpop_database_prepare (self->database,
                                     "SELECT count (*) FROM operation WHERE author = ?"
                                     "  AND stream = ? AND seq = ?",
                                     error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, author);
  sqlite3_bind_int64 (statement, 2, stream);
  sqlite3_bind_int64 (statement, 3, (gint64) header->seq);
  code = dpop_database_step (self->database, statement, error);
  if (code == SQLITE_ROW)
    *count = (guint) sqlite3_column_int64 (statement, 0);
  sqlite3_reset (statement);
  return code == SQLITE_ROW;
}

gboolean
dpop_log_store_each_entry (gpointer store, const CosmicEntries *which, CosmicEntryVisit visit,
                           gpointer data, GError **error)
{
  DpopLogStore *self = store;
  gboolean go_on, own;
  sqlite3_stmt *statement = dpop_log_store_walk (self, sql_for (which->which), &own, error);
  int code = SQLITE_DONE, bound;

  if (statement == NULL)
    return FALSE;
  bound = bind_question (self, statement, which, error);
  go_on = bound > 0;
  while (go_on && (code = dpop_database_step (self->database, statement, error)) == SQLITE_ROW)
    {
      CosmicEntry *entry = read_entry (statement, error);

      if (entry == NULL)
        code = SQLITE_CORRUPT;
      go_on = entry != NULL && visit (entry, data);
    }
  dpop_log_store_walked (statement, own);
  return bound >= 0 && (code == SQLITE_DONE || code == SQLITE_ROW);
}

gboolean
dpop_log_store_cover_entry (gpointer store, gint64 number, guint64 height, guint32 position,
                            GError **error)
{
  DpopLogStore *self = store;
  sqlite3_stmt *statement;

  statement = dpop_database_prepare (self->database,
                                     "UPDATE operation SET height = ?, position = ?, held = 0"
                                     "  WHERE n = ?",
                                     error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, (gint64) height);
  sqlite3_bind_int64 (statement, 2, position);
  sqlite3_bind_int64 (statement, 3, number);
  return dpop_database_finish (self->database, statement, error);
}

gboolean
dpop_log_store_hold_entry (gpointer store, gint64 number, const CosmicId *cause, GError **error)
{
  DpopLogStore *self = store;
  sqlite3_stmt *statement;

  statement = dpop_database_prepare (self->database, "UPDATE operation SET held = 1 WHERE n = ?",
                                     error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, number);
  if (!dpop_database_finish (self->database, statement, error))
    return FALSE;
  statement = dpop_database_prepare (self->database, "INSERT OR IGNORE INTO waiting VALUES (?, ?)",
                                     error);
  if (statement == NULL)
    return FALSE;
  dpop_log_store_bind_id (statement, 1, cause);
  sqlite3_bind_int64 (statement, 2, number);
  return dpop_database_finish (self->database, statement, error);
}

gboolean
dpop_log_store_release_entry (gpointer store, gint64 number, GError **error)
{
  DpopLogStore *self = store;
  sqlite3_stmt *statement;

  statement = dpop_database_prepare (self->database, "UPDATE operation SET held = 0 WHERE n = ?",
                                     error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, number);
  if (!dpop_database_finish (self->database, statement, error))
    return FALSE;
  statement = dpop_database_prepare (self->database, "DELETE FROM waiting WHERE operation = ?",
                                     error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, number);
  return dpop_database_finish (self->database, statement, error);
}

gboolean
dpop_log_store_set_part (gpointer store, gint64 number, gboolean personal, const CosmicPart *part,
                         GError **error)
{
  DpopLogStore *self = store;
  sqlite3_stmt *statement;

  statement = dpop_database_prepare (
      self->database,
      personal ? "UPDATE operation SET personal = ?, personal_is = ? WHERE n = ?"
               : "UPDATE operation SET body = ?, body_is = ? WHERE n = ?",
      error);
  if (statement == NULL)
    return FALSE;
  bind_part (statement, 1, part);
  sqlite3_bind_int64 (statement, 3, number);
  return dpop_database_finish (self->database, statement, error);
}

gboolean
dpop_log_store_set_subject (gpointer store, gint64 number, const CosmicId *subject, GError **error)
{
  DpopLogStore *self = store;
  gint64 row = dpop_log_store_name (self, NAME_MEMBER, subject, TRUE, error);
  sqlite3_stmt *statement;

  if (row < 0)
    return FALSE;
  statement = dpop_database_prepare (self->database,
                                     "UPDATE operation SET subject = ? WHERE n = ?", error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, row);
  sqlite3_bind_int64 (statement, 2, number);
  return dpop_database_finish (self->database, statement, error);
}
