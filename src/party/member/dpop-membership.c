/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-membership.h"

#include "dpop-charter-compile.h"
#include "dpop-member-entry-private.h"

/* --- The charter. ---------------------------------------------------------------------------- */

/* Every claim asks the charter and almost none changes it, so the last one decoded is kept with its
 * bytes. Who looks takes it out, so that no thread sees it half written; a thread that finds
 * nothing decodes for itself. */
typedef struct
{
  GBytes *compiled;
  DpopCharter *charter;
} Decoded;

static Decoded *last_decoded;

static void
decoded_free (Decoded *self)
{
  if (self == NULL)
    return;
  g_bytes_unref (self->compiled);
  dpop_charter_unref (self->charter);
  g_free (self);
}

static Decoded *
decode (GBytes *compiled)
{
  DpopCharter *charter = dpop_charter_from_bytes (compiled, NULL);
  Decoded *self;

  if (charter == NULL)
    return NULL;
  self = g_new0 (Decoded, 1);
  self->compiled = g_bytes_ref (compiled);
  self->charter = charter;
  return self;
}

DpopCharter *
dpop_membership_read_charter (GBytes *compiled)
{
  DpopCharter *charter = NULL;
  Decoded *decoded;

  decoded = g_atomic_pointer_exchange (&last_decoded, NULL);
  if (decoded == NULL || !g_bytes_equal (decoded->compiled, compiled))
    {
      decoded_free (decoded);
      decoded = decode (compiled);
    }
  if (decoded != NULL)
    charter = dpop_charter_ref (decoded->charter);
  decoded_free (g_atomic_pointer_exchange (&last_decoded, decoded));
  return charter;
}

DpopCharter *
dpop_membership_charter (const CosmicState *authority)
{
  g_autoptr (GBytes) compiled = cosmic_authority_charter (authority);

  return compiled != NULL ? dpop_membership_read_charter (compiled) : NULL;
}

/* --- Who may. -------------------------------------------------------------------------------- */

gboolean
dpop_membership_standing (const CosmicState *authority, const CosmicId *member,
                          DpopStanding *standing)
{
  DpopMemberEntry entry;

  if (!dpop_member_entry_load (authority, member, &entry))
    return FALSE;
  *standing = entry.standing;
  return TRUE;
}

gboolean
dpop_membership_lets (const CosmicState *authority, const CosmicId *member, DpopAction action,
                      const CosmicId *scope, const CosmicId *subject)
{
  g_autoptr (DpopCharter) charter = dpop_membership_charter (authority);
  DpopCharterTarget target = {
    .unit = scope != NULL ? scope->bytes : NULL,
    .self = subject != NULL && cosmic_id_same (subject, member),
  };
  DpopStanding standing;

  return charter != NULL && dpop_membership_standing (authority, member, &standing)
         && dpop_standing_lets (&standing, charter, action, &target);
}

gboolean
dpop_membership_may (const CosmicFold *fold, DpopAction action, const CosmicId *scope,
                     const CosmicId *subject)
{
  return dpop_membership_lets (fold->authority, &fold->member, action, scope, subject);
}

/* --- In someone else's name. ----------------------------------------------------------------- */

static CosmicReason
acts_for (const CosmicFold *fold, const DpopCharter *charter, const DpopStanding *author,
          const CosmicId *named, const DpopStanding *about)
{
  static const DpopCharterTarget anything;

  if (!dpop_standing_lets_about (author, charter, DPOP_ACTION_ACT_FOR, &anything, about))
    return COSMIC_REASON_NOT_ALLOWED;
  return cosmic_authority_has_device (fold->authority, named) ? COSMIC_REASON_HAS_DEVICE
                                                              : COSMIC_REASON_NONE;
}

CosmicReason
dpop_membership_acts_for (const CosmicFold *fold, const CosmicId *named)
{
  g_autoptr (DpopCharter) charter = NULL;
  DpopStanding author, about;

  if (cosmic_id_same (named, &fold->member))
    return COSMIC_REASON_NONE;
  if (!dpop_membership_standing (fold->authority, named, &about))
    return COSMIC_REASON_NO_SUCH_SUBJECT;
  charter = dpop_membership_charter (fold->authority);
  if (charter == NULL || !dpop_membership_standing (fold->authority, &fold->member, &author))
    return COSMIC_REASON_NOT_ALLOWED;
  return acts_for (fold, charter, &author, named, &about);
}

CosmicReason
dpop_membership_check (const CosmicFold *fold, const CosmicId *speaker, DpopAction action,
                       const CosmicId *scope, const CosmicId *subject)
{
  const CosmicId *who = speaker != NULL && !cosmic_id_is_zero (speaker) ? speaker : &fold->member;
  CosmicReason reason = dpop_membership_acts_for (fold, who);

  if (reason != COSMIC_REASON_NONE)
    return reason;
  return dpop_membership_lets (fold->authority, who, action, scope, subject)
             ? COSMIC_REASON_NONE
             : COSMIC_REASON_NOT_ALLOWED;
}

/* A role's place is the role's; everything else happens where the member belongs. */
static gboolean
lets_about (const DpopStanding *who, const DpopCharter *charter, DpopAction action,
            const DpopCharterTarget *target, const DpopStanding *about)
{
  return action == DPOP_ACTION_GRANT_ROLE || action == DPOP_ACTION_REVOKE_ROLE
             ? dpop_standing_lets (who, charter, action, target)
             : dpop_standing_lets_about (who, charter, action, target, about);
}

gboolean
dpop_membership_may_about (const CosmicFold *fold, DpopAction action,
                           const DpopCharterTarget *target, const CosmicId *member,
                           const DpopStanding *about)
{
  g_autoptr (DpopCharter) charter = dpop_membership_charter (fold->authority);
  DpopCharterTarget at = *target;
  DpopStanding author;

  at.self = cosmic_id_same (member, &fold->member);
  return charter != NULL && dpop_membership_standing (fold->authority, &fold->member, &author)
         && lets_about (&author, charter, action, &at, about);
}

CosmicReason
dpop_membership_own_word (const CosmicFold *fold, DpopAction action,
                          const DpopCharterTarget *target, const CosmicId *member,
                          const DpopStanding *about)
{
  g_autoptr (DpopCharter) charter = dpop_membership_charter (fold->authority);
  DpopCharterTarget at = *target;

  at.self = TRUE;
  if (charter == NULL || !lets_about (about, charter, action, &at, about))
    return COSMIC_REASON_NOT_ALLOWED;
  return dpop_membership_acts_for (fold, member);
}

CosmicReason
dpop_membership_about (const CosmicFold *fold, DpopAction action, const DpopCharterTarget *target,
                       const CosmicId *member, const DpopStanding *about)
{
  return dpop_membership_may_about (fold, action, target, member, about)
             ? COSMIC_REASON_NONE
             : dpop_membership_own_word (fold, action, target, member, about);
}

/* --- The last one who could. ----------------------------------------------------------------- */

/* A role as it might be given: which, and for what. */
typedef struct
{
  const CosmicState *authority;
  const DpopCharter *charter;
  const CosmicId *leaving;
  DpopCharterTarget target;
  gboolean found;
} Giver;

static gboolean
look_at_holder (const CosmicKey *key, GBytes *value, gpointer data)
{
  Giver *giver = data;
  DpopStanding standing;
  CosmicId member;

  cosmic_key_id (key, 0, &member);
  giver->found = !cosmic_id_same (&member, giver->leaving)
                 && dpop_membership_standing (giver->authority, &member, &standing)
                 && dpop_standing_lets (&standing, giver->charter, DPOP_ACTION_GRANT_ROLE,
                                        &giver->target)
                 && cosmic_authority_has_device (giver->authority, &member);
  return !giver->found;
}

/* Whether a member who holds no role could give it: then there is always someone. */
static gboolean
anyone_gives (const Giver *giver, const CosmicId *unit)
{
  DpopStanding plain = { .state = DPOP_MEMBER_MEMBER };

  if (unit != NULL)
    dpop_standing_join_unit (&plain, unit);
  return dpop_standing_lets (&plain, giver->charter, DPOP_ACTION_GRANT_ROLE, &giver->target);
}

static gboolean
is_last_for (const CosmicState *authority, const DpopCharter *charter, const CosmicId *member,
             const DpopStanding *before, const DpopStanding *after, guint role,
             const CosmicId *unit)
{
  Giver giver = { .authority = authority, .charter = charter, .leaving = member,
                  .target = { .role = role, .unit = unit != NULL ? unit->bytes : NULL } };

  if (!dpop_standing_lets (before, charter, DPOP_ACTION_GRANT_ROLE, &giver.target)
      || dpop_standing_lets (after, charter, DPOP_ACTION_GRANT_ROLE, &giver.target)
      || anyone_gives (&giver, unit))
    return FALSE;
  cosmic_state_each (authority, cosmic_key (TAG_HOLDER, NULL, NULL), look_at_holder, &giver);
  return !giver.found;
}

gboolean
dpop_membership_is_last (const CosmicState *authority, const CosmicId *member,
                         const DpopStanding *before, const DpopStanding *after)
{
  g_autoptr (DpopCharter) charter = dpop_membership_charter (authority);
  /* Stands for any unit: what reaches it reaches every one. */
  static const CosmicId any = { { 0xff } };

  for (guint role = 0; charter != NULL && role < charter->n_roles; role++)
    {
      gboolean of_unit = charter->roles[role].scope == DPOP_SCOPE_UNIT;

      if (is_last_for (authority, charter, member, before, after, role, of_unit ? &any : NULL))
        return TRUE;
      for (guint i = 0; of_unit && i < before->n_roles; i++)
        if (!cosmic_id_is_zero (&before->roles[i].unit)
            && is_last_for (authority, charter, member, before, after, role,
                            &before->roles[i].unit))
          return TRUE;
    }
  return FALSE;
}
