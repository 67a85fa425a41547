/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-history-view.h"

#include "dpop-discussion.h"
#include "dpop-decision.h"
#include "dpop-member.h"
#include "dpop-sentence.h"
#include "dpop-words.h"

#include <glib/gi18n-lib.h>

void
dpop_history_view_free (DpopHistoryView *self)
{
  if (self == NULL)
    return;
  dpop_history_row_free (self->row);
  g_free (self->sentence);
  g_free (self->verdict);
  g_clear_pointer (&self->operation, cosmic_operation_unref);
  g_free (self);
}

/* --- Sentences. ------------------------------------------------------------------------------ */

/* Translators: {who} is a person, {what} the person, group or decision that it is about. */
static const struct
{
  guint16 kind;
  const char *sentence;
} sentences[] = {
  { COSMIC_KIND_GENESIS, N_("{who} founds the organisation.") },
  { COSMIC_KIND_INVITATION, N_("{who} invites {what}.") },
  { COSMIC_KIND_DEVICE_ADD, N_("{who} lets a computer of {what} in.") },
  { COSMIC_KIND_DEVICE_OFF, N_("{who} switches a computer off.") },
  { COSMIC_KIND_ROTATION, N_("{who} changes the locks.") },
  { COSMIC_KIND_SHARE, N_("{who} hands keys on.") },
  { COSMIC_KIND_EQUIVOCATION, N_("{who} shows that there are two copies of one computer.") },
  { COSMIC_KIND_ERASE, N_("{who} deletes what was typed, for everyone.") },
  { COSMIC_KIND_DEVICE_ATTACH, N_("{who} asks for a new computer for {what}, who lost all.") },
  { COSMIC_KIND_ATTACH_SUPPORT, N_("{who} supports a new computer for someone who lost all.") },
  { COSMIC_KIND_ATTACH_VETO, N_("{who} still has a computer, and stops the new one.") },
  { COSMIC_KIND_WITNESS_OFFER, N_("{who} offers a computer to keep the records.") },
  { DPOP_KIND_MEMBER_ADD, N_("{who} takes {what} in.") },
  { DPOP_KIND_MEMBER_DETAILS, N_("{who} enters the particulars of {what}.") },
  { DPOP_KIND_MEMBER_STATE, N_("{who} changes the membership of {what}.") },
  { DPOP_KIND_MEMBER_REMOVE, N_("{who} removes {what}.") },
  { DPOP_KIND_MEMBERS_UNDO, N_("{who} undoes an import.") },
  { DPOP_KIND_ROLE_GRANT, N_("{who} gives a role to {what}.") },
  { DPOP_KIND_ROLE_REVOKE, N_("{who} takes a role back from {what}.") },
  { DPOP_KIND_UNIT_ADD, N_("{who} founds the group “{what}”.") },
  { DPOP_KIND_UNIT_NAME, N_("{who} names the group “{what}”.") },
  { DPOP_KIND_UNIT_ASSIGN, N_("{who} changes the groups of {what}.") },
  { DPOP_KIND_ENACT, N_("{who} carries out the decision “{what}”.") },
  { DPOP_KIND_WITNESS_APPOINT, N_("{who} appoints record keepers.") },
  { DPOP_KIND_WITNESS_RESIGN, N_("{who} resigns as a record keeper.") },
  { DPOP_KIND_PROPOSE, N_("{who} proposes “{what}”.") },
  { DPOP_KIND_TEXT, N_("{who} adds a text to “{what}”.") },
  { DPOP_KIND_OPTION, N_("{who} adds an option to “{what}”.") },
  { DPOP_KIND_OPTION_WITHDRAW, N_("{who} withdraws an option of “{what}”.") },
  { DPOP_KIND_OPEN, N_("{who} opens the vote on “{what}”.") },
  { DPOP_KIND_VOTE, N_("{who} votes on “{what}”.") },
  { DPOP_KIND_CLOSE, N_("{who} closes the vote on “{what}”.") },
  { DPOP_KIND_STOP, N_("{who} stops the vote on “{what}”.") },
  { DPOP_KIND_DISCUSS, N_("{who} opens a discussion of “{what}”.") },
  { DPOP_KIND_COMMENT, N_("{who} comments on “{what}”.") },
};

static const char *
sentence_for (guint16 kind)
{
  for (gsize i = 0; i < G_N_ELEMENTS (sentences); i++)
    if (sentences[i].kind == kind)
      return _(sentences[i].sentence);
  return _("{who} says something that this version of DPOP does not know.");
}

/* An id within the body; FALSE when the body cannot be read here. */
static gboolean
read_body_id (const CosmicEntry *entry, const char *type, guint index, CosmicId *id)
{
  g_autoptr (GVariant) body
      = entry->body.plain != NULL ? cosmic_part_content (entry->body.plain, type) : NULL;

  return body != NULL && cosmic_codec_child_id (body, index, id);
}

gboolean
dpop_history_view_speaker (const CosmicEntry *entry, CosmicId *speaker)
{
  static const struct
  {
    guint16 kind;
    const char *type;
    guint index;
  } speakers[] = {
    { DPOP_KIND_PROPOSE, DPOP_PROPOSE_TYPE, 6 }, { DPOP_KIND_TEXT, DPOP_TEXT_TYPE, 2 },
    { DPOP_KIND_OPTION, DPOP_OPTION_TYPE, 1 },   { DPOP_KIND_VOTE, DPOP_VOTE_TYPE, 3 },
    { DPOP_KIND_COMMENT, DPOP_COMMENT_TYPE, 1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (speakers); i++)
    if (speakers[i].kind == entry->operation->header.kind)
      return read_body_id (entry, speakers[i].type, speakers[i].index, speaker);
  return FALSE;
}

static char *
about_stream (DpopProfile *profile, const DpopNames *names, const CosmicId *stream)
{
  const CosmicState *state = dpop_profile_state (profile, stream, NULL);
  DpopDiscussion discussion;

  return dpop_names_decision (names, state != NULL && dpop_discussion_query (state, &discussion)
                                         ? &discussion.about
                                         : stream);
}

static char *
about (DpopProfile *profile, const DpopNames *names, const CosmicEntry *entry)
{
  const CosmicHeader *header = &entry->operation->header;
  CosmicId id;

  if (!cosmic_id_is_zero (&header->stream))
    return about_stream (profile, names, &header->stream);
  if (header->kind == DPOP_KIND_UNIT_ADD || header->kind == DPOP_KIND_UNIT_NAME)
    return read_body_id (entry,
                         header->kind == DPOP_KIND_UNIT_ADD ? DPOP_UNIT_ADD_TYPE
                                                            : DPOP_UNIT_NAME_TYPE,
                         0, &id)
               ? dpop_names_unit (names, &id)
               : g_strdup ("…");
  if (header->kind == DPOP_KIND_ENACT)
    return read_body_id (entry, DPOP_ENACT_TYPE, 0, &id) ? dpop_names_decision (names, &id)
                                                         : g_strdup ("…");
  return cosmic_id_is_zero (&entry->subject) ? g_strdup ("…")
                                             : dpop_names_member (names, &entry->subject);
}

static gboolean
find_author (DpopProfile *profile, const CosmicEntry *entry, CosmicId *member)
{
  const CosmicState *authority = dpop_profile_state (profile, NULL, NULL);
  CosmicDevice device;

  *member = cosmic_id_zero;
  if (authority == NULL
      || !cosmic_authority_device (authority, &entry->operation->header.author, &device))
    return FALSE;
  *member = device.member;
  return TRUE;
}

static char *
who_says (DpopProfile *profile, const DpopNames *names, const CosmicEntry *entry)
{
  g_autofree char *author_name = NULL;
  g_autofree char *speaker_name = NULL;
  CosmicId author, speaker;

  if (!find_author (profile, entry, &author))
    return g_strdup (_("An unknown computer"));
  author_name = dpop_names_member (names, &author);
  if (!dpop_history_view_speaker (entry, &speaker) || cosmic_id_same (&speaker, &author))
    return g_steal_pointer (&author_name);
  speaker_name = dpop_names_member (names, &speaker);
  /* Translators: who enters something, and for whom. */
  return g_strdup_printf (_("%s, for %s,"), author_name, speaker_name);
}

/* Names are typed by people: none of them is looked at for placeholders. */
char *
dpop_history_view_sentence (DpopProfile *profile, const DpopNames *names, const CosmicEntry *entry)
{
  g_autofree char *who = who_says (profile, names, entry);
  g_autofree char *what = about (profile, names, entry);
  const char *at = sentence_for (entry->operation->header.kind);
  GString *sentence = g_string_new (NULL);

  while (*at != '\0')
    if (g_str_has_prefix (at, "{who}"))
      {
        g_string_append (sentence, who);
        at += strlen ("{who}");
      }
    else if (g_str_has_prefix (at, "{what}"))
      {
        g_string_append (sentence, what);
        at += strlen ("{what}");
      }
    else
      g_string_append_c (sentence, *at++);
  return g_string_free (sentence, FALSE);
}

const char *
dpop_history_view_verdict (const DpopHistoryRow *row)
{
  if (row->held)
    return _("On hold: something that it rests on has not come yet.");
  if (row->reason != COSMIC_REASON_NONE)
    return dpop_sentence_for_reason (row->reason);
  return row->height > 0 ? _("Final.") : _("Not yet confirmed.");
}

/* --- One entry. ------------------------------------------------------------------------------ */

static char *
verdict_words (const DpopHistoryRow *row)
{
  const char *verdict = dpop_history_view_verdict (row);

  return row->reason != COSMIC_REASON_NONE && !row->held
             ? g_strdup_printf (_("Without effect: %s"), verdict)
             : g_strdup (verdict);
}

static DpopProjectionText
personal_of (DpopProfile *profile, const CosmicEntry *entry)
{
  const CosmicState *authority = dpop_profile_state (profile, NULL, NULL);
  guint64 height = entry->height > 0 ? entry->height
                                     : cosmic_log_height (dpop_profile_log (profile)) + 1;

  if (!entry->operation->header.personal.there)
    return DPOP_PROJECTION_TEXT_NONE;
  if (entry->personal.erased
      || (authority != NULL
          && cosmic_authority_erased (authority, &entry->operation->id, &entry->subject, height)))
    return DPOP_PROJECTION_TEXT_ERASED;
  return entry->personal.plain != NULL ? DPOP_PROJECTION_TEXT_READABLE
                                       : DPOP_PROJECTION_TEXT_SEALED;
}

static gboolean
fill (DpopHistoryView *self, DpopProfile *profile, const CosmicEntry *entry, GError **error)
{
  CosmicLogStore store = cosmic_log_store (dpop_profile_log (profile));
  g_autoptr (DpopNames) names = dpop_names_new (profile, error);
  CosmicCheckpointRecord record = { 0 };
  gboolean found = FALSE;

  if (names == NULL)
    return FALSE;
  if (entry->height > 0
      && !store.table->find_checkpoint (store.self, entry->height, &record, &found, error))
    return FALSE;
  self->checkpoint = found ? record.id : cosmic_id_zero;
  cosmic_checkpoint_record_clear (&record);
  self->operation = cosmic_operation_ref (entry->operation);
  self->has_body = entry->body.plain != NULL;
  self->personal = personal_of (profile, entry);
  self->sentence = dpop_history_view_sentence (profile, names, entry);
  self->verdict = verdict_words (self->row);
  find_author (profile, entry, &self->member);
  self->time = found ? dpop_history_row_time (names->database, entry->height, NULL) : 0;
  return TRUE;
}

DpopHistoryView *
dpop_history_view_new (DpopProfile *profile, const CosmicId *operation, GError **error)
{
  CosmicLogStore store = cosmic_log_store (dpop_profile_log (profile));
  g_autoptr (DpopHistoryView) self = g_new0 (DpopHistoryView, 1);
  g_autoptr (CosmicEntry) entry = NULL;
  GError *failure = NULL;

  self->row = dpop_history_row_find (dpop_profile_database (profile), operation, &failure);
  if (failure == NULL)
    store.table->find_entry (store.self, operation, &entry, &failure);
  if (failure == NULL && (entry == NULL || self->row == NULL))
    g_set_error_literal (&failure, DPOP_PROFILE_ERROR, DPOP_PROFILE_ERROR_NOT_FOUND,
                         _("There is no such entry here."));
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return NULL;
    }
  return fill (self, profile, entry, error) ? g_steal_pointer (&self) : NULL;
}

gboolean
dpop_history_view_count (DpopProfile *profile, guint *count, GError **error)
{
  const DpopHistoryRowQuery all = { DPOP_HISTORY_ROW_ALL };

  return dpop_history_row_count (dpop_profile_database (profile), &all, count, error);
}
