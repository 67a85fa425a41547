/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-home-view-private.h"

#include "cosmic-codec.h"
#include "dpop-command-confirm.h"
#include "dpop-command-rotate.h"
#include "dpop-decision-query.h"
#include "dpop-decision-row.h"
#include "dpop-founding-steps.h"
#include "dpop-history-row.h"
#include "dpop-may-decision.h"
#include "dpop-membership.h"
#include "dpop-whereabouts.h"

/* Rows tell what may be of concern; the state is asked only of those. */

static void
item_free (gpointer data)
{
  DpopHomeItem *item = data;

  g_free (item->title);
  g_free (item);
}

static void
news_free (gpointer news)
{
  dpop_home_news_free (news);
}

void
dpop_home_view_free (DpopHomeView *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->items);
  g_ptr_array_unref (self->news);
  g_free (self);
}

const char *
dpop_home_kind_name (DpopHomeKind kind)
{
  static const char *const names[] = {
    [DPOP_HOME_VOTE] = "vote",         [DPOP_HOME_DELIVER] = "deliver",
    [DPOP_HOME_COUNT] = "count",       [DPOP_HOME_CLOSE] = "close",
    [DPOP_HOME_ENACT] = "enact",       [DPOP_HOME_OPEN] = "open",
    [DPOP_HOME_LOCK_OUT] = "lock-out", [DPOP_HOME_CONFIRM] = "confirm",
    [DPOP_HOME_FOUNDING] = "founding",
  };

  return kind < G_N_ELEMENTS (names) ? names[kind] : "unknown";
}

/* --- Decisions. ------------------------------------------------------------------------------- */

typedef struct
{
  DpopHomeView *view;
  DpopProfile *profile;
  DpopNames *names;
  CosmicId own;
  gint64 now;
  gboolean confirms;
} Home;

static DpopHomeItem *
add_item (Home *home, DpopHomeKind kind)
{
  DpopHomeItem *item = g_new0 (DpopHomeItem, 1);

  item->kind = kind;
  g_ptr_array_add (home->view->items, item);
  return item;
}

static void
add_decision (Home *home, DpopHomeKind kind, const DpopDecisionRow *row, gint64 time)
{
  DpopHomeItem *item = add_item (home, kind);

  item->decision = row->id;
  item->title = row->title != NULL ? g_strdup (row->title)
                                   : dpop_names_fallback (&row->id, row->readable);
  item->scope = row->scope;
  item->entitled = row->entitled;
  item->votes = row->votes;
  item->time = time;
}

static gboolean
is_over (const Home *home, const DpopDecisionRow *row)
{
  return row->closes > 0 && row->closes <= home->now;
}

static gboolean
look_whether_to_vote (Home *home, const DpopDecisionRow *row, GError **error)
{
  const CosmicState *state = dpop_profile_state (home->profile, &row->id, error);
  g_autoptr (DpopDecisionEntry) entry = NULL;
  DpopMay may;

  if (state == NULL)
    return FALSE;
  entry = dpop_decision_entry_read (state, &home->own);
  if (is_over (home, row) || entry == NULL || entry->heads->len > 0)
    return TRUE;
  if (!dpop_may_vote (home->profile, &row->id, NULL, &may, error))
    return FALSE;
  if (may.yes)
    add_decision (home, DPOP_HOME_VOTE, row, row->closes);
  return TRUE;
}

static gboolean
look_whether_to_count (Home *home, const DpopDecisionRow *row, GError **error)
{
  if (home->confirms && is_over (home, row))
    add_decision (home, DPOP_HOME_COUNT, row, row->closes);
  return TRUE;
}

static gboolean
look_whether_to_close (Home *home, const DpopDecisionRow *row, GError **error)
{
  const CosmicState *state = dpop_profile_state (home->profile, &row->id, error);
  DpopDecisionProposed proposed;
  DpopMay may;

  if (state == NULL)
    return FALSE;
  if (is_over (home, row))
    return TRUE;
  if (!dpop_may_close (home->profile, &row->id, &may, error))
    return FALSE;
  if (may.yes && dpop_decision_state_proposed (state, &proposed))
    add_decision (home, DPOP_HOME_CLOSE, row, row->opened + proposed.rule.min_open_ms);
  return TRUE;
}

static gboolean
look_whether_to_enact (Home *home, const DpopDecisionRow *row, GError **error)
{
  DpopMay may;

  if (!dpop_may_enact (home->profile, &row->id, &may, error))
    return FALSE;
  if (may.yes)
    add_decision (home, DPOP_HOME_ENACT, row, row->closed);
  return TRUE;
}

static gboolean
look_whether_to_open (Home *home, const DpopDecisionRow *row, GError **error)
{
  DpopMay may;

  if (!dpop_may_open (home->profile, &row->id, &may, error))
    return FALSE;
  if (may.yes)
    add_decision (home, DPOP_HOME_OPEN, row, row->proposed);
  return TRUE;
}

typedef gboolean (*Look) (Home *home, const DpopDecisionRow *row, GError **error);

static gboolean
look_at_each (Home *home, const GPtrArray *rows, Look look, GError **error)
{
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    if (!look (home, rows->pdata[i], error))
      return FALSE;
  return rows != NULL;
}

static GPtrArray *
read_rows (const Home *home, const DpopDecisionRowQuery *query, GError **error)
{
  return dpop_decision_row_window (dpop_profile_database (home->profile), query, 0,
                                   DPOP_HOME_DECISIONS_MAX, error);
}

/* By rules which let a decision bring something about: all others have nothing to carry out. */
static guint64
enacting_rules (const DpopCharter *charter)
{
  guint64 rules = 0;

  for (guint i = 0; charter != NULL && i < charter->n_rules; i++)
    if (dpop_charter_rule_enacts (charter, i, DPOP_EFFECT_REVOKE_OFFICE)
        || dpop_charter_rule_enacts (charter, i, DPOP_EFFECT_DISMISS_WITNESS))
      rules |= DPOP_CHARTER_BIT (i);
  return rules;
}

static gboolean
look_at_accepted (Home *home, GError **error)
{
  const DpopDecisionRowQuery query = { .phases = 1u << DPOP_DECISION_CLOSED,
                                       .outcomes = 1u << DPOP_OUTCOME_ACCEPTED,
                                       .rules = enacting_rules (home->names->charter) };
  g_autoptr (GPtrArray) rows = query.rules != 0 ? read_rows (home, &query, error) : NULL;

  return query.rules == 0 || look_at_each (home, rows, look_whether_to_enact, error);
}

static gboolean
look_at_proposed (Home *home, GError **error)
{
  const DpopDecisionRowQuery query = { .phases = 1u << DPOP_DECISION_PROPOSED };
  g_autoptr (GPtrArray) rows = read_rows (home, &query, error);

  return look_at_each (home, rows, look_whether_to_open, error);
}

/* --- This computer. --------------------------------------------------------------------------- */

static gboolean
look_at_own (Home *home, GError **error)
{
  DpopHomeItem *item;
  CosmicId device;
  guint here, unexported;

  if (dpop_profile_is_witness (home->profile))
    return TRUE;
  dpop_profile_device_id (home->profile, &device);
  if (!dpop_whereabouts_count_here (dpop_profile_database (home->profile), &device, &here,
                                    &unexported, error))
    return FALSE;
  if (here == 0)
    return TRUE;
  item = add_item (home, DPOP_HOME_DELIVER);
  item->n = here;
  item->more = unexported;
  return TRUE;
}

static gboolean
look_at_locks (Home *home, GError **error)
{
  guint people;

  if (!dpop_command_rotate_look (home->profile, &people, error))
    return FALSE;
  if (people > 0)
    add_item (home, DPOP_HOME_LOCK_OUT)->n = people;
  return TRUE;
}

static void
look_at_open (Home *home)
{
  guint open = cosmic_log_n_open (dpop_profile_log (home->profile));

  if (home->confirms && open > 0)
    add_item (home, DPOP_HOME_CONFIRM)->n = open;
}

static gboolean
look_at_founding (Home *home, GError **error)
{
  guint waiting, n = 0;

  if (!dpop_founding_steps_read (home->profile, &waiting, error))
    return FALSE;
  for (; waiting != 0; waiting &= waiting - 1)
    n++;
  if (n > 0)
    add_item (home, DPOP_HOME_FOUNDING)->n = n;
  return TRUE;
}

static gboolean
look_at_all (Home *home, GError **error)
{
  const DpopDecisionRowQuery query = { .phases = 1u << DPOP_DECISION_OPEN,
                                       .sort = DPOP_DECISION_ROW_CLOSING };
  g_autoptr (GPtrArray) open = read_rows (home, &query, error);

  if (!look_at_each (home, open, look_whether_to_vote, error) || !look_at_own (home, error)
      || !look_at_each (home, open, look_whether_to_count, error)
      || !look_at_each (home, open, look_whether_to_close, error)
      || !look_at_accepted (home, error) || !look_at_proposed (home, error)
      || !look_at_locks (home, error))
    return FALSE;
  look_at_open (home);
  return look_at_founding (home, error);
}

/* --- What was seen. --------------------------------------------------------------------------- */

/* The number of a row of the history: GVariant `x`. */
#define SEEN_SETTING "home-seen"
#define SEEN_TYPE    "x"

static gboolean
read_seen (DpopHomeView *self, DpopProfile *profile, GError **error)
{
  const DpopHistoryRowQuery all = { 0 };
  g_autoptr (GBytes) bytes = dpop_profile_get_setting (profile, SEEN_SETTING, NULL);
  g_autoptr (GVariant) seen = bytes != NULL ? cosmic_codec_decode (SEEN_TYPE, bytes) : NULL;
  guint count;

  /* The history has no gaps: its newest entry's number is how many there are. */
  if (!dpop_history_row_count (dpop_profile_database (profile), &all, &count, error))
    return FALSE;
  self->newest = count;
  self->seen = seen != NULL ? CLAMP (g_variant_get_int64 (seen), 0, self->newest) : 0;
  return TRUE;
}

gboolean
dpop_home_view_note_seen (DpopProfile *profile, gint64 newest, GError **error)
{
  g_autoptr (GBytes) seen = cosmic_codec_encode (g_variant_new_int64 (newest));

  if (!dpop_profile_begin (profile, error))
    return FALSE;
  if (dpop_profile_put_setting (profile, SEEN_SETTING, seen, error))
    return dpop_profile_commit (profile, error);
  dpop_profile_rollback (profile);
  return FALSE;
}

DpopHomeView *
dpop_home_view_new (DpopProfile *profile, guint most, GError **error)
{
  g_autoptr (DpopHomeView) self = g_new0 (DpopHomeView, 1);
  g_autoptr (DpopNames) names = NULL;
  Home home = { .view = self, .profile = profile };

  self->items = g_ptr_array_new_with_free_func (item_free);
  self->news = g_ptr_array_new_with_free_func (news_free);
  if (!dpop_profile_own_member (profile, &home.own, error)
      || (names = dpop_names_new (profile, error)) == NULL)
    return NULL;
  home.names = names;
  home.now = dpop_clock_now (dpop_profile_clock (profile));
  home.confirms = dpop_command_confirm_can (profile);
  return look_at_all (&home, error) && read_seen (self, profile, error)
                 && dpop_home_news_fill (self, profile, names, most, error)
             ? g_steal_pointer (&self)
             : NULL;
}
