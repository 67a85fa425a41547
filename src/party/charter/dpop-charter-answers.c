/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-charter-answers.h"

#include <string.h>

#define PROPOSING (DPOP_CHARTER_BIT (DPOP_ACTION_PROPOSE) | DPOP_CHARTER_BIT (DPOP_ACTION_ADD_TEXT))

/* --- Filled in. ------------------------------------------------------------------------------ */

static void
role_clear (gpointer role)
{
  g_free (((DpopCharterRoleAnswer *) role)->label);
}

static gboolean
plain_proposes (const DpopCharter *charter)
{
  const guint64 *actions = charter->plain.actions;

  return ((actions[DPOP_REACH_EVERYWHERE] | actions[DPOP_REACH_PARTY])
          & DPOP_CHARTER_BIT (DPOP_ACTION_PROPOSE))
         != 0;
}

static DpopCharterProposers
proposers_of (const DpopCharter *charter)
{
  if (!plain_proposes (charter))
    return DPOP_CHARTER_PROPOSERS_ROLES;
  return (charter->states[DPOP_MEMBER_APPLICANT] & DPOP_STATE_PROPOSES) != 0
             ? DPOP_CHARTER_PROPOSERS_APPLICANTS
             : DPOP_CHARTER_PROPOSERS_MEMBERS;
}

DpopCharterAnswers *
dpop_charter_answers_new (const DpopCharter *charter, const DpopCharterNames *names)
{
  DpopCharterAnswers *self = g_new0 (DpopCharterAnswers, 1);

  self->name = g_strdup ("");
  self->roles = g_array_new (FALSE, FALSE, sizeof (DpopCharterRoleAnswer));
  g_array_set_clear_func (self->roles, role_clear);
  self->rules = g_array_new (FALSE, FALSE, sizeof (DpopCharterRuleAnswer));
  for (guint i = 0; i < charter->n_roles; i++)
    {
      DpopCharterRoleAnswer role = { g_strdup (dpop_charter_names_get (names->roles, i)->label) };

      g_array_append_val (self->roles, role);
    }
  for (guint i = 0; i < charter->n_rules; i++)
    {
      DpopCharterRuleAnswer rule
          = { charter->rules[i].min_discussion_ms, charter->rules[i].quorum };

      g_array_append_val (self->rules, rule);
    }
  self->proposers = proposers_of (charter);
  return self;
}

void
dpop_charter_answers_free (DpopCharterAnswers *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_array_unref (self->roles);
  g_array_unref (self->rules);
  g_free (self);
}

DpopCharterRoleAnswer *
dpop_charter_answers_role (const DpopCharterAnswers *self, guint index)
{
  return &g_array_index (self->roles, DpopCharterRoleAnswer, index);
}

DpopCharterRuleAnswer *
dpop_charter_answers_rule (const DpopCharterAnswers *self, guint index)
{
  return &g_array_index (self->rules, DpopCharterRuleAnswer, index);
}

/* --- Put in place. --------------------------------------------------------------------------- */

static void
set_text (char **text, const char *value)
{
  char *copy = g_strdup (value);

  g_free (*text);
  *text = copy;
}

static void
copy_list (GArray *to, const GArray *from)
{
  for (guint i = 0; i < from->len; i++)
    {
      const DpopCharterName *name = dpop_charter_names_get (from, i);

      dpop_charter_names_add (to, name->key, name->label, name->description);
    }
}

static DpopCharterNames *
copy_names (const DpopCharterNames *names)
{
  DpopCharterNames *copy = dpop_charter_names_new ();

  copy_list (copy->roles, names->roles);
  copy_list (copy->unit_kinds, names->unit_kinds);
  copy_list (copy->rules, names->rules);
  return copy;
}

static gboolean
same_quorum (const DpopCharterQuorum *a, const DpopCharterQuorum *b)
{
  return a->num == b->num && a->den == b->den && a->strict == b->strict
         && a->minimum == b->minimum;
}

static void
answer_rules (const DpopCharterAnswers *self, DpopCharter *charter, DpopCharterNames *names)
{
  for (guint i = 0; i < charter->n_rules; i++)
    {
      const DpopCharterRuleAnswer *answer = dpop_charter_answers_rule (self, i);
      DpopCharterRule *rule = &charter->rules[i];

      if (rule->min_discussion_ms == answer->notice_ms
          && same_quorum (&rule->quorum, &answer->quorum))
        continue;
      rule->min_discussion_ms = answer->notice_ms;
      rule->quorum = answer->quorum;
      set_text (&g_array_index (names->rules, DpopCharterName, i).description, "");
    }
}

static gboolean
has_offices (const DpopCharter *charter)
{
  for (guint i = 0; i < charter->n_roles; i++)
    if (charter->roles[i].scope == DPOP_SCOPE_PARTY && charter->roles[i].office)
      return TRUE;
  return FALSE;
}

/* Groups keep what they have: they propose in their own affairs as before. */
static void
let_roles_propose (DpopCharter *charter)
{
  const gboolean offices = has_offices (charter);

  charter->plain.actions[DPOP_REACH_EVERYWHERE] &= ~PROPOSING;
  charter->plain.actions[DPOP_REACH_PARTY] &= ~PROPOSING;
  for (guint i = 0; i < charter->n_roles; i++)
    if (charter->roles[i].scope == DPOP_SCOPE_PARTY && (charter->roles[i].office || !offices))
      charter->roles[i].permissions.actions[DPOP_REACH_PARTY] |= PROPOSING;
}

static void
answer_proposers (const DpopCharterAnswers *self, DpopCharter *charter)
{
  if (self->proposers == proposers_of (charter))
    return;
  if (self->proposers == DPOP_CHARTER_PROPOSERS_ROLES)
    {
      let_roles_propose (charter);
      return;
    }
  if (!plain_proposes (charter))
    charter->plain.actions[DPOP_REACH_PARTY] |= PROPOSING;
  if (self->proposers == DPOP_CHARTER_PROPOSERS_APPLICANTS)
    charter->states[DPOP_MEMBER_APPLICANT] |= DPOP_STATE_PROPOSES;
  else
    charter->states[DPOP_MEMBER_APPLICANT] &= ~DPOP_STATE_PROPOSES;
}

/* BITS without that of ROLE, and those above it one lower; that of every member stays. */
static guint64
without_bit (guint64 bits, guint role)
{
  const guint64 plain = bits & DPOP_CHARTER_BIT (DPOP_CHARTER_PLAIN);
  const guint64 roles = bits & ~DPOP_CHARTER_BIT (DPOP_CHARTER_PLAIN);
  const guint64 below = DPOP_CHARTER_BIT (role) - 1;

  return plain | (roles & below) | ((roles >> 1) & ~below);
}

static void
remove_role (DpopCharter *charter, DpopCharterNames *names, guint role)
{
  memmove (&charter->roles[role], &charter->roles[role + 1],
           (charter->n_roles - role - 1) * sizeof (DpopCharterRole));
  charter->n_roles--;
  memset (&charter->roles[charter->n_roles], 0, sizeof (DpopCharterRole));
  for (guint i = 0; i < charter->n_roles; i++)
    charter->roles[i].given_by = without_bit (charter->roles[i].given_by, role);
  charter->founder = without_bit (charter->founder, role);
  for (guint from = 0; from <= DPOP_MEMBER_STATE_LAST; from++)
    for (guint to = 0; to <= DPOP_MEMBER_STATE_LAST; to++)
      for (guint reach = 0; reach <= DPOP_REACH_LAST; reach++)
        charter->moves[from][to][reach] = without_bit (charter->moves[from][to][reach], role);
  g_array_remove_index (names->roles, role);
}

static void
answer_roles (const DpopCharterAnswers *self, DpopCharter *charter, DpopCharterNames *names)
{
  for (guint i = self->roles->len; i > 0; i--)
    {
      const char *label = dpop_charter_answers_role (self, i - 1)->label;

      if (*label == '\0')
        remove_role (charter, names, i - 1);
      else
        set_text (&g_array_index (names->roles, DpopCharterName, i - 1).label, label);
    }
}

static gboolean
is_sound (const DpopCharter *charter, DpopCharterFinding *why)
{
  g_autoptr (GArray) findings = dpop_charter_check (charter);

  for (guint i = 0; i < findings->len; i++)
    {
      const DpopCharterFinding *finding = &g_array_index (findings, DpopCharterFinding, i);

      if (finding->severity != DPOP_CHARTER_ERROR)
        continue;
      if (why != NULL)
        *why = *finding;
      return FALSE;
    }
  return TRUE;
}

gboolean
dpop_charter_answers_apply (const DpopCharterAnswers *self, const DpopCharter *charter,
                            const DpopCharterNames *names, DpopCharter **out_charter,
                            DpopCharterNames **out_names, DpopCharterFinding *why)
{
  g_autoptr (DpopCharter) changed = dpop_charter_copy (charter);
  g_autoptr (DpopCharterNames) called = copy_names (names);

  g_return_val_if_fail (self->roles->len == charter->n_roles, FALSE);
  g_return_val_if_fail (self->rules->len == charter->n_rules, FALSE);
  set_text (&called->name, self->name);
  answer_rules (self, changed, called);
  answer_proposers (self, changed);
  answer_roles (self, changed, called);
  if (!is_sound (changed, why) || !dpop_charter_names_valid (called, changed, why))
    return FALSE;
  *out_charter = g_steal_pointer (&changed);
  *out_names = g_steal_pointer (&called);
  return TRUE;
}
