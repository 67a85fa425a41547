/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpopctl.h"

#include "dpop-names.h"
#include "dpop-practice.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define STEPS_MOST 10000

/* --- Making one. --- */

static gboolean
run_make (Dpopctl *self, int argc, char **argv, GError **error)
{
  g_autofree char *charter = NULL;
  g_autofree char *name = NULL;
  g_autofree char *user = NULL;
  g_autofree char *seed = NULL;
  const GOptionEntry entries[] = {
    { "charter", 0, 0, DPOPCTL_TEXT, &charter, NULL, NULL },
    { "name", 0, 0, DPOPCTL_TEXT, &name, NULL, NULL },
    { "user", 0, 0, DPOPCTL_TEXT, &user, NULL, NULL },
    { "seed", 0, 0, DPOPCTL_TEXT, &seed, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) words = NULL;
  DpopPracticeMakeResult made;
  DpopPracticeMake input;
  guint number = 0;

  if (!dpopctl_arguments (argc, argv, entries, 0, 0, &words, error)
      || (seed != NULL && !dpopctl_arguments_number (seed, G_MAXINT, &number, error)))
    return FALSE;
  input = (DpopPracticeMake){ .charter = charter, .name = name, .user = user, .seed = number };
  if (!dpop_practice_make (self->folder, &input, NULL, &made, error))
    return FALSE;
  dpopctl_print_string (self, "profile", self->folder);
  dpopctl_print_number (self, "members", made.members);
  dpopctl_print_number (self, "computers", made.computers);
  dpopctl_print_number (self, "units", made.units);
  dpopctl_print_number (self, "decisions", made.decisions);
  dpopctl_print_number (self, "height", (gint64) made.height);
  dpopctl_print (self, _("An invented organisation of %u members is in %s: its rules and its "
                         "history are real, its members are not."),
                 made.members, self->folder);
  dpopctl_print (self, _("It asks for no passphrase and protects nothing. Keep nothing in it that "
                         "is private."));
  dpopctl_print (self, _("Next: decision list, decision vote, practice step."));
  return TRUE;
}

/* --- What happens in it. --- */

static const char *
act_name (DpopPracticeAct act)
{
  static const char *const names[] = {
    [DPOP_PRACTICE_NOTHING] = "nothing", [DPOP_PRACTICE_COMMENT] = "comment",
    [DPOP_PRACTICE_OPTION] = "option",   [DPOP_PRACTICE_OPEN] = "open",
    [DPOP_PRACTICE_VOTE] = "vote",       [DPOP_PRACTICE_CLOSE] = "close",
    [DPOP_PRACTICE_PROPOSE] = "propose",
  };

  return names[act];
}

static char *
act_sentence (const DpopPracticeStep *step, const char *member, const char *decision)
{
  switch (step->act)
    {
    case DPOP_PRACTICE_COMMENT:
      return g_strdup_printf (_("%s has said something about \"%s\"."), member, decision);
    case DPOP_PRACTICE_OPTION:
      return g_strdup_printf (_("%s has proposed an option for \"%s\"."), member, decision);
    case DPOP_PRACTICE_OPEN:
      return g_strdup_printf (_("%s has opened the vote on \"%s\"."), member, decision);
    case DPOP_PRACTICE_VOTE:
      return g_strdup_printf (ngettext ("%u has voted on \"%s\".", "%u have voted on \"%s\".",
                                        step->votes),
                              step->votes, decision);
    case DPOP_PRACTICE_CLOSE:
      return g_strdup_printf (_("The vote on \"%s\" is closed."), decision);
    case DPOP_PRACTICE_PROPOSE:
      return g_strdup_printf (_("%s has a proposal: \"%s\"."), member, decision);
    case DPOP_PRACTICE_NOTHING:
    default:
      return g_strdup (_("Nobody has anything to do: they wait for you, or for the time."));
    }
}

static gboolean
tell_step (Dpopctl *self, const DpopPracticeStep *step, JsonArray *steps, GError **error)
{
  g_autoptr (DpopNames) names = dpop_names_new (self->profile, error);
  JsonObject *object = json_object_new ();
  g_autofree char *member = NULL;
  g_autofree char *decision = NULL;
  g_autofree char *sentence = NULL;
  g_autofree char *plain = NULL;

  json_array_add_object_element (steps, object);
  if (names == NULL)
    return FALSE;
  json_object_set_string_member (object, "act", act_name (step->act));
  dpopctl_print_id_to (object, "decision", &step->decision);
  dpopctl_print_id_to (object, "member", &step->member);
  json_object_set_int_member (object, "votes", step->votes);
  member = dpop_names_member (names, &step->member);
  decision = dpop_names_decision (names, &step->decision);
  sentence = act_sentence (step, member, decision);
  plain = dpopctl_print_plain (sentence);
  dpopctl_print (self, "%s", plain);
  return TRUE;
}

static gboolean
run_step (Dpopctl *self, int argc, char **argv, GError **error)
{
  g_autofree char *count_word = NULL;
  const GOptionEntry entries[] = {
    { "count", 0, 0, DPOPCTL_TEXT, &count_word, NULL, NULL }, G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) words = NULL;
  JsonArray *steps;
  guint count = 1;

  if (!dpopctl_arguments (argc, argv, entries, 0, 0, &words, error)
      || (count_word != NULL
          && !dpopctl_arguments_number (count_word, STEPS_MOST, &count, error))
      || !dpopctl_open_founded (self, error))
    return FALSE;
  steps = json_array_new ();
  dpopctl_print_array (self, "steps", steps);
  for (guint i = 0; i < count; i++)
    {
      DpopPracticeStep step;

      if (!dpop_practice_step (self->profile, &step, error)
          || !tell_step (self, &step, steps, error))
        return FALSE;
      if (step.act == DPOP_PRACTICE_NOTHING)
        break;
    }
  return TRUE;
}

const DpopctlVerb dpopctl_practice_verbs[] = {
  { "practice make",
    "[--charter party|association|cooperative] [--name TEXT] [--user NAME] [--seed N]",
    N_("makes an invented organisation of 60 members to practise with"), run_make },
  { "practice step", "[--count N]", N_("lets the invented members do the next thing"), run_step },
  { NULL },
};
