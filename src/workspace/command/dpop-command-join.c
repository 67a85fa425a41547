/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-command-join.h"

#include "cosmic-join-request.h"
#include "dpop-command-code-private.h"
#include "dpop-command-private.h"

#include <glib/gi18n-lib.h>

/* The newest checkpoint as the inviter knew it, GVariant `(tay)`. */
#define ANCHOR_SETTING "anchor"
#define ANCHOR_TYPE    "(tay)"

void
dpop_command_join_result_clear (DpopCommandJoinResult *self)
{
  g_clear_pointer (&self->request, g_free);
}

static gboolean
check_invite (DpopProfile *profile, const CosmicInvite *invite, GError **error)
{
  if (cosmic_log_is_founded (dpop_profile_log (profile)))
    return dpop_command_fail (error, DPOP_PROFILE_ERROR_INVALID,
                              _("This profile belongs to an organisation already. Make a new "
                                "profile to join with."));
  return invite->expires > dpop_clock_now (dpop_profile_clock (profile))
         || dpop_profile_refuse (error, COSMIC_REASON_EXPIRED);
}

static gboolean
remember (DpopProfile *profile, const CosmicInvite *invite, GError **error)
{
  GVariant *fields[] = { g_variant_new_uint64 (invite->height),
                         cosmic_codec_new_id (&invite->checkpoint) };
  g_autoptr (GBytes) anchor = cosmic_codec_encode (g_variant_new_tuple (fields, 2));

  return cosmic_log_set_party (dpop_profile_log (profile), &invite->party, error)
         && dpop_profile_put_setting (profile, ANCHOR_SETTING, anchor, error);
}

static gboolean
join_with (DpopProfile *profile, const CosmicInvite *invite, DpopCommandJoinResult *result,
           GError **error)
{
  CosmicId seal;

  if (!check_invite (profile, invite, error) || !dpop_profile_begin (profile, error)
      || !dpop_command_end (profile, remember (profile, invite, error), error))
    return FALSE;
  dpop_profile_seal_id (profile, &seal);
  result->party = invite->party;
  result->member = invite->member;
  result->request = cosmic_join_request_to_text (invite, dpop_profile_device (profile), &seal,
                                                 dpop_profile_random (profile));
  return result->request != NULL
         || dpop_command_code_fail (error, COSMIC_TEXT_CODE_NONE, 0);
}

gboolean
dpop_command_join (DpopProfile *profile, const DpopCommandJoin *input,
                   DpopCommandJoinResult *result, GError **error)
{
  CosmicInvite invite;
  CosmicTextCodeVerdict verdict;
  gboolean good;
  guint line;

  *result = (DpopCommandJoinResult){ 0 };
  verdict = cosmic_invite_from_text (&invite, input->invitation, &line);
  if (verdict != COSMIC_TEXT_CODE_GOOD)
    return dpop_command_code_fail (error, verdict, line);
  good = join_with (profile, &invite, result, error);
  cosmic_invite_clear (&invite);
  return good;
}

gboolean
dpop_command_join_check (DpopProfile *profile, GError **error)
{
  CosmicLogStore store = cosmic_log_store (dpop_profile_log (profile));
  GError *failure = NULL;
  g_autoptr (GBytes) bytes = dpop_profile_get_setting (profile, ANCHOR_SETTING, &failure);
  g_autoptr (GVariant) anchor = bytes != NULL ? cosmic_codec_decode (ANCHOR_TYPE, bytes) : NULL;
  CosmicCheckpointRecord record;
  gboolean found, same;
  guint64 height;
  CosmicId id;

  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }
  if (anchor == NULL || !cosmic_codec_child_id (anchor, 1, &id))
    return TRUE;
  g_variant_get_child (anchor, 0, "t", &height);
  if (height == 0 || height > cosmic_log_height (dpop_profile_log (profile)))
    return TRUE;
  if (!store.table->find_checkpoint (store.self, height, &record, &found, error))
    return FALSE;
  same = found && cosmic_id_same (&record.id, &id);
  if (found)
    cosmic_checkpoint_record_clear (&record);
  return same
         || dpop_command_fail (error, DPOP_PROFILE_ERROR_INVALID,
                               _("This is another history than the one you were invited to. Show "
                                 "the invitation to the record keepers."));
}
