/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-command-code-private.h"

#include "cosmic-join-request.h"
#include "dpop-command-private.h"

#include <glib/gi18n-lib.h>

gboolean
dpop_command_code_fail (GError **error, CosmicTextCodeVerdict verdict, guint line)
{
  switch (verdict)
    {
    case COSMIC_TEXT_CODE_LETTER:
      g_set_error (error, DPOP_PROFILE_ERROR, DPOP_PROFILE_ERROR_INVALID,
                   _("Line %u of the code has a letter that no code has. Compare it again."), line);
      return FALSE;
    case COSMIC_TEXT_CODE_LINE:
      g_set_error (error, DPOP_PROFILE_ERROR, DPOP_PROFILE_ERROR_INVALID,
                   _("Line %u of the code is mistyped, or a line before it is missing. Compare it "
                     "again."), line);
      return FALSE;
    case COSMIC_TEXT_CODE_SHORT:
      return dpop_command_fail (error, DPOP_PROFILE_ERROR_INVALID,
                                _("The code is cut short. Copy all of its lines."));
    case COSMIC_TEXT_CODE_OTHER_KIND:
      return dpop_command_fail (error, DPOP_PROFILE_ERROR_INVALID,
                                _("This is a code for something else: an invitation begins with "
                                  "DPOP-J, a request with DPOP-R."));
    case COSMIC_TEXT_CODE_NONE:
    case COSMIC_TEXT_CODE_GOOD:
    default:
      return dpop_command_fail (error, DPOP_PROFILE_ERROR_INVALID,
                                _("This is no code of DPOP. It begins with DPOP and has several "
                                  "lines."));
    }
}

gboolean
dpop_command_code_request (DpopProfile *profile, const char *text, CosmicRequest *request,
                           GError **error)
{
  CosmicTextCodeVerdict code;
  guint line;

  switch (cosmic_join_request_from_text (request, cosmic_log_party (dpop_profile_log (profile)),
                                         dpop_profile_seal (profile), text, &code, &line))
    {
    case COSMIC_JOIN_REQUEST_GOOD:
      return TRUE;
    case COSMIC_JOIN_REQUEST_UNREADABLE:
      return dpop_command_code_fail (error, code, line);
    case COSMIC_JOIN_REQUEST_NOT_MINE:
      return dpop_command_fail (error, DPOP_PROFILE_ERROR_NOT_READABLE,
                                _("This request is for another computer: the one that made the "
                                  "invitation."));
    case COSMIC_JOIN_REQUEST_INVALID:
    default:
      return dpop_command_fail (error, DPOP_PROFILE_ERROR_INVALID,
                                _("This request was not truly signed by the computer that asks. "
                                  "Let it make a new one."));
    }
}
