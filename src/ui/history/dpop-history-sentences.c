/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-history-sentences.h"

#include "dpop-history-view.h"

#define KEPT_MAX 4096
#define ID_KEY   "dpop-sentence-id"

struct _DpopHistorySentences
{
  DpopSession *session;
  GCancellable *alive;  /* cancelled when this is freed */
  GHashTable *known;    /* CosmicId -> sentence */
  GHashTable *labels;   /* labels that wait: a set, each with a weak reference */
  guint asking;         /* the idle source that asks; 0: none */
};

/* --- Labels that wait. ----------------------------------------------------------------------- */

static void
on_label_gone (gpointer data, GObject *label)
{
  g_hash_table_remove (((DpopHistorySentences *) data)->labels, label);
}

static void
stop_waiting (DpopHistorySentences *self, GtkLabel *label)
{
  if (g_hash_table_remove (self->labels, label))
    g_object_weak_unref (G_OBJECT (label), on_label_gone, self);
}

static void
wait_for (DpopHistorySentences *self, GtkLabel *label)
{
  if (g_hash_table_add (self->labels, label))
    g_object_weak_ref (G_OBJECT (label), on_label_gone, self);
}

static const CosmicId *
id_of (gpointer label)
{
  return g_object_get_data (label, ID_KEY);
}

/* --- Asking. --------------------------------------------------------------------------------- */

typedef struct
{
  CosmicId id;
  char *sentence;
} Told;

static void
told_clear (gpointer data)
{
  g_free (((Told *) data)->sentence);
}

static char *
read_sentence (DpopProfile *profile, const DpopNames *names, const CosmicId *id)
{
  CosmicLogStore store = cosmic_log_store (dpop_profile_log (profile));
  g_autoptr (CosmicEntry) entry = NULL;

  if (!store.table->find_entry (store.self, id, &entry, NULL) || entry == NULL)
    return NULL;
  return dpop_history_view_sentence (profile, names, entry);
}

/* In the engine's thread. */
static gpointer
read_sentences (DpopProfile *profile, gpointer data, GError **error)
{
  GArray *asked = data;
  GArray *all = g_array_new (FALSE, TRUE, sizeof (Told));
  g_autoptr (DpopNames) names = dpop_names_new (profile, error);

  g_array_set_clear_func (all, told_clear);
  for (guint i = 0; names != NULL && i < asked->len; i++)
    {
      Told told = { g_array_index (asked, CosmicId, i), NULL };

      told.sentence = read_sentence (profile, names, &told.id);
      if (told.sentence != NULL)
        g_array_append_val (all, told);
    }
  return all;
}

static void
tell_labels (DpopHistorySentences *self)
{
  g_autoptr (GPtrArray) told = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer label;

  g_hash_table_iter_init (&iter, self->labels);
  while (g_hash_table_iter_next (&iter, &label, NULL))
    {
      const char *sentence = g_hash_table_lookup (self->known, id_of (label));

      if (sentence != NULL)
        {
          gtk_label_set_label (label, sentence);
          g_ptr_array_add (told, label);
        }
    }
  for (guint i = 0; i < told->len; i++)
    stop_waiting (self, told->pdata[i]);
}

typedef struct
{
  DpopHistorySentences *self;
  GCancellable *alive;
} Question;

static void
on_sentences (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Question *question = data;
  g_autoptr (GCancellable) alive = question->alive;
  g_autoptr (GArray) all = dpop_session_run_finish (DPOP_SESSION (source), result, NULL);

  if (all == NULL || g_cancellable_is_cancelled (alive))
    return;
  if (g_hash_table_size (question->self->known) > KEPT_MAX)
    g_hash_table_remove_all (question->self->known);
  for (guint i = 0; i < all->len; i++)
    {
      Told *told = &g_array_index (all, Told, i);

      g_hash_table_replace (question->self->known, g_memdup2 (&told->id, sizeof told->id),
                            g_steal_pointer (&told->sentence));
    }
  tell_labels (question->self);
}

static gboolean
on_ask (gpointer data)
{
  DpopHistorySentences *self = data;
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  Question *question = g_new0 (Question, 1);
  GHashTableIter iter;
  gpointer label;

  self->asking = 0;
  g_hash_table_iter_init (&iter, self->labels);
  while (g_hash_table_iter_next (&iter, &label, NULL))
    g_array_append_vals (ids, id_of (label), 1);
  question->self = self;
  question->alive = g_object_ref (self->alive);
  dpop_session_run_async (self->session, read_sentences, ids, (GDestroyNotify) g_array_unref,
                          (GDestroyNotify) g_array_unref, self->alive, on_sentences, question);
  return G_SOURCE_REMOVE;
}

void
dpop_history_sentences_show (DpopHistorySentences *self, const CosmicId *operation,
                             GtkLabel *label)
{
  const char *sentence = g_hash_table_lookup (self->known, operation);

  g_object_set_data_full (G_OBJECT (label), ID_KEY, g_memdup2 (operation, sizeof *operation),
                          g_free);
  gtk_label_set_label (label, sentence != NULL ? sentence : "");
  if (sentence != NULL)
    {
      stop_waiting (self, label);
      return;
    }
  wait_for (self, label);
  if (self->asking == 0)
    self->asking = g_idle_add (on_ask, self);
}

void
dpop_history_sentences_forget (DpopHistorySentences *self)
{
  g_hash_table_remove_all (self->known);
}

DpopHistorySentences *
dpop_history_sentences_new (DpopSession *session)
{
  DpopHistorySentences *self = g_new0 (DpopHistorySentences, 1);

  self->session = g_object_ref (session);
  self->alive = g_cancellable_new ();
  self->known = g_hash_table_new_full (cosmic_id_hash, cosmic_id_equal, g_free, g_free);
  self->labels = g_hash_table_new (NULL, NULL);
  return self;
}

void
dpop_history_sentences_free (DpopHistorySentences *self)
{
  GHashTableIter iter;
  gpointer label;

  if (self == NULL)
    return;
  g_cancellable_cancel (self->alive);
  g_clear_handle_id (&self->asking, g_source_remove);
  g_hash_table_iter_init (&iter, self->labels);
  while (g_hash_table_iter_next (&iter, &label, NULL))
    g_object_weak_unref (label, on_label_gone, self);
  g_hash_table_unref (self->labels);
  g_hash_table_unref (self->known);
  g_object_unref (self->alive);
  g_object_unref (self->session);
  g_free (self);
}
