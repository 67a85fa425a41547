/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-statute.h"

#include "dpop-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  const DpopCharter *charter;
  const DpopCharterNames *names;
  GPtrArray *lines;
} Statute;

static void
line_free (gpointer data)
{
  DpopStatuteLine *line = data;

  g_free (line->text);
  g_free (line);
}

/* Takes TEXT. */
static void
add (Statute *self, gboolean is_heading, char *text)
{
  DpopStatuteLine *line = g_new0 (DpopStatuteLine, 1);

  line->is_heading = is_heading;
  line->text = text;
  g_ptr_array_add (self->lines, line);
}

/* SENTENCE is one of ours, with one %s for WORD. */
static void
add_sentence (Statute *self, const char *sentence, const char *word)
{
  const char *place = strstr (sentence, "%s");
  const int before = place != NULL ? (int) (place - sentence) : (int) strlen (sentence);

  add (self, FALSE,
       g_strdup_printf ("%.*s%s%s", before, sentence, place != NULL ? word : "",
                        place != NULL ? place + 2 : ""));
}

static void
add_heading (Statute *self, const char *text)
{
  add (self, TRUE, g_strdup (text));
}

static void
add_description (Statute *self, const DpopCharterName *name)
{
  if (name->description != NULL && name->description[0] != '\0')
    add (self, FALSE, g_strdup (name->description));
}

static const char *
label (const GArray *list, guint index)
{
  return index < list->len ? dpop_charter_names_get (list, index)->label : _("a role");
}

/* Who has one of ROLES: "Chair or Secretary". Where every member is among them, EVERYBODY is said
 * and nobody else need be named; NULL: they are named all the same. */
static char *
holders (const Statute *self, guint64 roles, const char *everybody)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();

  if (everybody != NULL && (roles & DPOP_CHARTER_BIT (DPOP_CHARTER_PLAIN)) != 0)
    return g_strdup (everybody);
  for (guint role = 0; role < DPOP_CHARTER_PLAIN; role++)
    if ((roles & DPOP_CHARTER_BIT (role)) != 0)
      g_ptr_array_add (words, (gpointer) label (self->names->roles, role));
  if ((roles & DPOP_CHARTER_BIT (DPOP_CHARTER_PLAIN)) != 0)
    g_ptr_array_add (words, (gpointer) _("every member"));
  return dpop_words_or (words);
}

/* What may be done, by where; %s is a list of verbs. */
static const char *const member_may[] = {
  [DPOP_REACH_EVERYWHERE] = N_("Every member may %s."),
  [DPOP_REACH_PARTY] = N_("For the organisation as a whole, every member may %s."),
  [DPOP_REACH_OWN_UNIT] = N_("In their own group, every member may %s."),
  [DPOP_REACH_SELF] = N_("For themselves, every member may %s."),
};

static const char *const holder_may[] = {
  [DPOP_REACH_EVERYWHERE] = N_("Who holds it may %s."),
  [DPOP_REACH_PARTY] = N_("For the organisation as a whole, who holds it may %s."),
  [DPOP_REACH_OWN_UNIT] = N_("In their own group, who holds it may %s."),
  [DPOP_REACH_SELF] = N_("For themselves, who holds it may %s."),
};

static void
add_permissions (Statute *self, const DpopCharterPermissions *permissions,
                 const char *const *sentences)
{
  for (guint reach = DPOP_REACH_EVERYWHERE; reach <= DPOP_REACH_LAST; reach++)
    {
      g_autoptr (GPtrArray) words = g_ptr_array_new ();
      g_autofree char *actions = NULL;

      for (guint action = DPOP_ACTION_FIRST; action <= DPOP_ACTION_LAST; action++)
        if ((permissions->actions[reach] & DPOP_CHARTER_BIT (action)) != 0)
          g_ptr_array_add (words, (gpointer) dpop_words_action ((DpopAction) action));
      if (words->len == 0)
        continue;
      actions = dpop_words_and (words);
      add_sentence (self, _(sentences[reach]), actions);
    }
}

/* --- Members and roles. ---------------------------------------------------------------------- */

/* What each state lets one do, for every set of vote, propose and comment, in this order. */
static void
add_states (Statute *self)
{
  /* Translators: %s are people of one kind: "Applicants". */
  static const char *const sentences[] = {
    N_("%s neither vote, propose nor comment."), N_("%s may vote."),
    N_("%s may propose."),                       N_("%s may vote and propose."),
    N_("%s may comment."),                       N_("%s may vote and comment."),
    N_("%s may propose and comment."),           N_("%s may vote, propose and comment."),
  };
  static const char *const people[] = {
    [DPOP_MEMBER_APPLICANT] = N_("Applicants"),
    [DPOP_MEMBER_MEMBER] = N_("Members"),
    [DPOP_MEMBER_SUSPENDED] = N_("Suspended members"),
    [DPOP_MEMBER_FORMER] = N_("Former members"),
  };

  for (guint state = DPOP_MEMBER_APPLICANT; state <= DPOP_MEMBER_STATE_LAST; state++)
    {
      guint flags = 0;

      for (guint flag = DPOP_STATE_VOTES; flag <= DPOP_STATE_COMMENTS; flag <<= 1)
        if (dpop_charter_state_has (self->charter, (DpopMemberState) state,
                                    (DpopStateFlags) flag))
          flags |= flag;
      add_sentence (self, _(sentences[flags]), _(people[state]));
    }
}

/* Translators: %s is who: "Chair or Secretary", "Every member". */
static const char *const moved[DPOP_MEMBER_STATE_LAST + 1][DPOP_MEMBER_STATE_LAST + 1] = {
  [DPOP_MEMBER_APPLICANT] = { [DPOP_MEMBER_MEMBER] = N_("%s may admit applicants as members."),
                              [DPOP_MEMBER_SUSPENDED] = N_("%s may put applications off."),
                              [DPOP_MEMBER_FORMER] = N_("%s may turn applicants down.") },
  [DPOP_MEMBER_MEMBER] = { [DPOP_MEMBER_APPLICANT] = N_("%s may make members applicants again."),
                           [DPOP_MEMBER_SUSPENDED] = N_("%s may suspend members."),
                           [DPOP_MEMBER_FORMER] = N_("%s may end a membership.") },
  [DPOP_MEMBER_SUSPENDED]
  = { [DPOP_MEMBER_APPLICANT] = N_("%s may make suspended members applicants again."),
      [DPOP_MEMBER_MEMBER] = N_("%s may lift suspensions."),
      [DPOP_MEMBER_FORMER] = N_("%s may end the membership of who is suspended.") },
  [DPOP_MEMBER_FORMER]
  = { [DPOP_MEMBER_APPLICANT] = N_("%s may take who has left back as an applicant."),
      [DPOP_MEMBER_MEMBER] = N_("%s may take who has left back as a member."),
      [DPOP_MEMBER_SUSPENDED] = N_("%s may take who has left back as a suspended member.") },
};

/* The same by one's own word. */
static const char *const moves[DPOP_MEMBER_STATE_LAST + 1][DPOP_MEMBER_STATE_LAST + 1] = {
  [DPOP_MEMBER_APPLICANT]
  = { [DPOP_MEMBER_MEMBER] = N_("Applicants become members when they say so."),
      [DPOP_MEMBER_SUSPENDED] = N_("Applicants may put their application off."),
      [DPOP_MEMBER_FORMER] = N_("Applicants may withdraw.") },
  [DPOP_MEMBER_MEMBER]
  = { [DPOP_MEMBER_APPLICANT] = N_("Members may become applicants again when they say so."),
      [DPOP_MEMBER_SUSPENDED] = N_("Members may have their membership rest."),
      [DPOP_MEMBER_FORMER] = N_("Members may leave.") },
  [DPOP_MEMBER_SUSPENDED]
  = { [DPOP_MEMBER_APPLICANT] = N_("Suspended members may apply again."),
      [DPOP_MEMBER_MEMBER] = N_("Suspended members may lift their own suspension."),
      [DPOP_MEMBER_FORMER] = N_("Suspended members may leave.") },
  [DPOP_MEMBER_FORMER] = { [DPOP_MEMBER_APPLICANT] = N_("Who has left may apply again."),
                           [DPOP_MEMBER_MEMBER] = N_("Who has left may come back."),
                           [DPOP_MEMBER_SUSPENDED]
                           = N_("Who has left may come back, suspended at first.") },
};

static void
add_move (Statute *self, guint from, guint to)
{
  for (guint reach = DPOP_REACH_EVERYWHERE; reach <= DPOP_REACH_LAST; reach++)
    {
      const guint64 roles = self->charter->moves[from][to][reach];
      g_autofree char *who = NULL;

      if (roles == 0 || moved[from][to] == NULL)
        continue;
      if (reach == DPOP_REACH_SELF)
        {
          add (self, FALSE, g_strdup (_(moves[from][to])));
          continue;
        }
      who = holders (self, roles, _("Every member"));
      if (reach == DPOP_REACH_OWN_UNIT)
        {
          g_autofree char *there
              /* Translators: who holds a role, for their own group. */
              = g_strdup_printf (_("In their own group, %s"), who);

          add_sentence (self, _(moved[from][to]), there);
        }
      else
        add_sentence (self, _(moved[from][to]), who);
    }
}

static void
add_members (Statute *self)
{
  add_heading (self, _("Members"));
  add_states (self);
  for (guint from = DPOP_MEMBER_APPLICANT; from <= DPOP_MEMBER_STATE_LAST; from++)
    for (guint to = DPOP_MEMBER_APPLICANT; to <= DPOP_MEMBER_STATE_LAST; to++)
      add_move (self, from, to);
  add_heading (self, _("What every member may do"));
  add_permissions (self, &self->charter->plain, member_may);
  add (self, FALSE,
       g_strdup (self->charter->newcomers_read
                     ? _("Who joins may read what was written before.")
                     : _("Who joins may not read what was written before.")));
}

static void
add_role (Statute *self, guint index)
{
  const DpopCharterRole *role = &self->charter->roles[index];
  g_autofree char *givers = holders (self, role->given_by, _("every member"));

  add_heading (self, label (self->names->roles, index));
  if (index < self->names->roles->len)
    add_description (self, dpop_charter_names_get (self->names->roles, index));
  add (self, FALSE,
       g_strdup (role->scope == DPOP_SCOPE_UNIT ? _("Held for one group each time.")
                                                : _("Held for the organisation as a whole.")));
  if (role->office)
    add (self, FALSE, g_strdup (_("It is an office: it is taken away by a decision alone.")));
  if (role->given_by != 0)
    add_sentence (self, _("It is given by %s."), givers);
  if ((self->charter->founder & DPOP_CHARTER_BIT (index)) != 0)
    add (self, FALSE, g_strdup (_("The founder holds it from the founding on.")));
  add_permissions (self, &role->permissions, holder_may);
}

static void
add_units (Statute *self)
{
  for (guint i = 0; i < self->charter->n_unit_kinds && i < self->names->unit_kinds->len; i++)
    {
      const DpopCharterName *name = dpop_charter_names_get (self->names->unit_kinds, i);

      add_heading (self, name->label);
      add_description (self, name);
      add (self, FALSE,
           g_strdup (self->charter->unit_kinds[i].newcomers_read
                         ? _("Who joins may read what was written before.")
                         : _("Who joins may not read what was written before.")));
    }
}

/* --- Deciding. ------------------------------------------------------------------------------- */

static const char *
base_words (DpopCharterBase base)
{
  switch (base)
    {
    case DPOP_BASE_CAST:
      return dpop_words_base (DPOP_COUNT_BASE_CAST);
    case DPOP_BASE_PRESENT:
      return dpop_words_base (DPOP_COUNT_BASE_PRESENT);
    case DPOP_BASE_ENTITLED:
      return dpop_words_base (DPOP_COUNT_BASE_ENTITLED);
    case DPOP_BASE_YES_NO:
    default:
      return dpop_words_base (DPOP_COUNT_BASE_YES_NO);
    }
}

/* "half", "two thirds"; the caller frees. */
static char *
share_words (guint32 num, guint32 den)
{
  static const struct
  {
    guint32 num, den;
    const char *words;
  } shares[] = { { 1, 2, N_("half") },          { 1, 3, N_("a third") },
                 { 2, 3, N_("two thirds") },    { 1, 4, N_("a quarter") },
                 { 3, 4, N_("three quarters") } };

  for (gsize i = 0; i < G_N_ELEMENTS (shares); i++)
    if (num == shares[i].num && den == shares[i].den)
      return g_strdup (_(shares[i].words));
  return g_strdup_printf ("%u/%u", num, den);
}

static void
add_seats (Statute *self, const DpopCharterRule *rule)
{
  if (rule->seats > 1)
    add (self, FALSE, g_strdup_printf (_("It fills %u seats."), rule->seats));
}

static void
add_ballots (Statute *self, const DpopCharterRule *rule)
{
  g_autoptr (GString) kinds = g_string_new (NULL);

  for (guint kind = DPOP_BALLOT_YES_NO_ABSTAIN; kind <= DPOP_BALLOT_LAST; kind++)
    if ((rule->ballots & DPOP_CHARTER_BIT (kind)) != 0)
      g_string_append_printf (kinds, "%s%s", kinds->len > 0 ? "; " : "",
                              dpop_words_ballot ((DpopBallotKind) kind));
  add (self, FALSE, g_strdup_printf (_("Ballots: %s."), kinds->str));
  add_seats (self, rule);
}

static void
add_majority (Statute *self, const DpopCharterRule *rule)
{
  g_autofree char *share = share_words (rule->majority.num, rule->majority.den);

  if (rule->majority.num == 0)
    return;
  /* Translators: a share ("two thirds"), and of what ("votes for and against"). */
  add (self, FALSE,
       g_strdup_printf (rule->majority.strict ? _("It is accepted by more than %s of %s.")
                                              : _("It is accepted by at least %s of %s."),
                        share, base_words (rule->majority.base)));
}

static void
add_quorum (Statute *self, const DpopCharterRule *rule)
{
  g_autofree char *share = share_words (rule->quorum.num, rule->quorum.den);

  if (rule->quorum.num > 0)
    add (self, FALSE,
         g_strdup_printf (rule->quorum.strict
                              ? _("More than %s of those entitled must take part.")
                              : _("At least %s of those entitled must take part."),
                          share));
  if (rule->quorum.minimum > 0)
    add (self, FALSE,
         g_strdup_printf (ngettext ("At least %u member must take part.",
                                    "At least %u members must take part.", rule->quorum.minimum),
                          rule->quorum.minimum));
  if (rule->quorum.num == 0 && rule->quorum.minimum == 0)
    add (self, FALSE, g_strdup (_("It is valid however many take part.")));
}

static void
add_ranking (Statute *self, const DpopCharterRule *rule)
{
  add (self, FALSE,
       g_strdup (rule->ranking == DPOP_RANKING_SCHULZE_MARGINS
                     ? _("Rankings are counted by the Schulze method, by margins.")
                     : _("Rankings are counted by the Schulze method, by winning votes.")));
  if (rule->default_option == DPOP_DEFAULT_BEATEN)
    add (self, FALSE, g_strdup (_("An option that does not win against “none of these” drops.")));
  if (rule->default_quorum > 0)
    add (self, FALSE,
         g_strdup_printf (_("At least %u must prefer an option to “none of these”."),
                          rule->default_quorum));
}

static void
add_times (Statute *self, const DpopCharterRule *rule)
{
  g_autofree char *discussion = dpop_words_duration (rule->min_discussion_ms);
  g_autofree char *least = dpop_words_duration (rule->min_open_ms);
  g_autofree char *most = dpop_words_duration (rule->max_open_ms);

  if (rule->min_discussion_ms > 0)
    add (self, FALSE,
         g_strdup_printf (_("From the proposal to the vote: at least %s."), discussion));
  if (rule->min_open_ms > 0 && rule->max_open_ms > 0)
    add (self, FALSE,
         g_strdup_printf (_("The vote is open for at least %s and at most %s."), least, most));
  else if (rule->min_open_ms > 0)
    add (self, FALSE, g_strdup_printf (_("The vote is open for at least %s."), least));
  else if (rule->max_open_ms > 0)
    add (self, FALSE, g_strdup_printf (_("The vote is open for at most %s."), most));
}

GPtrArray *
dpop_statute_deciding (const DpopCharterRule *rule, DpopBallotKind ballot)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (line_free);
  Statute self = { NULL, NULL, lines };
  GPtrArray *sentences = g_ptr_array_new_with_free_func (g_free);

  if (ballot != DPOP_BALLOT_YES_NO_ABSTAIN)
    add_seats (&self, rule);
  if (ballot == DPOP_BALLOT_RANK)
    add_ranking (&self, rule);
  else
    add_majority (&self, rule);
  add_quorum (&self, rule);
  add_times (&self, rule);
  for (guint i = 0; i < lines->len; i++)
    g_ptr_array_add (sentences, g_steal_pointer (&((DpopStatuteLine *) lines->pdata[i])->text));
  return sentences;
}

static void
add_rule (Statute *self, guint index)
{
  const DpopCharterRule *rule = &self->charter->rules[index];

  add_heading (self, label (self->names->rules, index));
  if (index < self->names->rules->len)
    add_description (self, dpop_charter_names_get (self->names->rules, index));
  add (self, FALSE,
       g_strdup (rule->scope == DPOP_SCOPE_UNIT ? _("Decided within a group.")
                                                : _("Decided by the organisation as a whole.")));
  add_ballots (self, rule);
  add_majority (self, rule);
  add_quorum (self, rule);
  if ((rule->ballots & DPOP_CHARTER_BIT (DPOP_BALLOT_RANK)) != 0)
    add_ranking (self, rule);
  add_times (self, rule);
  for (guint effect = DPOP_EFFECT_REVOKE_OFFICE; effect <= DPOP_EFFECT_LAST; effect++)
    if (dpop_charter_rule_enacts (self->charter, index, (DpopEffect) effect))
      add (self, FALSE,
           g_strdup_printf (_("Such a decision can %s."), dpop_words_effect ((DpopEffect) effect)));
}

/* --- Keeping. -------------------------------------------------------------------------------- */

static void
add_days (Statute *self, const char *once, const char *for_good, guint32 days)
{
  g_autofree char *duration = dpop_words_duration ((gint64) days * 86400000);

  if (days == DPOP_CHARTER_FOR_GOOD)
    add (self, FALSE, g_strdup (for_good));
  else
    add (self, FALSE, g_strdup_printf ("%s %s.", once, duration));
}

static void
add_keeping (Statute *self)
{
  const DpopCharter *charter = self->charter;
  g_autofree char *veto = dpop_words_duration ((gint64) charter->recovery_veto_days * 86400000);
  g_autofree char *invitation = dpop_words_duration (charter->invitation_ms);

  add_heading (self, _("Record keepers"));
  add (self, FALSE,
       g_strdup_printf (ngettext ("There should be %u record keeper.",
                                  "There should be %u record keepers.", charter->witness_count),
                        charter->witness_count));
  if (charter->witness_faults > 0)
    add (self, FALSE,
         g_strdup_printf (ngettext ("Confirmations hold even if %u of them fails.",
                                    "Confirmations hold even if %u of them fail.",
                                    charter->witness_faults),
                          charter->witness_faults));
  add_heading (self, _("Keeping and deleting"));
  add_days (self, _("Single votes are kept after the close for"),
            _("Single votes are kept for good."), charter->keep_votes_days);
  add_days (self, _("Particulars are kept after leaving for"), _("Particulars are kept for good."),
            charter->keep_personal_days);
  add_heading (self, _("Computers"));
  add (self, FALSE, g_strdup_printf (_("An invitation is valid for %s."), invitation));
  add (self, FALSE,
       g_strdup_printf (_("Who has lost all computers gets a new one by %u officers together; for "
                          "%s, the old ones can object."),
                        charter->recovery_officers, veto));
}

GPtrArray *
dpop_statute_lines (const DpopCharter *charter, const DpopCharterNames *names)
{
  Statute self = { charter, names, g_ptr_array_new_with_free_func (line_free) };

  add_heading (&self, names->name);
  if (names->description[0] != '\0')
    add (&self, FALSE, g_strdup (names->description));
  add_members (&self);
  for (guint i = 0; i < charter->n_roles; i++)
    add_role (&self, i);
  add_units (&self);
  for (guint i = 0; i < charter->n_rules; i++)
    add_rule (&self, i);
  add_keeping (&self);
  return self.lines;
}

char *
dpop_statute_text (const DpopCharter *charter, const DpopCharterNames *names)
{
  g_autoptr (GPtrArray) lines = dpop_statute_lines (charter, names);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < lines->len; i++)
    {
      const DpopStatuteLine *line = lines->pdata[i];

      if (line->is_heading)
        g_string_append_printf (text, "%s%s\n\n", i > 0 ? "\n" : "", line->text);
      else
        g_string_append_printf (text, "  %s\n", line->text);
    }
  return g_string_free (text, FALSE);
}

/* --- Who may do what. ------------------------------------------------------------------------ */

/* Moves have a table of their own. */
static guint64
all_movers (const DpopCharter *charter, guint reach)
{
  guint64 roles = 0;

  for (guint from = DPOP_MEMBER_APPLICANT; from <= DPOP_MEMBER_STATE_LAST; from++)
    for (guint to = DPOP_MEMBER_APPLICANT; to <= DPOP_MEMBER_STATE_LAST; to++)
      roles |= charter->moves[from][to][reach];
  return roles;
}

/* Who may do ACTION: "Chair, Secretary (everywhere); every member (for oneself)". The caller
 * frees. */
static char *
who_may (const Statute *self, guint action)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint reach = DPOP_REACH_EVERYWHERE; reach <= DPOP_REACH_LAST; reach++)
    {
      guint64 roles = 0;
      g_autofree char *who = NULL;

      for (guint role = 0; role < self->charter->n_roles; role++)
        if ((self->charter->roles[role].permissions.actions[reach] & DPOP_CHARTER_BIT (action))
            != 0)
          roles |= DPOP_CHARTER_BIT (role);
      if ((self->charter->plain.actions[reach] & DPOP_CHARTER_BIT (action)) != 0)
        roles |= DPOP_CHARTER_BIT (DPOP_CHARTER_PLAIN);
      if (action == DPOP_ACTION_MOVE_MEMBER)
        roles |= all_movers (self->charter, reach);
      if (roles == 0)
        continue;
      who = holders (self, roles, NULL);
      /* Translators: who, and where they may: "Chair (everywhere)". */
      g_string_append_printf (list, _("%s%s (%s)"), list->len > 0 ? "; " : "", who,
                              dpop_words_reach ((DpopReach) reach));
    }
  return list->len > 0 ? g_string_free (g_steal_pointer (&list), FALSE) : g_strdup (_("nobody"));
}

static void
may_free (gpointer data)
{
  DpopStatuteMay *may = data;

  g_free (may->who);
  g_free (may);
}

GPtrArray *
dpop_statute_who_may (const DpopCharter *charter, const DpopCharterNames *names)
{
  const Statute self = { charter, names, NULL };
  GPtrArray *all = g_ptr_array_new_with_free_func (may_free);

  for (guint action = DPOP_ACTION_FIRST; action <= DPOP_ACTION_LAST; action++)
    {
      DpopStatuteMay *may = g_new0 (DpopStatuteMay, 1);

      may->what = dpop_words_action ((DpopAction) action);
      may->who = who_may (&self, action);
      g_ptr_array_add (all, may);
    }
  return all;
}
