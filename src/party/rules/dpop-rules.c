/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-rules.h"

#include "cosmic-authority.h"
#include "dpop-decision.h"
#include "dpop-discussion.h"
#include "dpop-member.h"
#include "dpop-membership-policy.h"

#define KINDS_MAX 64

static const CosmicPolicy policy = {
  .may = dpop_membership_policy_may,
  .found = dpop_membership_policy_found,
  .holds = dpop_membership_policy_holds,
  .invitation_ms = dpop_membership_policy_invitation_ms,
  .recovery = dpop_membership_policy_recovery,
  .witness_faults = dpop_membership_policy_witness_faults,
  .finish = dpop_decision_finish,
};

static const CosmicKind *kinds[KINDS_MAX];
static CosmicRules rules = { .kinds = kinds, .policy = &policy };

/* Numbers ascend from room to room, so that putting the rooms' kinds one after the other sorts
 * them. */
static void
add_kinds (const CosmicKind *const *more, guint count)
{
  g_assert (rules.n_kinds + count <= KINDS_MAX);
  for (guint i = 0; i < count; i++)
    {
      g_assert (rules.n_kinds == 0 || kinds[rules.n_kinds - 1]->number < more[i]->number);
      kinds[rules.n_kinds++] = more[i];
    }
}

const CosmicRules *
dpop_rules (void)
{
  static gsize ready = 0;

  if (g_once_init_enter (&ready))
    {
      add_kinds (cosmic_kinds, cosmic_n_kinds);
      add_kinds (dpop_member_kinds, dpop_member_n_kinds);
      add_kinds (dpop_decision_kinds, dpop_decision_n_kinds);
      add_kinds (dpop_discussion_kinds, dpop_discussion_n_kinds);
      g_once_init_leave (&ready, 1);
    }
  return &rules;
}
