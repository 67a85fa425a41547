/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-command-invite.h"

#include "cosmic-invite.h"
#include "dpop-command-private.h"
#include "dpop-membership.h"

#include <glib/gi18n-lib.h>

void
dpop_command_invite_result_clear (DpopCommandInviteResult *self)
{
  if (self->text != NULL)
    cosmic_wipe (self->text, strlen (self->text));
  g_clear_pointer (&self->text, g_free);
}

static gboolean
set_expiry (DpopProfile *profile, const CosmicState *authority, gint64 lasts, gint64 *expires,
            GError **error)
{
  g_autoptr (DpopCharter) charter = dpop_membership_charter (authority);
  gint64 longest = charter != NULL ? charter->invitation_ms : 0;

  if (lasts < 0 || lasts > longest)
    return dpop_command_fail (error, DPOP_PROFILE_ERROR_INVALID,
                              _("Our rules do not let an invitation last so long."));
  *expires = dpop_clock_now (dpop_profile_clock (profile)) + (lasts > 0 ? lasts : longest);
  return TRUE;
}

/* A further computer of one's own needs no registered right: one's consent lets it in. */
static gboolean
register_seed (DpopProfile *profile, CosmicInvite *invite, GError **error)
{
  CosmicId seed;

  invite->seed = cosmic_sign_key_new (dpop_profile_random (profile), seed.bytes);
  return dpop_profile_say (profile, NULL,
                           dpop_claim_new (COSMIC_KIND_INVITATION,
                                           cosmic_invitation_body (&seed, &invite->member,
                                                                   invite->expires),
                                           NULL, NULL),
                           NULL, error);
}

static gboolean
make_invite (DpopProfile *profile, const DpopCommandInvite *input, CosmicInvite *invite,
             GError **error)
{
  CosmicLog *log = dpop_profile_log (profile);
  const CosmicState *authority = dpop_profile_state (profile, NULL, error);
  DpopStanding standing;
  CosmicId own;

  if (authority == NULL || !dpop_profile_own_member (profile, &own, error)
      || !set_expiry (profile, authority, input->lasts, &invite->expires, error))
    return FALSE;
  if (!dpop_membership_standing (authority, &input->member, &standing))
    return dpop_profile_refuse (error, COSMIC_REASON_NO_SUCH_SUBJECT);
  invite->party = *cosmic_log_party (log);
  invite->member = input->member;
  invite->height = cosmic_log_height (log);
  invite->checkpoint = *cosmic_log_checkpoint (log);
  dpop_profile_device_id (profile, &invite->inviter);
  dpop_profile_seal_id (profile, &invite->inviter_seal);
  if (cosmic_id_same (&own, &input->member) || input->lost)
    return TRUE;
  if (cosmic_authority_has_device (authority, &input->member))
    return dpop_command_fail (error, DPOP_PROFILE_ERROR_INVALID,
                              _("This member has a computer already. They invite a further one "
                                "themselves, with it."));
  return register_seed (profile, invite, error);
}

gboolean
dpop_command_invite (DpopProfile *profile, const DpopCommandInvite *input,
                     DpopCommandInviteResult *result, GError **error)
{
  CosmicInvite invite = { .seed = NULL };
  gboolean good;

  *result = (DpopCommandInviteResult){ 0 };
  if (!dpop_profile_begin (profile, error))
    return FALSE;
  good = dpop_command_end (profile, make_invite (profile, input, &invite, error), error);
  if (good)
    *result = (DpopCommandInviteResult){ cosmic_invite_to_text (&invite), invite.expires };
  cosmic_invite_clear (&invite);
  return good;
}

/* --- Several at once. ------------------------------------------------------------------------- */

void
dpop_command_invited_free (DpopCommandInvited *self)
{
  if (self == NULL)
    return;
  if (self->text != NULL)
    cosmic_wipe (self->text, strlen (self->text));
  g_free (self->text);
  g_free (self);
}

static void
free_invited (gpointer invited)
{
  dpop_command_invited_free (invited);
}

/* FALSE without error for who is left out. */
static gboolean
invite_one (DpopProfile *profile, const CosmicId *member, gint64 lasts, GPtrArray *invited,
            GError **error)
{
  const DpopCommandInvite input = { *member, lasts };
  const CosmicState *authority = dpop_profile_state (profile, NULL, error);
  CosmicInvite invite = { .seed = NULL };
  DpopCommandInvited *one;
  GError *failure = NULL;

  if (authority == NULL || cosmic_authority_has_device (authority, member))
    return FALSE;
  if (!make_invite (profile, &input, &invite, &failure))
    {
      cosmic_invite_clear (&invite);
      if (dpop_profile_error_reason (failure) != COSMIC_REASON_NONE)
        g_error_free (failure);
      else
        g_propagate_error (error, failure);
      return FALSE;
    }
  one = g_new0 (DpopCommandInvited, 1);
  *one = (DpopCommandInvited){ *member, cosmic_invite_to_text (&invite), invite.expires };
  g_ptr_array_add (invited, one);
  cosmic_invite_clear (&invite);
  return TRUE;
}

static gboolean
invite_each (DpopProfile *profile, const GArray *members, gint64 lasts, GPtrArray *invited,
             GError **error)
{
  for (guint i = 0; i < members->len; i++)
    {
      GError *failure = NULL;

      if (invite_one (profile, &g_array_index (members, CosmicId, i), lasts, invited, &failure)
          || failure == NULL)
        continue;
      g_propagate_error (error, failure);
      return FALSE;
    }
  return TRUE;
}

GPtrArray *
dpop_command_invite_many (DpopProfile *profile, const GArray *members, gint64 lasts,
                          GError **error)
{
  g_autoptr (GPtrArray) invited = g_ptr_array_new_with_free_func (free_invited);

  if (!dpop_profile_begin (profile, error)
      || !dpop_command_end (profile, invite_each (profile, members, lasts, invited, error), error))
    return NULL;
  return g_steal_pointer (&invited);
}
