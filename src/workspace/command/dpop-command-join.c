/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-command-join.h"

#include "cosmic-join-request.h"
#include "dpop-command-code-private.h"
#include "dpop-command-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The newest checkpoint as the inviter knew it, GVariant `(tay)`. */
#define ANCHOR_SETTING "anchor"
#define ANCHOR_TYPE    "(tay)"

#define REQUEST_SETTING "join-request" /* its text */

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
remember (DpopProfile *profile, const CosmicInvite *invite, const char *request, GError **error)
{
  GVariant *fields[] = { g_variant_new_uint64 (invite->height),
                         cosmic_codec_new_id (&invite->checkpoint) };
  g_autoptr (GBytes) anchor = cosmic_codec_encode (g_variant_new_tuple (fields, 2));
  g_autoptr (GBytes) text = g_bytes_new (request, strlen (request));

  return cosmic_log_set_party (dpop_profile_log (profile), &invite->party, error)
         && dpop_profile_put_setting (profile, ANCHOR_SETTING, anchor, error)
         && dpop_profile_put_setting (profile, REQUEST_SETTING, text, error);
}

static gboolean
join_with (DpopProfile *profile, const CosmicInvite *invite, DpopCommandJoinResult *result,
           GError **error)
{
  CosmicId seal;

  if (!check_invite (profile, invite, error))
    return FALSE;
  dpop_profile_seal_id (profile, &seal);
  result->party = invite->party;
  result->member = invite->member;
  result->request = cosmic_join_request_to_text (invite, dpop_profile_device (profile), &seal,
                                                 dpop_profile_random (profile));
  if (result->request == NULL)
    return dpop_command_code_fail (error, COSMIC_TEXT_CODE_NONE, 0);
  return dpop_profile_begin (profile, error)
         && dpop_command_end (profile, remember (profile, invite, result->request, error), error);
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

char *
dpop_command_join_request (DpopProfile *profile, GError **error)
{
  g_autoptr (GBytes) text = dpop_profile_get_setting (profile, REQUEST_SETTING, error);

  return text != NULL ? g_strndup (g_bytes_get_data (text, NULL), g_bytes_get_size (text)) : NULL;
}

/* --- Looking. -------------------------------------------------------------------------------- */

#define LINE_LETTERS 28 /* of a whole line of a code, its check included */
#define HEAD_LETTERS 5  /* "DPOP" and the kind */

/* How many lines of a code TEXT has letters for, the last maybe in part. */
static guint
count_lines (const char *text)
{
  guint letters = 0;

  for (; *text != '\0'; text++)
    letters += g_ascii_isalnum (*text);
  return letters > HEAD_LETTERS ? (letters - HEAD_LETTERS + LINE_LETTERS - 1) / LINE_LETTERS : 0;
}

/* Whoever types a code is told of a mistake behind them, not of what they have not typed yet. */
static gboolean
is_unfinished (CosmicTextCodeVerdict verdict, guint line, const char *text)
{
  const guint lines = count_lines (text);

  return verdict == COSMIC_TEXT_CODE_SHORT || (verdict == COSMIC_TEXT_CODE_LINE && line >= lines)
         || (verdict == COSMIC_TEXT_CODE_NONE && lines == 0);
}

gboolean
dpop_command_join_look (const char *invitation, gint64 now, DpopCommandJoinLook *result,
                        gboolean *unfinished, GError **error)
{
  CosmicInvite invite;
  guint line;
  const CosmicTextCodeVerdict verdict = cosmic_invite_from_text (&invite, invitation, &line);

  if (unfinished != NULL)
    *unfinished = is_unfinished (verdict, line, invitation);
  if (verdict != COSMIC_TEXT_CODE_GOOD)
    return dpop_command_code_fail (error, verdict, line);
  *result = (DpopCommandJoinLook){ invite.party, invite.member, invite.expires,
                                   invite.seed == NULL };
  cosmic_invite_clear (&invite);
  return result->expires > now || dpop_profile_refuse (error, COSMIC_REASON_EXPIRED);
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
