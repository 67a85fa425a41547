/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpopctl-show.h"

#include "dpop-charter-word.h"
#include "dpop-discussion.h"
#include "dpop-vote-place.h"
#include "dpop-wording.h"
#include "dpop-words.h"
#include "dpopctl-find.h"

#include <glib/gi18n-lib.h>

/* --- Words. --- */

static const char *const phase_words[] = {
  [DPOP_DECISION_PROPOSED] = "proposed",
  [DPOP_DECISION_OPEN] = "open",
  [DPOP_DECISION_CLOSED] = "closed",
  [DPOP_DECISION_STOPPED] = "stopped",
};

const char *
dpopctl_show_phase_word (DpopDecisionPhase phase)
{
  return phase_words[phase];
}

const char *
dpopctl_show_vote_place (Dpopctl *self, const CosmicId *decision, const char **words)
{
  static const char *const places[] = {
    [DPOP_VOTE_PLACE_SAVED] = "saved",         [DPOP_VOTE_PLACE_EXPORTED] = "exported",
    [DPOP_VOTE_PLACE_DELIVERED] = "delivered", [DPOP_VOTE_PLACE_COUNTED] = "counted",
    [DPOP_VOTE_PLACE_TOO_LATE] = "too-late",
    [DPOP_VOTE_PLACE_WITHOUT_EFFECT] = "without-effect",
  };
  CosmicId vote;
  DpopVotePlace place;

  if (!dpop_vote_place_find (self->profile, decision, &vote, NULL)
      || !dpop_vote_place (self->profile, &vote, &place, NULL, NULL))
    return NULL;
  *words = dpop_vote_place_words (place);
  return places[place];
}

void
dpopctl_show_done (Dpopctl *self, const CosmicId *decision, const char *sentence)
{
  g_autofree char *id = dpopctl_print_short (decision);
  g_autofree char *title = dpopctl_find_decision_name (self, decision);

  dpopctl_print_id (self, "decision", decision);
  dpopctl_print (self, "%s  %s: %s", id, title, sentence);
}

/* --- A list. --- */

typedef struct
{
  char *phase, *search;
} List;

static gboolean
load (Dpopctl *self, const CosmicId *id, DpopDecision **decision, GError **error)
{
  const CosmicState *state = dpop_profile_state (self->profile, id, error);
  CosmicId member;
  gboolean own = dpop_profile_own_member (self->profile, &member, NULL);

  *decision = state != NULL ? dpop_decision_query (state, own ? &member : NULL) : NULL;
  return *decision != NULL;
}

static gboolean
fits_search (const char *title, const char *search)
{
  g_autofree char *folded_title = g_utf8_casefold (title, -1);
  g_autofree char *folded_search = search != NULL ? g_utf8_casefold (search, -1) : NULL;

  return search == NULL || strstr (folded_title, folded_search) != NULL;
}

static void
list_one (Dpopctl *self, const CosmicId *id, const List *list, JsonArray *array)
{
  g_autoptr (DpopDecision) decision = NULL;
  g_autofree char *title = dpopctl_find_decision_name (self, id);
  g_autofree char *text = dpopctl_print_short (id);
  const char *outcome = NULL;
  JsonObject *object;

  if (!load (self, id, &decision, NULL) || !fits_search (title, list->search)
      || (list->phase != NULL && strcmp (list->phase, phase_words[decision->phase]) != 0))
    return;
  if (decision->outcome != NULL)
    outcome = dpopctl_show_outcome_word (decision->outcome->status);
  object = json_object_new ();
  dpopctl_print_id_to (object, "decision", id);
  json_object_set_string_member (object, "title", title);
  json_object_set_string_member (object, "phase", phase_words[decision->phase]);
  json_object_set_int_member (object, "cast", (gint64) decision->cast);
  json_object_set_int_member (object, "entitled", (gint64) decision->entitled);
  if (outcome != NULL)
    json_object_set_string_member (object, "outcome", outcome);
  else
    json_object_set_null_member (object, "outcome");
  json_object_set_boolean_member (object, "final", dpopctl_show_is_final (self, id));
  json_array_add_object_element (array, object);
  dpopctl_print (self, "%s  %-9s %s", text, dpop_words_phase (decision->phase), title);
}

static gboolean
list_all (Dpopctl *self, const List *list, GError **error)
{
  g_autoptr (GArray) decisions = NULL;
  JsonArray *array;
  gboolean known = list->phase == NULL;

  for (guint i = DPOP_DECISION_PROPOSED; !known && i <= DPOP_DECISION_STOPPED; i++)
    known = strcmp (list->phase, phase_words[i]) == 0;
  if (!known)
    return dpopctl_arguments_fail (error, _("--phase is proposed, open, closed or stopped."));
  if (!dpopctl_open_founded (self, error)
      || (decisions = dpopctl_find_decisions (self, error)) == NULL)
    return FALSE;
  array = json_array_new ();
  for (guint i = 0; i < decisions->len; i++)
    list_one (self, &g_array_index (decisions, CosmicId, i), list, array);
  if (json_array_get_length (array) == 0)
    dpopctl_print (self, _("No decisions."));
  dpopctl_print_array (self, "decisions", array);
  return TRUE;
}

static gboolean
run_list (Dpopctl *self, int argc, char **argv, GError **error)
{
  List list = { 0 };
  const GOptionEntry entries[] = {
    { "phase", 0, 0, DPOPCTL_TEXT, &list.phase, NULL, NULL },
    { "search", 0, 0, DPOPCTL_TEXT, &list.search, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) words = NULL;
  gboolean done = dpopctl_arguments (argc, argv, entries, 0, 0, &words, error)
                  && list_all (self, &list, error);

  g_free (list.phase);
  g_free (list.search);
  return done;
}

/* --- One decision. --- */

/* The wording of OPERATION; FALSE, with what to show instead in *TEXT. Both to free. */
static gboolean
read_wording (Dpopctl *self, const CosmicId *operation, char **title, char **text)
{
  gboolean erased = FALSE;
  g_autoptr (GVariant) personal = dpop_profile_personal (self->profile, operation,
                                                         DPOP_WORDING_TYPE, &erased);
  const char *raw_title, *raw_text;

  if (personal == NULL)
    {
      *title = g_strdup (erased ? _("(deleted)") : _("(not to be read here)"));
      *text = g_strdup ("");
      return FALSE;
    }
  g_variant_get (personal, "(&s&s)", &raw_title, &raw_text);
  *title = dpopctl_print_plain (raw_title);
  *text = dpopctl_print_plain (raw_text);
  return TRUE;
}

static JsonObject *
wording_json (const CosmicId *operation, const char *title, const char *text)
{
  JsonObject *object = json_object_new ();

  dpopctl_print_id_to (object, "id", operation);
  json_object_set_string_member (object, "title", title);
  json_object_set_string_member (object, "text", text);
  return object;
}

static void
show_texts (Dpopctl *self, const DpopDecision *decision)
{
  g_autoptr (GArray) texts = decision->opening != NULL ? g_array_ref (decision->opening->texts)
                                                       : dpop_decision_query_texts (decision);
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < texts->len; i++)
    {
      const CosmicId *id = &g_array_index (texts, CosmicId, i);
      g_autofree char *title = NULL;
      g_autofree char *text = NULL;

      read_wording (self, id, &title, &text);
      json_array_add_object_element (array, wording_json (id, title, text));
      dpopctl_print (self, "%s", title);
      if (*text != '\0')
        dpopctl_print (self, "  %s", text);
    }
  dpopctl_print_array (self, "texts", array);
}

static void
show_ballot (Dpopctl *self, const DpopDecision *decision)
{
  g_autoptr (GArray) options = decision->opening != NULL
                                   ? g_array_ref (decision->opening->options)
                                   : dpop_decision_query_options (decision);
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < options->len; i++)
    {
      const CosmicId *id = &g_array_index (options, CosmicId, i);
      g_autofree char *title = NULL;
      g_autofree char *text = NULL;

      read_wording (self, id, &title, &text);
      json_array_add_object_element (array, wording_json (id, title, text));
      dpopctl_print (self, "  %u  %s%s%s", i + 1, title, *text != '\0' ? ": " : "", text);
    }
  dpopctl_print_array (self, "options", array);
}

/* --- What was said about it. --- */

static gboolean
take_discussion (CosmicEntry *taken, gpointer data)
{
  g_autoptr (CosmicEntry) entry = taken;

  if (entry->operation->header.kind == DPOP_KIND_DISCUSS)
    g_array_append_val ((GArray *) data, entry->operation->header.stream);
  return TRUE;
}

static void
show_comment (Dpopctl *self, const DpopComment *comment, JsonArray *array)
{
  gboolean erased = FALSE;
  g_autoptr (GVariant) personal = dpop_profile_personal (self->profile, &comment->operation,
                                                         DPOP_WORDING_PLAIN_TYPE, &erased);
  g_autofree char *who = dpopctl_find_member_name (self, &comment->speaker);
  g_autofree char *id = dpopctl_print_short (&comment->operation);
  g_autofree char *text = NULL;
  JsonObject *object = json_object_new ();
  const char *raw;

  if (personal != NULL)
    {
      g_variant_get (personal, "(&s)", &raw);
      text = dpopctl_print_plain (raw);
    }
  dpopctl_print_id_to (object, "comment", &comment->operation);
  dpopctl_print_id_to (object, "member", &comment->speaker);
  dpopctl_print_id_to (object, "answers", comment->is_answer ? &comment->answers : &cosmic_id_zero);
  json_object_set_string_member (object, "name", who);
  json_object_set_boolean_member (object, "deleted", erased);
  if (text != NULL)
    json_object_set_string_member (object, "text", text);
  else
    json_object_set_null_member (object, "text");
  json_array_add_object_element (array, object);
  dpopctl_print (self, "  %s %s: %s", id, who,
                 text != NULL ? text
                 : erased     ? _("(deleted)")
                              : _("(not to be read here)"));
}

static gboolean
show_comments (Dpopctl *self, const CosmicId *id, GError **error)
{
  const CosmicEntries all = { .which = COSMIC_ENTRIES_ALL };
  CosmicLogStore store = cosmic_log_store (dpop_profile_log (self->profile));
  g_autoptr (GArray) streams = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  JsonArray *array;

  if (!store.table->each_entry (store.self, &all, take_discussion, streams, error))
    return FALSE;
  array = json_array_new ();
  for (guint i = 0; i < streams->len; i++)
    {
      const CosmicState *state
          = dpop_profile_state (self->profile, &g_array_index (streams, CosmicId, i), NULL);
      g_autoptr (GArray) comments = NULL;
      DpopDiscussion discussion;

      if (state == NULL || !dpop_discussion_query (state, &discussion)
          || !cosmic_id_same (&discussion.about, id))
        continue;
      comments = dpop_discussion_comments (state);
      if (json_array_get_length (array) == 0 && comments->len > 0)
        dpopctl_print (self, _("Comments:"));
      for (guint j = 0; j < comments->len; j++)
        show_comment (self, &g_array_index (comments, DpopComment, j), array);
    }
  dpopctl_print_array (self, "comments", array);
  return TRUE;
}

/* --- All of it. --- */

static const char *
vote_word (DpopVoteStanding standing)
{
  switch (standing)
    {
    case DPOP_VOTE_COUNTS:
      return "counts";
    case DPOP_VOTE_UNDECIDED:
      return "undecided";
    case DPOP_VOTE_NONE:
    default:
      return "none";
    }
}

static void
show_box (Dpopctl *self, const DpopDecision *decision)
{
  gint64 deadline = decision->opening != NULL ? decision->opening->deadline : 0;
  g_autofree char *when = dpopctl_print_time (deadline);

  dpopctl_print_number (self, "entitled", (gint64) decision->entitled);
  dpopctl_print_number (self, "cast", (gint64) decision->cast);
  dpopctl_print_time_to (self->result, "deadline", deadline);
  dpopctl_print_string (self, "my_vote", vote_word (decision->vote));
  if (decision->phase != DPOP_DECISION_OPEN)
    return;
  dpopctl_print (self, _("%lu of %lu have voted. It closes %s at the latest."),
                 (gulong) decision->cast, (gulong) decision->entitled, when);
  if (decision->vote == DPOP_VOTE_COUNTS)
    dpopctl_print (self, _("Your vote is in the box."));
  else if (decision->vote == DPOP_VOTE_UNDECIDED)
    dpopctl_print (self, _("Several votes of yours contradict each other: none counts. Vote once "
                           "more."));
}

static void
show_head (Dpopctl *self, const CosmicId *id, const DpopDecision *decision)
{
  g_autofree char *text = dpopctl_print_short (id);
  g_autofree char *who = dpopctl_find_member_name (self, &decision->proposed.speaker);
  g_autofree char *title = dpopctl_find_decision_name (self, id);

  dpopctl_print_id (self, "decision", id);
  dpopctl_print_string (self, "title", title);
  dpopctl_print_string (self, "phase", phase_words[decision->phase]);
  dpopctl_print_string (self, "ballot",
                        dpop_charter_word (DPOP_CHARTER_WORD_BALLOT, decision->proposed.ballot));
  dpopctl_print_id (self, "unit", &decision->proposed.scope);
  dpopctl_print_id (self, "proposed_by", &decision->proposed.speaker);
  dpopctl_print_id (self, "repeats",
                    decision->proposed.is_repeat ? &decision->proposed.repeats : &cosmic_id_zero);
  dpopctl_print (self, _("%s  %s; proposed by %s"), text, dpop_words_phase (decision->phase), who);
}

static gboolean
run_show (Dpopctl *self, int argc, char **argv, GError **error)
{
  g_auto (GStrv) words = NULL;
  g_autoptr (DpopDecision) decision = NULL;
  const char *place, *place_words;
  CosmicId id;

  if (!dpopctl_arguments (argc, argv, NULL, 1, 1, &words, error)
      || !dpopctl_open_founded (self, error) || !dpopctl_find_decision (self, words[0], &id, error)
      || !load (self, &id, &decision, error))
    return FALSE;
  show_head (self, &id, decision);
  show_texts (self, decision);
  show_ballot (self, decision);
  show_box (self, decision);
  place = dpopctl_show_vote_place (self, &id, &place_words);
  dpopctl_print_string (self, "vote_place", place);
  if (place != NULL)
    dpopctl_print (self, _("Your vote: %s."), place_words);
  dpopctl_show_outcome (self, &id, decision);
  return show_comments (self, &id, error);
}

const DpopctlVerb dpopctl_show_verbs[] = {
  { "decision list", "[--phase proposed|open|closed|stopped] [--search TEXT]",
    N_("all decisions"), run_list },
  { "decision show", "DECISION", N_("a decision: texts, options, votes, outcome, comments"),
    run_show },
  { NULL },
};
