/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-outcome-check.h"

#include "dpop-history-row.h"
#include "dpop-names.h"
#include "dpop-outcome-record-private.h"

#include <glib/gi18n-lib.h>

void
dpop_outcome_check_free (DpopOutcomeCheck *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->sentences);
  g_ptr_array_unref (self->differing);
  g_free (self->maker);
  g_free (self->title);
  g_free (self->outcome);
  g_free (self);
}

const char *
dpop_outcome_check_word (DpopOutcomeCheckVerdict verdict)
{
  static const char *const words[] = {
    [DPOP_OUTCOME_CHECK_HOLDS] = "holds",
    [DPOP_OUTCOME_CHECK_NO_RECORD] = "no-record",
    [DPOP_OUTCOME_CHECK_CODE] = "code",
    [DPOP_OUTCOME_CHECK_OTHER_PARTY] = "other-organisation",
    [DPOP_OUTCOME_CHECK_ALTERED] = "altered",
    [DPOP_OUTCOME_CHECK_UNKNOWN_DEVICE] = "unknown-computer",
    [DPOP_OUTCOME_CHECK_SWITCHED_OFF] = "switched-off",
    [DPOP_OUTCOME_CHECK_UNKNOWN_DECISION] = "unknown-decision",
    [DPOP_OUTCOME_CHECK_NOT_FINAL] = "not-final",
    [DPOP_OUTCOME_CHECK_OTHER_OUTCOME] = "other-outcome",
    [DPOP_OUTCOME_CHECK_OTHER_WORDS] = "other-words",
  };

  return words[verdict];
}

static const char *
verdict_sentence (DpopOutcomeCheckVerdict verdict)
{
  static const char *const sentences[] = {
    [DPOP_OUTCOME_CHECK_HOLDS]
    = N_("The record holds: it was signed by a computer of your organisation, nothing in it was "
         "altered, and this computer knows the same outcome."),
    [DPOP_OUTCOME_CHECK_NO_RECORD]
    = N_("There is no record in this text. A record begins with DPOP-RECORD-1 and ends with a "
         "code; take the whole of it."),
    [DPOP_OUTCOME_CHECK_CODE]
    = N_("The code at the end of the record is incomplete or was altered. Take the record from "
         "its file again."),
    [DPOP_OUTCOME_CHECK_OTHER_PARTY]
    = N_("This is not a record of this organisation. Check it on a computer of the organisation "
         "that it belongs to."),
    [DPOP_OUTCOME_CHECK_ALTERED]
    = N_("The signature does not belong to this text: something in it was altered or is missing. "
         "Do not rely on it."),
    [DPOP_OUTCOME_CHECK_UNKNOWN_DEVICE]
    = N_("The computer that signed this record is none of your organisation's, as far as is known "
         "here. If it is new, take in what the others have written and check again."),
    [DPOP_OUTCOME_CHECK_SWITCHED_OFF]
    = N_("The computer that signed this record had been switched off before it was made. Ask "
         "another member for a record of the decision."),
    [DPOP_OUTCOME_CHECK_UNKNOWN_DECISION]
    = N_("This computer does not know the decision that the record is about. Take in what the "
         "others have written and check again."),
    [DPOP_OUTCOME_CHECK_NOT_FINAL]
    = N_("This computer does not know the outcome as final yet. Take in what the others have "
         "written and check again."),
    [DPOP_OUTCOME_CHECK_OTHER_OUTCOME]
    = N_("The record does not agree with what this computer knows: it tells of another outcome. Do "
         "not rely on it, and compare check numbers with whoever made it."),
    [DPOP_OUTCOME_CHECK_OTHER_WORDS]
    = N_("The figures behind the record are right, but its words are not those that this computer "
         "would write. Names may have changed since; compare the lines below before you rely on "
         "it."),
  };

  return _(sentences[verdict]);
}

static void
say (DpopOutcomeCheck *self, char *sentence)
{
  g_ptr_array_add (self->sentences, sentence);
}

/* The verdict's sentence comes first, whatever was found on the way to it. */
static void
find (DpopOutcomeCheck *self, DpopOutcomeCheckVerdict verdict)
{
  self->verdict = verdict;
  g_ptr_array_insert (self->sentences, 0, g_strdup (verdict_sentence (verdict)));
}

/* --- Who signed it. -------------------------------------------------------------------------- */

/* TRUE when there is more to check. */
static gboolean
check_signature (DpopOutcomeCheck *self, DpopProfile *profile, const char *text, gsize size,
                 char **plain)
{
  const CosmicId *party = cosmic_log_party (dpop_profile_log (profile));
  DpopRecordSealVerdict verdict
      = dpop_record_seal_read (&self->seal, text, size, plain, &self->line);

  if (verdict == DPOP_RECORD_SEAL_NOT_TEXT || verdict == DPOP_RECORD_SEAL_NONE)
    find (self, DPOP_OUTCOME_CHECK_NO_RECORD);
  else if (verdict == DPOP_RECORD_SEAL_CODE)
    {
      find (self, DPOP_OUTCOME_CHECK_CODE);
      if (self->line > 0)
        say (self, g_strdup_printf (_("The fault is in line %u of the code."), self->line));
    }
  else if (verdict == DPOP_RECORD_SEAL_ALTERED)
    find (self, DPOP_OUTCOME_CHECK_ALTERED);
  else if (!cosmic_id_same (&self->seal.party, party))
    find (self, DPOP_OUTCOME_CHECK_OTHER_PARTY);
  else
    return TRUE;
  return FALSE;
}

static void
tell_off (DpopOutcomeCheck *self, const DpopNames *names, const CosmicDevice *device)
{
  g_autofree char *when = NULL;

  self->off = device->off;
  if (!self->off)
    return;
  self->off_since = dpop_history_row_time (names->database, device->off_height, NULL);
  when = self->off_since > 0 ? dpop_outcome_record_time (self->off_since)
                             : g_strdup (_("not yet confirmed"));
  if (self->off_since > 0 && self->seal.made > self->off_since)
    find (self, DPOP_OUTCOME_CHECK_SWITCHED_OFF);
  say (self, g_strdup_printf (_("The computer of %s that signed it has been switched off since "
                                "(%s). What it signs now could bear an earlier date."),
                              self->maker, when));
}

static gboolean
check_device (DpopOutcomeCheck *self, DpopProfile *profile, const DpopNames *names, GError **error)
{
  const CosmicState *authority = dpop_profile_state (profile, NULL, error);
  CosmicDevice device;

  if (authority == NULL)
    return FALSE;
  if (!cosmic_authority_device (authority, &self->seal.device, &device))
    {
      find (self, DPOP_OUTCOME_CHECK_UNKNOWN_DEVICE);
      return TRUE;
    }
  self->maker = dpop_names_member (names, &device.member);
  tell_off (self, names, &device);
  return TRUE;
}

/* --- What it says. --------------------------------------------------------------------------- */

static gboolean
has_part (const char *plain, const char *line)
{
  g_autofree char *part = dpop_record_seal_plain (line);

  return strstr (plain, part) != NULL;
}

/* The same words, if it is in the same language. */
static void
compare_words (DpopOutcomeCheck *self, const DpopOutcomeRecord *own, const char *plain)
{
  g_autofree char *head = g_strdup_printf ("%s %s ", DPOP_RECORD_SEAL_BEGIN,
                                           dpop_outcome_record_heading ());
  g_autofree char *words = dpop_record_seal_plain (own->text);
  g_auto (GStrv) lines = g_strsplit (own->text, "\n", -1);

  self->compared = g_str_has_prefix (plain, head);
  if (!self->compared)
    say (self, g_strdup (_("It is written in another language than this computer's, so its "
                           "words were not compared. What this computer knows stands below.")));
  if (!self->compared || strcmp (words, plain) == 0)
    return;
  for (char **line = lines; *line != NULL; line++)
    if (!has_part (plain, *line))
      g_ptr_array_add (self->differing, g_strdup (*line));
  find (self, DPOP_OUTCOME_CHECK_OTHER_WORDS);
}

static gboolean
is_same (const DpopRecordSeal *a, const DpopRecordSeal *b)
{
  return cosmic_id_same (&a->outcome, &b->outcome) && cosmic_id_same (&a->root, &b->root)
         && a->height == b->height;
}

static gboolean
check_outcome (DpopOutcomeCheck *self, DpopProfile *profile, const char *plain, GError **error)
{
  GError *failure = NULL;
  g_autoptr (DpopOutcomeRecord) own
      = dpop_outcome_record_load (profile, &self->seal.decision, &self->seal.device,
                                  self->seal.made, &failure);

  if (own == NULL)
    {
      if (g_error_matches (failure, DPOP_PROFILE_ERROR, DPOP_PROFILE_ERROR_NOT_FOUND))
        find (self, DPOP_OUTCOME_CHECK_UNKNOWN_DECISION);
      else if (g_error_matches (failure, DPOP_PROFILE_ERROR, DPOP_PROFILE_ERROR_INVALID))
        find (self, DPOP_OUTCOME_CHECK_NOT_FINAL);
      else
        {
          g_propagate_error (error, failure);
          return FALSE;
        }
      g_error_free (failure);
      return TRUE;
    }
  self->title = g_strdup (own->title);
  self->outcome = g_strdup (own->outcome);
  if (is_same (&self->seal, &own->seal))
    compare_words (self, own, plain);
  else
    find (self, DPOP_OUTCOME_CHECK_OTHER_OUTCOME);
  return TRUE;
}

/* --- All of it. ------------------------------------------------------------------------------ */

DpopOutcomeCheck *
dpop_outcome_check_new (DpopProfile *profile, const char *text, gsize size, GError **error)
{
  g_autoptr (DpopOutcomeCheck) self = g_new0 (DpopOutcomeCheck, 1);
  g_autoptr (DpopNames) names = NULL;
  g_autofree char *plain = NULL;

  self->sentences = g_ptr_array_new_with_free_func (g_free);
  self->differing = g_ptr_array_new_with_free_func (g_free);
  if ((names = dpop_names_new (profile, error)) == NULL)
    return NULL;
  if (check_signature (self, profile, text, size, &plain))
    {
      if (!check_device (self, profile, names, error))
        return NULL;
      if (self->verdict == DPOP_OUTCOME_CHECK_HOLDS
          && !check_outcome (self, profile, plain, error))
        return NULL;
    }
  if (self->verdict == DPOP_OUTCOME_CHECK_HOLDS)
    find (self, DPOP_OUTCOME_CHECK_HOLDS);
  return g_steal_pointer (&self);
}
