/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-letter.h"

#include "cosmic-secret.h"
#include "dpop-command-details.h"
#include "dpop-command-invite.h"
#include "dpop-member-query.h"
#include "dpop-member-row.h"
#include "dpop-names.h"

#include <glib/gi18n-lib.h>

static void
wipe (char **text)
{
  if (*text != NULL)
    cosmic_wipe (*text, strlen (*text));
  g_clear_pointer (text, g_free);
}

void
dpop_letter_free (DpopLetter *self)
{
  if (self == NULL)
    return;
  wipe (&self->code);
  wipe (&self->mail);
  wipe (&self->letter);
  g_strfreev (self->address);
  g_free (self->name);
  g_free (self->email);
  g_free (self->subject);
  g_free (self);
}

static void
letter_free (gpointer letter)
{
  dpop_letter_free (letter);
}

/* --- What it says. ---------------------------------------------------------------------------- */

typedef struct
{
  const DpopNames *names;
  const char *text;      /* NULL: the ready one */
  char *signed_by;
  gint64 written;
} Writing;

static char *
day_of (gint64 ms)
{
  g_autoptr (GDateTime) moment = g_date_time_new_from_unix_local (ms / 1000);

  /* Translators: a day, as in "30 November 2026". */
  return g_date_time_format (moment, _("%-d %B %Y"));
}

static const char *
introduction (const Writing *writing)
{
  return writing->text != NULL ? writing->text
                               : _("With DPOP you can read what we discuss, propose, and vote from "
                                   "home. You are a full member without it, too.");
}

/* Good until when, and for whom alone. */
static char *
caution (const DpopLetter *letter)
{
  g_autofree char *day = day_of (letter->expires);

  return g_strdup_printf (_("It is good until %s, for one computer. Show it to nobody: whoever has "
                            "it can ask to join in your place."),
                          day);
}

static char *
write_body (const Writing *writing, const DpopLetter *letter, const char *steps)
{
  g_autofree char *greeting = g_strdup_printf (_("Dear %s,"), letter->name);
  g_autofree char *until = caution (letter);

  return g_strjoin ("\n\n", greeting, introduction (writing), steps, letter->code, until,
                    _("DPOP then makes a request. Send it back to me, or bring it along: with it I "
                      "let your computer in."),
                    writing->signed_by, NULL);
}

static char *
write_mail (const Writing *writing, const DpopLetter *letter)
{
  return write_body (writing, letter,
                     _("Start DPOP on your computer, choose “Join an organisation” and paste this "
                       "code:"));
}

static char *
write_letter (const Writing *writing, const DpopLetter *letter)
{
  g_autofree char *lines
      = letter->address != NULL ? g_strjoinv ("\n", letter->address) : g_strdup ("");
  g_autofree char *to = g_strconcat (letter->name, lines[0] != '\0' ? "\n" : "", lines, NULL);
  g_autofree char *day = day_of (writing->written);
  char *body = write_body (
      writing, letter,
      _("Start DPOP on your computer, choose “Join an organisation” and type this code, line by "
        "line. Capitals, dashes and spaces do not matter, and the letter O is the same as zero. "
        "The last four letters of a line are a check: if you mistype, you are told in which "
        "line."));
  char *whole = g_strjoin ("\n\n", writing->names->words->name, to, day, letter->subject, body,
                           NULL);

  wipe (&body);
  return whole;
}

/* --- To whom. --------------------------------------------------------------------------------- */

static char *
text_or_null (const char *text)
{
  return text[0] != '\0' ? g_strdup (text) : NULL;
}

/* The lines under the name: street and the like, then the place, then the country. */
static char **
address_of (const DpopMemberDetails *details)
{
  const char *postcode = dpop_member_details_get (details, DPOP_MEMBER_DETAILS_POSTCODE);
  const char *city = dpop_member_details_get (details, DPOP_MEMBER_DETAILS_CITY);
  const char *country = dpop_member_details_get (details, DPOP_MEMBER_DETAILS_COUNTRY);
  g_autofree char *place = g_strconcat (postcode, postcode[0] != '\0' && city[0] != '\0' ? " " : "",
                                        city, NULL);
  g_autoptr (GPtrArray) lines = g_ptr_array_new ();

  for (guint i = 0; details->address != NULL && details->address[i] != NULL; i++)
    g_ptr_array_add (lines, g_strdup (details->address[i]));
  if (place[0] != '\0')
    g_ptr_array_add (lines, g_steal_pointer (&place));
  if (country[0] != '\0')
    g_ptr_array_add (lines, g_strdup (country));
  if (lines->len == 0)
    return NULL;
  g_ptr_array_add (lines, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&lines), FALSE);
}

static void
find_address (DpopProfile *profile, DpopLetter *letter)
{
  const CosmicState *authority = dpop_profile_state (profile, NULL, NULL);
  g_autoptr (DpopMemberDetails) details = NULL;
  DpopMember member;

  if (authority != NULL && dpop_member_query_load (authority, &letter->member, &member))
    details = dpop_command_details_read (profile, &member.details);
  if (details == NULL)
    return;
  letter->email = text_or_null (dpop_member_details_get (details, DPOP_MEMBER_DETAILS_EMAIL));
  letter->address = address_of (details);
}

static DpopLetter *
new_letter (DpopProfile *profile, const Writing *writing, const DpopCommandInvited *invited)
{
  DpopLetter *letter = g_new0 (DpopLetter, 1);

  letter->member = invited->member;
  letter->name = dpop_names_member (writing->names, &invited->member);
  find_address (profile, letter);
  letter->code = g_strdup (invited->text);
  letter->expires = invited->expires;
  letter->subject
      = g_strdup_printf (_("Your invitation to %s on your computer"), writing->names->words->name);
  letter->mail = write_mail (writing, letter);
  letter->letter = write_letter (writing, letter);
  return letter;
}

/* --- All of them. ----------------------------------------------------------------------------- */

static GArray *
without_computer (DpopProfile *profile, GError **error)
{
  DpopMemberRowQuery query = DPOP_MEMBER_ROW_QUERY_ALL;
  g_autoptr (GPtrArray) rows = NULL;
  GArray *members;

  query.device = DPOP_MEMBER_ROW_NO;
  query.states = 1u << DPOP_MEMBER_APPLICANT | 1u << DPOP_MEMBER_MEMBER
                 | 1u << DPOP_MEMBER_SUSPENDED;
  rows = dpop_member_row_window (dpop_profile_database (profile), &query, 0, G_MAXUINT, error);
  if (rows == NULL)
    return NULL;
  members = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  for (guint i = 0; i < rows->len; i++)
    g_array_append_val (members, ((const DpopMemberRow *) rows->pdata[i])->id);
  return members;
}

static gint
by_name (gconstpointer a, gconstpointer b)
{
  const DpopLetter *const *x = a, *const *y = b;

  return g_utf8_collate ((*x)->name, (*y)->name);
}

static GPtrArray *
write_all (DpopProfile *profile, const Writing *writing, const GPtrArray *invited)
{
  GPtrArray *letters = g_ptr_array_new_with_free_func (letter_free);

  for (guint i = 0; i < invited->len; i++)
    g_ptr_array_add (letters, new_letter (profile, writing, invited->pdata[i]));
  g_ptr_array_sort (letters, by_name);
  return letters;
}

GPtrArray *
dpop_letter_invite (DpopProfile *profile, const GArray *members, const DpopLetterSender *given,
                    GError **error)
{
  const DpopLetterSender sender = given != NULL ? *given : (DpopLetterSender){ NULL, NULL, 0 };
  g_autoptr (DpopNames) names = NULL;
  g_autoptr (GArray) all = NULL;
  g_autoptr (GPtrArray) invited = NULL;
  g_autofree char *signed_by = NULL;
  Writing writing = { .text = sender.text };
  CosmicId own;

  if (!dpop_profile_own_member (profile, &own, error)
      || (names = dpop_names_new (profile, error)) == NULL
      || (members == NULL && (all = without_computer (profile, error)) == NULL))
    return NULL;
  invited = dpop_command_invite_many (profile, members != NULL ? members : all, sender.lasts,
                                      error);
  if (invited == NULL)
    return NULL;
  signed_by = sender.signed_by != NULL ? g_strdup (sender.signed_by)
                                       : dpop_names_member (names, &own);
  writing.names = names;
  writing.signed_by = signed_by;
  writing.written = dpop_clock_now (dpop_profile_clock (profile));
  return write_all (profile, &writing, invited);
}

char *
dpop_letter_mailto (const DpopLetter *self)
{
  g_autofree char *to = NULL;
  g_autofree char *subject = NULL;
  char *body, *uri;

  if (self->email == NULL)
    return NULL;
  to = g_uri_escape_string (self->email, "@", FALSE);
  subject = g_uri_escape_string (self->subject, NULL, FALSE);
  body = g_uri_escape_string (self->mail, NULL, FALSE);
  uri = g_strconcat ("mailto:", to, "?subject=", subject, "&body=", body, NULL);
  wipe (&body);
  return uri;
}
