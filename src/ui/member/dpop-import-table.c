/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-import-table.h"

#include "dpop-shell.h"

#include <glib/gi18n-lib.h>

struct _DpopImportTable
{
  GObject parent_instance;

  DpopSession *session;
  DpopImportWork *work; /* NULL until a file is given */
  DpopImportSight *sight;
  gboolean busy;
  gboolean mended;
  gboolean applied;
  DpopCommandImportResult result;
  gboolean undone;
  DpopCommandImportUndone undo;
};

G_DEFINE_FINAL_TYPE (DpopImportTable, dpop_import_table, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_BUSY,
  N_PROPS
};

enum
{
  CHANGED,
  UNDONE,
  N_SIGNALS
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

static void
set_busy (DpopImportTable *self, gboolean busy)
{
  if (self->busy == busy)
    return;
  self->busy = busy;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_BUSY]);
}

/* --- Asking. --------------------------------------------------------------------------------- */

typedef enum
{
  READ,
  MAP,
  MEND,
  DECIDE,
} Kind;

/* A question on its way to the engine's thread. */
typedef struct
{
  Kind kind;
  DpopImportWork *work;
  DpopImportReading reading; /* READ */
  guint place;               /* the column; the row of the table */
  DpopEdgeRollField field;
  DpopCommandImportDecision decision;
  GArray *mended;
  DpopProgress *progress;
} Question;

static Question *
question_new (DpopImportWork *work, Kind kind, guint place)
{
  Question *question = g_new0 (Question, 1);

  question->kind = kind;
  question->work = dpop_import_work_ref (work);
  question->place = place;
  return question;
}

static void
question_free (gpointer data)
{
  Question *question = data;

  dpop_import_work_unref (question->work);
  dpop_import_reading_clear (&question->reading);
  g_clear_pointer (&question->mended, g_array_unref);
  g_clear_pointer (&question->progress, dpop_progress_unref);
  g_free (question);
}

/* In the engine's thread. */
static gpointer
run_question (DpopProfile *profile, gpointer data, GError **error)
{
  const Question *question = data;

  switch (question->kind)
    {
    case READ:
      return dpop_import_work_read (question->work, profile, &question->reading, error);
    case MAP:
      return dpop_import_work_map (question->work, question->place, question->field, error);
    case MEND:
      return dpop_import_work_mend (question->work, question->place, question->mended, error);
    case DECIDE:
      return dpop_import_work_decide (question->work, question->place, question->decision, error);
    default:
      g_assert_not_reached ();
    }
}

/* Who waits for an answer. */
typedef struct
{
  DpopImportTable *table;
  DpopImportWork *work; /* which the table has from then on, if it succeeds */
  DpopImportAnswered answered;
  GObject *asker; /* NULL: nobody */
  gboolean mends;
} Waiting;

static Waiting *
waiting_new (DpopImportTable *self, DpopImportWork *work, DpopImportAnswered answered,
             GObject *asker)
{
  Waiting *waiting = g_new0 (Waiting, 1);

  waiting->table = g_object_ref (self);
  waiting->work = dpop_import_work_ref (work);
  waiting->answered = answered;
  waiting->asker = asker != NULL ? g_object_ref (asker) : NULL;
  return waiting;
}

static void
answer (Waiting *waiting, const GError *error)
{
  if (waiting->answered != NULL)
    waiting->answered (waiting->asker, error);
  g_clear_object (&waiting->asker);
  g_clear_pointer (&waiting->work, dpop_import_work_unref);
  g_object_unref (waiting->table);
  g_free (waiting);
}

static void
on_sight (GObject *source, GAsyncResult *result, gpointer data)
{
  Waiting *waiting = data;
  DpopImportTable *self = waiting->table;
  g_autoptr (GError) error = NULL;
  DpopImportSight *sight = dpop_session_run_finish (DPOP_SESSION (source), result, &error);

  set_busy (self, FALSE);
  if (sight != NULL)
    {
      g_clear_pointer (&self->work, dpop_import_work_unref);
      self->work = dpop_import_work_ref (waiting->work);
      dpop_import_sight_free (self->sight);
      self->sight = sight;
      self->mended = waiting->mends;
      g_signal_emit (self, signals[CHANGED], 0);
    }
  answer (waiting, error);
}

static void
ask (DpopImportTable *self, Question *question, DpopImportAnswered answered, GObject *asker)
{
  Waiting *waiting = waiting_new (self, question->work, answered, asker);

  waiting->mends = question->kind == MEND || question->kind == DECIDE
                   || (question->kind == MAP && self->mended);
  set_busy (self, TRUE);
  dpop_session_run_async (self->session, run_question, question, question_free,
                          (GDestroyNotify) dpop_import_sight_free, NULL, on_sight, waiting);
}

void
dpop_import_table_open (DpopImportTable *self, GBytes *file, DpopImportAnswered answered,
                        GObject *asker)
{
  g_autoptr (DpopImportWork) work = NULL;

  g_return_if_fail (DPOP_IS_IMPORT_TABLE (self) && !self->busy);
  work = dpop_import_work_new (file);
  ask (self, question_new (work, READ, 0), answered, asker);
}

void
dpop_import_table_read (DpopImportTable *self, const DpopImportReading *reading,
                        DpopImportAnswered answered, GObject *asker)
{
  Question *question;

  g_return_if_fail (DPOP_IS_IMPORT_TABLE (self) && !self->busy && self->work != NULL);
  question = question_new (self->work, READ, 0);
  question->reading = *reading;
  ask (self, question, answered, asker);
}

void
dpop_import_table_map (DpopImportTable *self, guint column, DpopEdgeRollField field,
                       DpopImportAnswered answered, GObject *asker)
{
  Question *question;

  g_return_if_fail (DPOP_IS_IMPORT_TABLE (self) && !self->busy && self->sight != NULL);
  question = question_new (self->work, MAP, column);
  question->field = field;
  ask (self, question, answered, asker);
}

void
dpop_import_table_mend (DpopImportTable *self, guint table_row, GArray *mended,
                        DpopImportAnswered answered, GObject *asker)
{
  Question *question;

  g_return_if_fail (DPOP_IS_IMPORT_TABLE (self) && !self->busy && self->sight != NULL);
  question = question_new (self->work, MEND, table_row);
  question->mended = mended;
  ask (self, question, answered, asker);
}

void
dpop_import_table_decide (DpopImportTable *self, guint table_row,
                          DpopCommandImportDecision decision, DpopImportAnswered answered,
                          GObject *asker)
{
  Question *question;

  g_return_if_fail (DPOP_IS_IMPORT_TABLE (self) && !self->busy && self->sight != NULL);
  question = question_new (self->work, DECIDE, table_row);
  question->decision = decision;
  ask (self, question, answered, asker);
}

/* --- One row. -------------------------------------------------------------------------------- */

static gpointer
run_row (DpopProfile *profile, gpointer data, GError **error)
{
  const Question *question = data;

  return dpop_import_work_row (question->work, question->place, error);
}

static void
on_row (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  DpopImportRowSight *row = dpop_session_run_finish (DPOP_SESSION (source), result, &error);

  if (row != NULL)
    g_task_return_pointer (task, row, (GDestroyNotify) dpop_import_row_sight_free);
  else
    g_task_return_error (task, error);
}

void
dpop_import_table_row_async (DpopImportTable *self, guint table_row, GAsyncReadyCallback callback,
                             gpointer data)
{
  g_return_if_fail (DPOP_IS_IMPORT_TABLE (self) && self->sight != NULL);
  dpop_session_run_async (self->session, run_row, question_new (self->work, READ, table_row),
                          question_free, (GDestroyNotify) dpop_import_row_sight_free, NULL, on_row,
                          g_task_new (self, NULL, callback, data));
}

DpopImportRowSight *
dpop_import_table_row_finish (DpopImportTable *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- Taking in. ------------------------------------------------------------------------------ */

static gpointer
run_apply (DpopProfile *profile, gpointer data, GError **error)
{
  const Question *question = data;
  DpopCommandImportResult *result = g_new0 (DpopCommandImportResult, 1);

  if (dpop_import_work_apply (question->work, profile, question->progress, result, error))
    return result;
  g_free (result);
  return NULL;
}

static void
on_applied (GObject *source, GAsyncResult *result, gpointer data)
{
  Waiting *waiting = data;
  DpopImportTable *self = waiting->table;
  g_autoptr (GError) error = NULL;
  g_autofree DpopCommandImportResult *done
      = dpop_session_run_finish (DPOP_SESSION (source), result, &error);

  if (done != NULL)
    {
      self->applied = TRUE;
      self->result = *done;
    }
  set_busy (self, FALSE);
  answer (waiting, error);
}

void
dpop_import_table_apply (DpopImportTable *self, DpopProgress *progress,
                         DpopImportAnswered answered, GObject *asker)
{
  Question *question;

  g_return_if_fail (DPOP_IS_IMPORT_TABLE (self) && !self->busy && self->sight != NULL);
  question = question_new (self->work, READ, 0);
  question->progress = progress;
  set_busy (self, TRUE);
  dpop_session_run_async (self->session, run_apply, question, question_free, g_free,
                          dpop_progress_get_cancellable (progress), on_applied,
                          waiting_new (self, self->work, answered, asker));
}

const DpopCommandImportResult *
dpop_import_table_get_result (DpopImportTable *self)
{
  g_return_val_if_fail (DPOP_IS_IMPORT_TABLE (self), NULL);
  return self->applied ? &self->result : NULL;
}

char *
dpop_import_table_result_words (const DpopCommandImportResult *result)
{
  const guint added = result->counts[DPOP_COMMAND_IMPORT_ADDS];
  const guint changed = result->counts[DPOP_COMMAND_IMPORT_CHANGES];
  g_autofree char *first = g_strdup_printf (
      ngettext ("%u member was taken in.", "%u members were taken in.", added), added);
  g_autofree char *second = g_strdup_printf (
      ngettext ("The particulars of %u member are brought up to date.",
                "The particulars of %u members are brought up to date.", changed),
      changed);

  if (changed == 0)
    return g_steal_pointer (&first);
  return added == 0 ? g_steal_pointer (&second) : g_strdup_printf ("%s %s", first, second);
}

/* --- Taking it back. ------------------------------------------------------------------------- */

static void
append (GString *words, char *sentence, guint count)
{
  if (count > 0)
    g_string_append_printf (words, "%s%s", words->len > 0 ? " " : "", sentence);
  g_free (sentence);
}

char *
dpop_import_table_undone_words (const DpopCommandImportUndone *undone)
{
  GString *words = g_string_new (NULL);

  append (words,
          g_strdup_printf (ngettext ("%u member is gone again.", "%u members are gone again.",
                                     undone->gone),
                           undone->gone),
          undone->gone);
  append (words,
          g_strdup_printf (ngettext ("The particulars of %u member are as before.",
                                     "The particulars of %u members are as before.",
                                     undone->restored),
                           undone->restored),
          undone->restored);
  append (words,
          g_strdup_printf (ngettext ("%u member stays: something was done by or for them since.",
                                     "%u members stay: something was done by or for them since.",
                                     undone->left),
                           undone->left),
          undone->left);
  if (words->len == 0)
    g_string_append (words, _("There was nothing left to take back."));
  return g_string_free (words, FALSE);
}

static gpointer
run_undo (DpopProfile *profile, gpointer import, GError **error)
{
  DpopCommandImportUndone *undone = g_new0 (DpopCommandImportUndone, 1);

  if (dpop_command_import_undo (profile, import, undone, error))
    return undone;
  g_free (undone);
  return NULL;
}

typedef struct
{
  DpopImportTable *table;
  GtkWidget *from;
} Undoing;

static void
on_undone (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Undoing *undoing = data;
  g_autoptr (DpopImportTable) self = undoing->table;
  g_autoptr (GtkWidget) from = undoing->from;
  g_autoptr (GError) error = NULL;
  g_autofree DpopCommandImportUndone *undone
      = dpop_session_run_finish (DPOP_SESSION (source), result, &error);
  g_autofree char *words = NULL;

  set_busy (self, FALSE);
  if (undone == NULL)
    {
      dpop_shell_fail (from, error);
      return;
    }
  self->undone = TRUE;
  self->undo = *undone;
  words = dpop_import_table_undone_words (undone);
  dpop_shell_announce (from, words);
  g_signal_emit (self, signals[UNDONE], 0);
}

void
dpop_import_table_undo (DpopImportTable *self, GtkWidget *from)
{
  Undoing *undoing;

  g_return_if_fail (DPOP_IS_IMPORT_TABLE (self) && self->applied);
  if (self->undone || self->busy)
    return;
  undoing = g_new0 (Undoing, 1);
  undoing->table = g_object_ref (self);
  undoing->from = g_object_ref (from);
  set_busy (self, TRUE);
  dpop_session_run_async (self->session, run_undo,
                          g_memdup2 (&self->result.import, sizeof (CosmicId)), g_free, g_free,
                          NULL, on_undone, undoing);
}

const DpopCommandImportUndone *
dpop_import_table_get_undone (DpopImportTable *self)
{
  g_return_val_if_fail (DPOP_IS_IMPORT_TABLE (self), NULL);
  return self->undone ? &self->undo : NULL;
}

/* --- The object. ----------------------------------------------------------------------------- */

DpopSession *
dpop_import_table_get_session (DpopImportTable *self)
{
  g_return_val_if_fail (DPOP_IS_IMPORT_TABLE (self), NULL);
  return self->session;
}

const DpopImportSight *
dpop_import_table_get_sight (DpopImportTable *self)
{
  g_return_val_if_fail (DPOP_IS_IMPORT_TABLE (self), NULL);
  return self->sight;
}

gboolean
dpop_import_table_is_busy (DpopImportTable *self)
{
  g_return_val_if_fail (DPOP_IS_IMPORT_TABLE (self), FALSE);
  return self->busy;
}

gboolean
dpop_import_table_is_mended (DpopImportTable *self)
{
  g_return_val_if_fail (DPOP_IS_IMPORT_TABLE (self), FALSE);
  return self->mended;
}

static void
dpop_import_table_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_BUSY)
    g_value_set_boolean (value, DPOP_IMPORT_TABLE (object)->busy);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
dpop_import_table_finalize (GObject *object)
{
  DpopImportTable *self = DPOP_IMPORT_TABLE (object);

  g_clear_pointer (&self->work, dpop_import_work_unref);
  dpop_import_sight_free (self->sight);
  g_object_unref (self->session);
  G_OBJECT_CLASS (dpop_import_table_parent_class)->finalize (object);
}

static void
dpop_import_table_class_init (DpopImportTableClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = dpop_import_table_get_property;
  object_class->finalize = dpop_import_table_finalize;
  props[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE,
                                           G_PARAM_READABLE | G_PARAM_STATIC_STRINGS
                                               | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[CHANGED] = g_signal_new ("changed", DPOP_TYPE_IMPORT_TABLE, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[UNDONE] = g_signal_new ("undone", DPOP_TYPE_IMPORT_TABLE, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
}

static void
dpop_import_table_init (DpopImportTable *self)
{
}

DpopImportTable *
dpop_import_table_new (DpopSession *session)
{
  DpopImportTable *self = g_object_new (DPOP_TYPE_IMPORT_TABLE, NULL);

  self->session = g_object_ref (session);
  return self;
}
