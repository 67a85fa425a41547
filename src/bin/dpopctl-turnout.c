/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpopctl-find.h"

#include "dpop-decision-preview.h"
#include "dpop-entitled.h"
#include "dpop-may-decision.h"
#include "dpop-reason.h"
#include "dpop-turnout.h"

#include <glib/gi18n-lib.h>

/* Who takes part in a decision, and who may do what with it. */

static gboolean
begin (Dpopctl *self, int argc, char **argv, const GOptionEntry *entries, CosmicId *decision,
       GError **error)
{
  g_auto (GStrv) words = NULL;

  if (!dpopctl_arguments (argc, argv, entries, 1, 1, &words, error)
      || !dpopctl_open_founded (self, error)
      || !dpopctl_find_decision (self, words[0], decision, error))
    return FALSE;
  dpopctl_print_id (self, "decision", decision);
  return TRUE;
}

/* --- Turnout. --- */

static gboolean
run_turnout (Dpopctl *self, int argc, char **argv, GError **error)
{
  g_autoptr (DpopTurnout) turnout = NULL;
  JsonArray *points = json_array_new ();
  CosmicId decision;

  dpopctl_print_array (self, "points", points);
  if (!begin (self, argc, argv, NULL, &decision, error)
      || (turnout = dpop_turnout_new (self->profile, &decision, error)) == NULL)
    return FALSE;
  dpopctl_print_number (self, "entitled", (gint64) turnout->entitled);
  dpopctl_print_number (self, "voted", (gint64) turnout->voted);
  dpopctl_print_time_to (self->result, "opened", turnout->opened);
  dpopctl_print_time_to (self->result, "closes", turnout->closes);
  dpopctl_print_time_to (self->result, "closed", turnout->closed);
  for (guint i = 0; i < turnout->points->len; i++)
    {
      const DpopTurnoutPoint *point = &g_array_index (turnout->points, DpopTurnoutPoint, i);
      JsonObject *object = json_object_new ();
      g_autofree char *when = dpopctl_print_time (point->time);

      dpopctl_print_time_to (object, "time", point->time);
      json_object_set_int_member (object, "voted", (gint64) point->voted);
      json_array_add_object_element (points, object);
      dpopctl_print (self, _("%s  %lu of %lu"), when, (gulong) point->voted,
                     (gulong) turnout->entitled);
    }
  return TRUE;
}

/* --- Who is entitled. --- */

static gint
by_name (gconstpointer a, gconstpointer b)
{
  const char *const *x = a, *const *y = b;

  return g_utf8_collate (*x, *y);
}

/* Lines for a person, by name. */
static void
show_people (Dpopctl *self, const DpopEntitled *entitled, const char *voted, JsonArray *members)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < entitled->members->len; i++)
    {
      const CosmicId *id = &g_array_index (entitled->members, CosmicId, i);
      gboolean has = g_array_index (entitled->voted, guint8, i) != 0;
      g_autofree char *name = NULL;
      JsonObject *object;

      if (voted != NULL && g_str_equal (voted, "yes") != has)
        continue;
      name = dpopctl_find_member_name (self, id);
      object = json_object_new ();
      dpopctl_print_id_to (object, "member", id);
      json_object_set_string_member (object, "name", name);
      json_object_set_boolean_member (object, "voted", has);
      json_array_add_object_element (members, object);
      g_ptr_array_add (lines, g_strdup_printf ("%s%s", name, has ? _(" (has voted)") : ""));
    }
  g_ptr_array_sort (lines, by_name);
  for (guint i = 0; i < lines->len; i++)
    dpopctl_print (self, "%s", (const char *) lines->pdata[i]);
}

static gboolean
run_entitled (Dpopctl *self, int argc, char **argv, GError **error)
{
  g_autofree char *voted = NULL;
  const GOptionEntry entries[] = {
    { "voted", 0, 0, DPOPCTL_TEXT, &voted, NULL, NULL }, G_OPTION_ENTRY_NULL,
  };
  g_autoptr (DpopEntitled) entitled = NULL;
  JsonArray *members = json_array_new ();
  CosmicId decision;

  dpopctl_print_array (self, "members", members);
  if (!begin (self, argc, argv, entries, &decision, error))
    return FALSE;
  if (voted != NULL && !g_str_equal (voted, "yes") && !g_str_equal (voted, "no"))
    return dpopctl_arguments_fail (error, _("--voted is yes or no, not \"%s\"."), voted);
  if ((entitled = dpop_entitled_new (self->profile, &decision, error)) == NULL)
    return FALSE;
  dpopctl_print_number (self, "entitled", entitled->members->len);
  dpopctl_print_number (self, "voted", entitled->n_voted);
  dpopctl_print (self, _("%u are entitled, %u have voted."), entitled->members->len,
                 entitled->n_voted);
  show_people (self, entitled, voted, members);
  return TRUE;
}

/* --- How it will be decided. --- */

static gboolean
run_preview (Dpopctl *self, int argc, char **argv, GError **error)
{
  g_autoptr (DpopDecisionPreview) preview = NULL;
  JsonArray *sentences = json_array_new ();
  CosmicId decision;

  dpopctl_print_array (self, "deciding", sentences);
  if (!begin (self, argc, argv, NULL, &decision, error)
      || (preview = dpop_decision_preview_of (self->profile, &decision, error)) == NULL)
    return FALSE;
  for (guint i = 0; i < preview->deciding->len; i++)
    {
      json_array_add_string_element (sentences, preview->deciding->pdata[i]);
      dpopctl_print (self, "%s", (const char *) preview->deciding->pdata[i]);
    }
  dpopctl_print (self, "%s", preview->voters);
  dpopctl_print_string (self, "voters", preview->voters);
  dpopctl_print_number (self, "entitled", preview->entitled);
  dpopctl_print_number (self, "without_computer", preview->without_computer);
  dpopctl_print_time_to (self->result, "opens", preview->opens);
  return TRUE;
}

/* --- What one may do with it. --- */

static void
show_may (Dpopctl *self, const char *name, const DpopMay *may)
{
  JsonObject *object = json_object_new ();

  json_object_set_boolean_member (object, "may", may->yes);
  if (may->why != NULL)
    json_object_set_string_member (object, "why", may->why);
  else
    json_object_set_null_member (object, "why");
  if (may->reason != COSMIC_REASON_NONE)
    json_object_set_string_member (object, "reason", dpop_reason_name (may->reason));
  else
    json_object_set_null_member (object, "reason");
  dpopctl_print_object (self, name, object);
  dpopctl_print (self, "%-10s %s", name, may->yes ? _("yes") : may->why);
}

static gboolean
run_may (Dpopctl *self, int argc, char **argv, GError **error)
{
  DpopMayDecision may;
  CosmicId decision;

  if (!begin (self, argc, argv, NULL, &decision, error)
      || !dpop_may_decision (self->profile, &decision, &may, error))
    return FALSE;
  show_may (self, "reword", &may.reword);
  show_may (self, "text", &may.add_text);
  show_may (self, "option", &may.add_option);
  show_may (self, "open", &may.open);
  show_may (self, "vote", &may.vote);
  show_may (self, "vote_for", &may.vote_for);
  show_may (self, "close", &may.close);
  show_may (self, "stop", &may.stop);
  show_may (self, "enact", &may.enact);
  show_may (self, "comment", &may.comment);
  dpopctl_print_flag (self, "has_voted", may.has_voted);
  return TRUE;
}

const DpopctlVerb dpopctl_turnout_verbs[] = {
  { "decision turnout", "DECISION", N_("how many had voted by when"), run_turnout },
  { "decision entitled", "DECISION [--voted yes|no]",
    N_("who is entitled to vote, and who has voted"), run_entitled },
  { "decision preview", "DECISION", N_("how it will be decided, and by whom"), run_preview },
  { "decision may", "DECISION", N_("what you may do with it now, and why not"), run_may },
  { NULL },
};
