/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-command-details.h"

#include "dpop-command-private.h"
#include "dpop-member-command.h"

#include <glib/gi18n-lib.h>

static const char *
what_to_mend (DpopMemberDetailsField field)
{
  switch (field)
    {
    case DPOP_MEMBER_DETAILS_NAME:
      return _("A name is missing, or is too long.");
    case DPOP_MEMBER_DETAILS_BORN:
      return _("The date of birth is none. Write it as 1984-02-29.");
    case DPOP_MEMBER_DETAILS_JOINED:
      return _("The date of joining is none. Write it as 2020-01-31.");
    case DPOP_MEMBER_DETAILS_NOTE:
      return _("The note is too long, or holds signs that are no text.");
    case DPOP_MEMBER_DETAILS_ADDRESS:
      return _("The address is too long, or holds signs that are no text.");
    case DPOP_MEMBER_DETAILS_EXTRA:
      return _("A further field has no heading, or is too long.");
    case DPOP_MEMBER_DETAILS_SIZE:
      return _("All this together is too much for one person. Shorten it.");
    default:
      return _("A field is too long, or holds signs that are no text.");
    }
}

gboolean
dpop_command_details_check (const DpopMemberDetails *details, GError **error)
{
  DpopMemberDetailsField where;

  return dpop_member_details_fits (details, &where)
         || dpop_command_fail (error, DPOP_PROFILE_ERROR_INVALID, what_to_mend (where));
}

DpopMemberDetails *
dpop_command_details_read (DpopProfile *profile, const CosmicId *operation)
{
  g_autoptr (GVariant) personal = dpop_profile_personal (
      profile, operation, DPOP_MEMBER_DETAILS_PERSONAL_TYPE, NULL);

  return personal != NULL ? dpop_member_details_decode (personal) : NULL;
}

static gboolean
say_details (DpopProfile *profile, const DpopCommandDetails *input,
             DpopCommandDetailsResult *result, GError **error)
{
  const CosmicState *authority = dpop_profile_state (profile, NULL, error);

  if (authority == NULL)
    return FALSE;
  return dpop_profile_say (profile, NULL,
                           dpop_member_command_details (authority, &input->member, NULL,
                                                        input->details),
                           result != NULL ? &result->operation : NULL, error);
}

gboolean
dpop_command_details (DpopProfile *profile, const DpopCommandDetails *input,
                      DpopCommandDetailsResult *result, GError **error)
{
  if (!dpop_command_details_check (input->details, error) || !dpop_profile_begin (profile, error))
    return FALSE;
  return dpop_command_end (profile, say_details (profile, input, result, error), error);
}
