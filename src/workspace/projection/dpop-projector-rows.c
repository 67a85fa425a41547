/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-projector-private.h"

#include "dpop-decision-query.h"
#include "dpop-member-details.h"
#include "dpop-member-query.h"
#include "dpop-unit.h"
#include "dpop-wording.h"

/* Rows, computed from states and personal parts alone. */

gboolean
dpop_projector_view (DpopProfile *profile, DpopProjectorView *view, GError **error)
{
  g_autoptr (GArray) open = NULL;

  view->profile = profile;
  view->authority = dpop_profile_state (profile, NULL, error);
  if (view->authority == NULL)
    return FALSE;
  view->certified = cosmic_log_certified (dpop_profile_log (profile), &cosmic_id_zero, error);
  if (!dpop_profile_own_member (profile, &view->own, NULL))
    view->own = cosmic_id_zero;
  open = cosmic_log_open_streams (dpop_profile_log (profile));
  view->is_settled = open->len == 0 || !cosmic_id_is_zero (&g_array_index (open, CosmicId, 0));
  return view->certified != NULL;
}

GVariant *
dpop_projector_personal (const DpopProjectorView *view, const CosmicId *operation,
                         const char *type, DpopProjectionText *readable)
{
  gboolean erased = FALSE;
  GVariant *personal;

  *readable = DPOP_PROJECTION_TEXT_NONE;
  if (cosmic_id_is_zero (operation))
    return NULL;
  personal = dpop_profile_personal (view->profile, operation, type, &erased);
  *readable = personal != NULL ? DPOP_PROJECTION_TEXT_READABLE
              : erased         ? DPOP_PROJECTION_TEXT_ERASED
                               : DPOP_PROJECTION_TEXT_SEALED;
  return personal;
}

/* --- Members. --------------------------------------------------------------------------------- */

static char *
text_or_null (const char *text)
{
  return text[0] != '\0' ? g_strdup (text) : NULL;
}

/* Lists go by the family name, where it is known apart. */
static char *
sort_of (const DpopMemberDetails *details)
{
  const char *family = dpop_member_details_get (details, DPOP_MEMBER_DETAILS_FAMILY_NAME);
  const char *given = dpop_member_details_get (details, DPOP_MEMBER_DETAILS_GIVEN_NAME);
  const char *whole = dpop_member_details_get (details, DPOP_MEMBER_DETAILS_NAME);
  g_autofree char *name
      = family[0] != '\0' ? g_strconcat (family, " ", given[0] != '\0' ? given : whole, NULL)
                          : g_strdup (whole);

  return dpop_projection_fold (name);
}

static void
fill_details (const DpopProjectorView *view, const DpopMember *member, DpopMemberRow *row)
{
  g_autoptr (GVariant) personal = dpop_projector_personal (
      view, &member->details, DPOP_MEMBER_DETAILS_PERSONAL_TYPE, &row->details);
  g_autoptr (DpopMemberDetails) details
      = personal != NULL ? dpop_member_details_decode (personal) : NULL;
  g_autofree char *found_by = NULL;

  if (details == NULL)
    {
      /* What does not fit is as good as not there. */
      if (row->details == DPOP_PROJECTION_TEXT_READABLE)
        row->details = DPOP_PROJECTION_TEXT_NONE;
      row->sort = g_strdup ("");
      row->search = g_strdup ("");
      return;
    }
  row->name = text_or_null (dpop_member_details_get (details, DPOP_MEMBER_DETAILS_NAME));
  row->number = text_or_null (dpop_member_details_get (details, DPOP_MEMBER_DETAILS_NUMBER));
  row->email = text_or_null (dpop_member_details_get (details, DPOP_MEMBER_DETAILS_EMAIL));
  row->sort = sort_of (details);
  found_by = g_strjoin (" ", dpop_member_details_get (details, DPOP_MEMBER_DETAILS_NAME),
                        dpop_member_details_get (details, DPOP_MEMBER_DETAILS_NUMBER),
                        dpop_member_details_get (details, DPOP_MEMBER_DETAILS_EMAIL), NULL);
  row->search = dpop_projection_fold (found_by);
}

static gboolean
is_confirmed (const DpopProjectorView *view, const DpopMember *member)
{
  DpopMember before;

  if (view->is_settled)
    return TRUE;
  return dpop_member_query_load (view->certified, &member->id, &before)
         && dpop_standing_equal (&before.standing, &member->standing)
         && before.since == member->since && before.has_device == member->has_device
         && cosmic_id_same (&before.details, &member->details);
}

DpopMemberRow *
dpop_projector_member (const DpopProjectorView *view, const CosmicId *id)
{
  DpopMember member;
  DpopMemberRow *row;

  /* Whom an undone import brought was never there, for whoever looks. */
  if (!dpop_member_query_load (view->authority, id, &member) || member.withdrawn)
    return NULL;
  row = dpop_member_row_new ();
  row->id = *id;
  row->state = (guint8) member.standing.state;
  row->has_device = member.has_device;
  row->by_other = member.on_behalf;
  row->confirmed = is_confirmed (view, &member);
  g_array_append_vals (row->units, member.standing.units, member.standing.n_units);
  for (guint i = 0; i < member.standing.n_roles; i++)
    {
      const DpopMemberRole *held = &member.standing.roles[i];
      const DpopMemberRowRole role = { held->role, held->unit, held->since };

      g_array_append_val (row->roles, role);
    }
  fill_details (view, &member, row);
  return row;
}

/* --- Units. ----------------------------------------------------------------------------------- */

DpopUnitRow *
dpop_projector_unit (const DpopProjectorView *view, const CosmicId *id)
{
  g_autoptr (GVariant) personal = NULL;
  DpopUnitRow *row;
  DpopUnit unit, before;

  if (!dpop_unit_load (view->authority, id, &unit))
    return NULL;
  row = dpop_unit_row_new ();
  row->id = *id;
  row->kind = unit.kind;
  row->confirmed = dpop_unit_load (view->certified, id, &before)
                   && cosmic_id_same (&before.name, &unit.name);
  personal = dpop_projector_personal (view, &unit.name, DPOP_UNIT_NAME_PERSONAL_TYPE,
                                      &row->readable);
  row->name = personal != NULL ? dpop_unit_name_decode (personal) : NULL;
  return row;
}

/* --- Decisions. ------------------------------------------------------------------------------- */

static void
fill_wording (const DpopProjectorView *view, const DpopDecision *decision, DpopDecisionRow *row)
{
  g_autoptr (GArray) stand
      = decision->opening == NULL ? dpop_decision_query_texts (decision) : NULL;
  const GArray *texts = stand != NULL ? stand : decision->opening->texts;
  const CosmicId *first = texts->len > 0 ? &g_array_index (texts, CosmicId, 0)
                                         : &decision->proposed.operation;
  g_autoptr (GVariant) personal
      = dpop_projector_personal (view, first, DPOP_WORDING_TYPE, &row->readable);
  g_autofree char *found_by = NULL;
  const char *title, *text;

  row->search = NULL;
  if (personal == NULL)
    return;
  g_variant_get (personal, "(&s&s)", &title, &text);
  if (dpop_wording_check (title, text) != DPOP_WORDING_FINE)
    return;
  row->title = g_strdup (title);
  found_by = g_strjoin (" ", title, text, NULL);
  row->search = dpop_projection_fold (found_by);
}

static gboolean
is_phase_confirmed (const DpopProjectorView *view, const CosmicId *stream,
                    const DpopDecision *decision, gboolean *confirmed, GError **error)
{
  const CosmicState *certified
      = cosmic_log_certified (dpop_profile_log (view->profile), stream, error);
  DpopDecisionPhase phase;
  guint64 height;
  gint64 since;

  if (certified == NULL)
    return FALSE;
  *confirmed = dpop_decision_state_phase (certified, &phase, &since, &height)
               && phase == decision->phase && height == decision->since_height;
  return TRUE;
}

DpopDecisionRow *
dpop_projector_decision (const DpopProjectorView *view, const CosmicId *stream,
                         const CosmicState *state, GError **error)
{
  g_autoptr (DpopDecision) decision = dpop_decision_query (state, NULL);
  g_autoptr (DpopDecisionRow) row = NULL;
  const DpopDecisionOpening *opening;

  if (decision == NULL)
    return NULL;
  opening = decision->opening;
  row = dpop_decision_row_new ();
  row->id = *stream;
  row->scope = decision->proposed.scope;
  row->speaker = decision->proposed.speaker;
  row->phase = (guint8) decision->phase;
  row->rule = decision->proposed.rule_number;
  row->ballot = (guint8) decision->proposed.ballot;
  row->proposed = decision->proposed.time;
  row->opened = opening != NULL ? opening->time : 0;
  row->closes = opening != NULL ? opening->deadline : 0;
  if (decision->phase == DPOP_DECISION_CLOSED || decision->phase == DPOP_DECISION_STOPPED)
    row->closed = decision->since;
  row->entitled = decision->entitled;
  row->votes = decision->cast;
  row->outcome = decision->outcome != NULL ? (guint8) decision->outcome->status : 0;
  if (!is_phase_confirmed (view, stream, decision, &row->confirmed, error))
    return NULL;
  fill_wording (view, decision, row);
  if (row->search == NULL)
    row->search = g_strdup ("");
  return g_steal_pointer (&row);
}

/* --- Comments. -------------------------------------------------------------------------------- */

DpopCommentRow *
dpop_projector_comment (const DpopProjectorView *view, const CosmicId *stream,
                        const CosmicState *state, const CosmicId *operation)
{
  CosmicLogStore store = cosmic_log_store (dpop_profile_log (view->profile));
  g_autoptr (CosmicEntry) entry = NULL;
  g_autoptr (GVariant) personal = NULL;
  DpopCommentRow *row;
  DpopDiscussion discussion;
  DpopComment comment;
  const char *text;

  if (!dpop_discussion_query (state, &discussion)
      || !dpop_discussion_comment (state, operation, &comment)
      || !store.table->find_entry (store.self, operation, &entry, NULL) || entry == NULL)
    return NULL;
  row = dpop_comment_row_new ();
  row->id = *operation;
  row->decision = discussion.about;
  row->stream = *stream;
  row->member = comment.speaker;
  row->answers = comment.is_answer ? comment.answers : cosmic_id_zero;
  row->place = comment.number;
  row->height = entry->height;
  row->time = entry->height > 0 ? comment.time : entry->arrived;
  personal = dpop_projector_personal (view, operation, DPOP_WORDING_PLAIN_TYPE, &row->readable);
  if (personal == NULL)
    return row;
  g_variant_get (personal, "(&s)", &text);
  if (dpop_wording_check_plain (text) == DPOP_WORDING_FINE)
    row->text = g_strdup (text);
  return row;
}
