/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpopctl-member.h"

#include "dpop-charter-word.h"
#include "dpop-command-details.h"
#include "dpop-command-enrol.h"
#include "dpop-command-move.h"
#include "dpop-command-remove.h"
#include "dpop-command-role.h"
#include "dpop-member-query.h"
#include "dpop-member.h"
#include "dpopctl-find.h"

#include <glib/gi18n-lib.h>

/* --- Particulars as options. --- */

/* Options for every field, then up to two more; TEXTS are to be freed. */
typedef struct
{
  char *texts[DPOPCTL_MEMBER_N_FIELDS];
  char *state;
  char **units;
} Particulars;

static void
particulars_clear (Particulars *self)
{
  for (gsize i = 0; i < DPOPCTL_MEMBER_N_FIELDS; i++)
    g_free (self->texts[i]);
  g_free (self->state);
  g_strfreev (self->units);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Particulars, particulars_clear)

static gboolean
read_particulars (Particulars *input, int argc, char **argv, gboolean enrolling, guint n_words,
                  char ***words, GError **error)
{
  GOptionEntry entries[DPOPCTL_MEMBER_N_FIELDS + 3] = { 0 };
  gsize n = 0;

  for (; n < DPOPCTL_MEMBER_N_FIELDS; n++)
    entries[n] = (GOptionEntry){ dpopctl_member_fields[n].option, 0, 0, DPOPCTL_TEXT,
                                 &input->texts[n], NULL, NULL };
  if (enrolling)
    {
      entries[n++] = (GOptionEntry){ "state", 0, 0, DPOPCTL_TEXT, &input->state, NULL, NULL };
      entries[n++] = (GOptionEntry){ "unit", 0, 0, DPOPCTL_TEXTS, &input->units, NULL, NULL };
    }
  return dpopctl_arguments (argc, argv, entries, n_words, n_words, words, error);
}

static void
put_particulars (const Particulars *input, DpopMemberDetails *details)
{
  for (gsize i = 0; i < DPOPCTL_MEMBER_N_FIELDS; i++)
    if (input->texts[i] != NULL)
      dpop_member_details_set (details, dpopctl_member_fields[i].field, input->texts[i]);
}

/* --- Enrolling and editing. --- */

static void
tell (Dpopctl *self, const CosmicId *member, const char *sentence)
{
  g_autofree char *id = dpopctl_print_short (member);
  g_autofree char *name = dpopctl_find_member_name (self, member);

  dpopctl_print_id (self, "member", member);
  dpopctl_print (self, "%s  %s: %s", id, name, sentence);
}

static gboolean
read_state (const char *word, DpopMemberState *state, GError **error)
{
  int number = word != NULL ? dpop_charter_word_number (DPOP_CHARTER_WORD_STATE, word)
                            : DPOP_MEMBER_MEMBER;

  if (number != DPOP_MEMBER_APPLICANT && number != DPOP_MEMBER_MEMBER
      && number != DPOP_MEMBER_SUSPENDED)
    return dpopctl_arguments_fail (error, _("A state is applicant, member or suspended, not "
                                            "\"%s\"."),
                                   word);
  *state = (DpopMemberState) number;
  return TRUE;
}

static gboolean
run_enrol (Dpopctl *self, int argc, char **argv, GError **error)
{
  g_auto (Particulars) input = { 0 };
  g_auto (GStrv) words = NULL;
  g_autoptr (DpopMemberDetails) details = dpop_member_details_new ();
  g_autoptr (GArray) units = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  DpopCommandEnrol command = { .details = details, .units = units };
  DpopCommandEnrolResult result;
  CosmicId unit;

  if (!read_particulars (&input, argc, argv, TRUE, 1, &words, error)
      || !read_state (input.state, &command.state, error) || !dpopctl_open_founded (self, error))
    return FALSE;
  dpop_member_details_set (details, DPOP_MEMBER_DETAILS_NAME, words[0]);
  put_particulars (&input, details);
  for (char **word = input.units; word != NULL && *word != NULL; word++)
    {
      if (!dpopctl_find_unit (self, *word, &unit, error))
        return FALSE;
      g_array_append_val (units, unit);
    }
  if (!dpop_command_enrol (self->profile, &command, &result, error))
    return FALSE;
  tell (self, &result.member, _("enrolled."));
  return TRUE;
}

static gboolean
run_edit (Dpopctl *self, int argc, char **argv, GError **error)
{
  g_auto (Particulars) input = { 0 };
  g_auto (GStrv) words = NULL;
  g_autoptr (DpopMemberDetails) details = NULL;
  DpopCommandDetails command = { 0 };
  const CosmicState *authority;
  DpopMember member;

  if (!read_particulars (&input, argc, argv, FALSE, 1, &words, error)
      || !dpopctl_open_founded (self, error)
      || !dpopctl_find_member (self, words[0], &command.member, error)
      || (authority = dpop_profile_state (self->profile, NULL, error)) == NULL
      || !dpop_member_query_load (authority, &command.member, &member))
    return FALSE;
  details = dpop_command_details_read (self->profile, &member.details);
  if (details == NULL)
    details = dpop_member_details_new ();
  put_particulars (&input, details);
  command.details = details;
  if (!dpop_command_details (self->profile, &command, NULL, error))
    return FALSE;
  tell (self, &command.member, _("the particulars were changed."));
  return TRUE;
}

/* --- Their state. --- */

static gboolean
move_to (Dpopctl *self, int argc, char **argv, DpopMemberState to, const char *sentence,
         GError **error)
{
  g_auto (GStrv) words = NULL;
  DpopCommandMove command = { .to = to };

  if (!dpopctl_arguments (argc, argv, NULL, 1, 1, &words, error)
      || !dpopctl_open_founded (self, error)
      || !dpopctl_find_member (self, words[0], &command.member, error)
      || !dpop_command_move (self->profile, &command, NULL, error))
    return FALSE;
  dpopctl_print_string (self, "state", dpop_charter_word (DPOP_CHARTER_WORD_STATE, to));
  tell (self, &command.member, sentence);
  return TRUE;
}

static gboolean
run_suspend (Dpopctl *self, int argc, char **argv, GError **error)
{
  return move_to (self, argc, argv, DPOP_MEMBER_SUSPENDED, _("suspended."), error);
}

static gboolean
run_readmit (Dpopctl *self, int argc, char **argv, GError **error)
{
  return move_to (self, argc, argv, DPOP_MEMBER_MEMBER, _("a member."), error);
}

static gboolean
run_remove (Dpopctl *self, int argc, char **argv, GError **error)
{
  static const char *const reasons[] = {
    [DPOP_REMOVAL_LEFT] = "left", [DPOP_REMOVAL_EXPELLED] = "expelled",
    [DPOP_REMOVAL_STRUCK] = "struck", [DPOP_REMOVAL_DIED] = "died", [DPOP_REMOVAL_OTHER] = "other",
  };
  g_autofree char *why = NULL;
  const GOptionEntry entries[] = {
    { "reason", 0, 0, DPOPCTL_TEXT, &why, NULL, NULL }, G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) words = NULL;
  DpopCommandRemove command = { .why = 0 };
  DpopCommandRemoveResult result;

  if (!dpopctl_arguments (argc, argv, entries, 1, 1, &words, error))
    return FALSE;
  for (guint i = DPOP_REMOVAL_LEFT; i <= DPOP_REMOVAL_LAST; i++)
    if (strcmp (reasons[i], why != NULL ? why : "other") == 0)
      command.why = (DpopRemoval) i;
  if (command.why == 0)
    return dpopctl_arguments_fail (error, _("--reason is left, expelled, struck, died or other."));
  if (!dpopctl_open_founded (self, error)
      || !dpopctl_find_member (self, words[0], &command.member, error)
      || !dpop_command_remove (self->profile, &command, &result, error))
    return FALSE;
  dpopctl_print_string (self, "reason", reasons[command.why]);
  dpopctl_print_number (self, "kept", result.kept);
  tell (self, &command.member, _("no longer a member; their computers are switched off."));
  return TRUE;
}

/* --- Roles. --- */

static gboolean
change_role (Dpopctl *self, int argc, char **argv, gboolean take, GError **error)
{
  g_autofree char *unit = NULL;
  const GOptionEntry entries[] = {
    { "unit", 0, 0, DPOPCTL_TEXT, &unit, NULL, NULL }, G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) words = NULL;
  g_autoptr (DpopCharterNames) names = NULL;
  DpopCommandRole command = { .take = take };
  guint role = 0;

  if (!dpopctl_arguments (argc, argv, entries, 2, 2, &words, error)
      || !dpopctl_open_founded (self, error) || (names = dpopctl_find_names (self, error)) == NULL
      || !dpopctl_find_member (self, words[0], &command.member, error)
      || !dpopctl_find_named (names->roles, words[1], &role, error)
      || (unit != NULL && !dpopctl_find_unit (self, unit, &command.unit, error)))
    return FALSE;
  command.role = (guint16) role;
  if (!dpop_command_role (self->profile, &command, error))
    return FALSE;
  dpopctl_print_string (self, "role", dpop_charter_names_get (names->roles, role)->key);
  dpopctl_print_id (self, "unit", &command.unit);
  tell (self, &command.member, take ? _("the role is taken back.") : _("the role is given."));
  return TRUE;
}

static gboolean
run_grant (Dpopctl *self, int argc, char **argv, GError **error)
{
  return change_role (self, argc, argv, FALSE, error);
}

static gboolean
run_revoke (Dpopctl *self, int argc, char **argv, GError **error)
{
  return change_role (self, argc, argv, TRUE, error);
}

#define FIELD_OPTIONS                                                                              \
  "[--given-name TEXT] [--family-name TEXT] [--name TEXT] [--email TEXT] [--phone TEXT] "          \
  "[--postcode TEXT] [--city TEXT] [--country TEXT] [--born DATE] [--joined DATE] "                \
  "[--number TEXT] [--note TEXT]"

const DpopctlVerb dpopctl_member_verbs[] = {
  { "member enrol", "NAME [--state STATE] [--unit GROUP]... " FIELD_OPTIONS,
    N_("takes a person in"), run_enrol },
  { "member edit", "MEMBER " FIELD_OPTIONS, N_("changes a member's particulars"), run_edit },
  { "member suspend", "MEMBER", N_("suspends a member"), run_suspend },
  { "member readmit", "MEMBER", N_("makes an applicant, or someone suspended, a member"),
    run_readmit },
  { "member remove", "MEMBER [--reason left|expelled|struck|died|other]",
    N_("a member goes; their computers are switched off"), run_remove },
  { "member grant", "MEMBER ROLE [--unit GROUP]", N_("gives a role"), run_grant },
  { "member revoke", "MEMBER ROLE [--unit GROUP]", N_("takes a role back"), run_revoke },
  { NULL },
};
