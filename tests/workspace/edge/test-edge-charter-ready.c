/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-charter-compile.h"
#include "dpop-charter-word.h"
#include "dpop-edge-charter.h"

#include <string.h>

/* The folder of the tables that are expected, and of the charters' schema. */
#define TABLES "may"

static const guint8 group[DPOP_CHARTER_UNIT_SIZE] = { 1 };
static const guint8 other[DPOP_CHARTER_UNIT_SIZE] = { 2 };

static DpopCharter *
ready (const char *name, DpopCharterNames **names)
{
  g_autoptr (GBytes) bytes = dpop_edge_charter_ready (name);
  gsize size;
  const char *text = g_bytes_get_data (bytes, &size);
  DpopCharter *charter;
  g_autoptr (GPtrArray) problems = dpop_edge_charter_read (text, size, &charter, names);

  for (guint i = 0; i < problems->len; i++)
    {
      const DpopEdgeJsonProblem *problem = problems->pdata[i];

      g_error ("%s%s: %s", name, problem->pointer, problem->message);
    }
  return charter;
}

static void
test_has_no_faults (void)
{
  for (const char *const *name = dpop_edge_charter_ready_names (); *name != NULL; name++)
    {
      g_autoptr (DpopCharterNames) names = NULL;
      g_autoptr (DpopCharter) charter = ready (*name, &names);
      g_autoptr (GBytes) bytes = dpop_charter_compile (charter);
      g_autoptr (GBytes) texts = dpop_charter_names_to_bytes (names);

      g_test_message ("%s: %" G_GSIZE_FORMAT " bytes compiled, %" G_GSIZE_FORMAT " of names", *name,
                      g_bytes_get_size (bytes), g_bytes_get_size (texts));
      g_assert_nonnull (charter);
      g_assert_cmpuint (g_bytes_get_size (bytes), <, 2048);
    }
  g_assert_null (dpop_edge_charter_ready ("monarchy"));
  g_assert_null (dpop_edge_charter_ready ("../charters/party"));
}

/* A compiled charter is numbers: none of the words that stand in its document. */
static void
test_compiled_holds_nothing_that_was_typed (void)
{
  for (const char *const *name = dpop_edge_charter_ready_names (); *name != NULL; name++)
    {
      g_autoptr (DpopCharterNames) names = NULL;
      g_autoptr (DpopCharter) charter = ready (*name, &names);
      g_autoptr (GBytes) bytes = dpop_charter_compile (charter);
      gsize size;
      const char *data = g_bytes_get_data (bytes, &size);

      for (guint i = 0; i < names->roles->len; i++)
        g_assert_null (memmem (data, size, dpop_charter_names_get (names->roles, i)->key,
                               strlen (dpop_charter_names_get (names->roles, i)->key)));
      for (guint i = 0; i < names->rules->len; i++)
        g_assert_null (memmem (data, size, dpop_charter_names_get (names->rules, i)->label,
                               strlen (dpop_charter_names_get (names->rules, i)->label)));
    }
}

/* One cell: an action on something of the party, of the own group, of another group, of oneself in
 * the party; a dot where it may not. For giving and taking, the role is the first that may be. */
static void
print_cell (GString *out, const DpopCharter *charter, const DpopCharterSubject *who,
            DpopAction action)
{
  static const guint8 *const units[] = { NULL, group, other, NULL };
  static const char letters[] = "pgos";

  for (guint i = 0; i < 4; i++)
    {
      gboolean may = FALSE;
      DpopCharterTarget target = { .unit = units[i], .self = i == 3 };

      if (action != DPOP_ACTION_GRANT_ROLE && action != DPOP_ACTION_REVOKE_ROLE)
        may = dpop_charter_may (charter, who, action, &target);
      else
        for (target.role = 0; target.role < charter->n_roles; target.role++)
          may |= dpop_charter_may (charter, who, action, &target);
      g_string_append_c (out, may ? letters[i] : '.');
    }
}

/* The moves that one may make, by first letters: "a>m" an applicant to member. */
static void
print_moves (GString *out, const DpopCharter *charter, const DpopCharterSubject *who)
{
  static const guint8 *const units[] = { NULL, group, other, NULL };
  static const char *const where[] = { "party", "own group", "other group", "self" };

  for (guint i = 0; i < 4; i++)
    {
      DpopCharterTarget target = { .unit = units[i], .self = i == 3 };

      g_string_append_printf (out, "  move %s:", where[i]);
      for (target.from = 1; target.from <= DPOP_MEMBER_STATE_LAST; target.from++)
        for (target.to = 1; target.to <= DPOP_MEMBER_STATE_LAST; target.to++)
          if ((i < 3 || target.from == who->state)
              && dpop_charter_may (charter, who, DPOP_ACTION_MOVE_MEMBER, &target))
            g_string_append_printf (out, " %c>%c",
                                    dpop_charter_word (DPOP_CHARTER_WORD_STATE, target.from)[0],
                                    dpop_charter_word (DPOP_CHARTER_WORD_STATE, target.to)[0]);
      g_string_append_c (out, '\n');
    }
}

static void
print_gifts (GString *out, const DpopCharter *charter, const DpopCharterNames *names,
             const DpopCharterSubject *who, DpopAction action)
{
  g_string_append_printf (out, "  %s:", dpop_charter_word (DPOP_CHARTER_WORD_ACTION, action));
  for (guint role = 0; role < charter->n_roles; role++)
    {
      gboolean of_unit = charter->roles[role].scope == DPOP_SCOPE_UNIT;
      DpopCharterTarget here = { .unit = of_unit ? group : NULL, .role = role };
      DpopCharterTarget there = { .unit = other, .role = role };
      DpopCharterTarget own = { .unit = here.unit, .role = role, .self = TRUE };
      const char *key = dpop_charter_names_get (names->roles, role)->key;

      if (of_unit && dpop_charter_may (charter, who, action, &there))
        g_string_append_printf (out, " %s@anywhere", key);
      else if (dpop_charter_may (charter, who, action, &here))
        g_string_append_printf (out, " %s", key);
      else if (dpop_charter_may (charter, who, action, &own))
        g_string_append_printf (out, " %s@self", key);
    }
  g_string_append_c (out, '\n');
}

/* All that a member of GROUP in STATE may do, holding ROLE (n_roles: none). */
static void
print_subject (GString *out, const DpopCharter *charter, const DpopCharterNames *names, guint role,
               DpopMemberState state)
{
  DpopCharterHeld held = { .role = role };
  gboolean holds = role < charter->n_roles;
  DpopCharterSubject who = { .state = state,
                             .held = &held,
                             .n_held = holds ? 1 : 0,
                             .units = &group,
                             .n_units = charter->n_unit_kinds > 0 ? 1 : 0 };
  guint n = 0;

  if (holds && charter->roles[role].scope == DPOP_SCOPE_UNIT)
    memcpy (held.unit, group, sizeof held.unit);
  g_string_append_printf (out, "%s, %s\n",
                          holds ? dpop_charter_names_get (names->roles, role)->key : "no role",
                          dpop_charter_word (DPOP_CHARTER_WORD_STATE, state));
  for (DpopAction action = DPOP_ACTION_FIRST; action <= DPOP_ACTION_LAST; action++)
    if (action != DPOP_ACTION_MOVE_MEMBER && action != DPOP_ACTION_GRANT_ROLE
        && action != DPOP_ACTION_REVOKE_ROLE)
      {
        g_string_append_printf (out, "  %-17s ",
                                dpop_charter_word (DPOP_CHARTER_WORD_ACTION, action));
        print_cell (out, charter, &who, action);
        if (++n % 4 == 0)
          g_string_append_c (out, '\n');
      }
  g_string_append_c (out, '\n');
  print_gifts (out, charter, names, &who, DPOP_ACTION_GRANT_ROLE);
  print_gifts (out, charter, names, &who, DPOP_ACTION_REVOKE_ROLE);
  print_moves (out, charter, &who);
}

static char *
table_of (const char *name)
{
  g_autoptr (DpopCharterNames) names = NULL;
  g_autoptr (DpopCharter) charter = ready (name, &names);
  GString *out = g_string_new (NULL);

  for (guint role = 0; role <= charter->n_roles; role++)
    for (DpopMemberState state = 1; state <= DPOP_MEMBER_STATE_LAST; state++)
      print_subject (out, charter, names, (role + charter->n_roles) % (charter->n_roles + 1),
                     state);
  return g_string_free (out, FALSE);
}

/* Every action, role, scope and state against the table in may/NAME.txt, which was read and found
 * right line by line. Set DPOP_TEST_WRITE to a folder to get the tables as they are now. */
static void
test_everyone_may_do_what_the_table_says (void)
{
  const char *folder = g_getenv ("DPOP_TEST_WRITE");

  for (const char *const *name = dpop_edge_charter_ready_names (); *name != NULL; name++)
    {
      g_autofree char *table = table_of (*name), *expected = NULL;
      g_autofree char *file = g_strdup_printf ("%s.txt", *name);
      g_autofree char *path = g_test_build_filename (G_TEST_DIST, TABLES, file, NULL);
      g_autoptr (GError) error = NULL;

      if (folder != NULL)
        {
          g_autofree char *written = g_build_filename (folder, file, NULL);

          g_file_set_contents (written, table, -1, &error);
          g_assert_no_error (error);
        }
      g_file_get_contents (path, &expected, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (table, ==, expected);
    }
}

static void
test_the_ready_ones_really_differ (void)
{
  g_autoptr (DpopCharterNames) n1 = NULL, n2 = NULL, n3 = NULL;
  g_autoptr (DpopCharter) association = ready ("association", &n1);
  g_autoptr (DpopCharter) party = ready ("party", &n2);
  g_autoptr (DpopCharter) cooperative = ready ("cooperative", &n3);
  DpopCharterSubject member = { .state = DPOP_MEMBER_MEMBER };
  DpopCharterHeld group_chair
      = { .role = (guint) dpop_charter_names_find (n2->roles, "group-chair"), .unit = { 1 } };
  DpopCharterSubject chair = { .state = DPOP_MEMBER_MEMBER, .held = &group_chair, .n_held = 1 };
  DpopCharterTarget here = { 0 }, in_group = { .unit = group }, elsewhere = { .unit = other };
  const DpopCharterRule *last;

  g_assert_cmpuint (association->n_unit_kinds, ==, 0);
  g_assert_cmpuint (party->n_unit_kinds, ==, 1);
  for (guint i = 0; i < cooperative->n_roles; i++)
    g_assert_false (dpop_charter_is_office (cooperative, i));
  g_assert_false (dpop_charter_may (association, &member, DPOP_ACTION_OPEN, &here));
  g_assert_false (dpop_charter_may (party, &member, DPOP_ACTION_ENROL, &here));
  g_assert_true (dpop_charter_may (cooperative, &member, DPOP_ACTION_OPEN, &here));
  g_assert_true (dpop_charter_may (cooperative, &member, DPOP_ACTION_ENROL, &here));
  g_assert_true (dpop_charter_may (party, &chair, DPOP_ACTION_READ_MEMBER, &in_group));
  g_assert_false (dpop_charter_may (party, &chair, DPOP_ACTION_READ_MEMBER, &elsewhere));
  g_assert_false (dpop_charter_may (party, &chair, DPOP_ACTION_READ_MEMBER, &here));
  last = &party->rules[dpop_charter_names_find (n2->rules, "statutes")];
  g_assert_true (last->majority.num == 2 && last->majority.den == 3);
  last = &cooperative->rules[dpop_charter_names_find (n3->rules, "proposal")];
  g_assert_true (last->majority.num == 3 && last->majority.den == 4);
  g_assert_true (last->quorum.num == 1 && last->quorum.den == 2);
}

/* data/charters/charter.schema.json lists the same words as the code. */
static void
test_the_schema_lists_the_words_there_are (void)
{
  static const char *const kinds[] = {
    [DPOP_CHARTER_WORD_ACTION] = "action",
    [DPOP_CHARTER_WORD_REACH] = "reach",
    [DPOP_CHARTER_WORD_SCOPE] = "scope",
    [DPOP_CHARTER_WORD_STATE] = NULL,
    [DPOP_CHARTER_WORD_STATE_FLAG] = "stateFlag",
    [DPOP_CHARTER_WORD_BALLOT] = "ballot",
    [DPOP_CHARTER_WORD_BASE] = "base",
    [DPOP_CHARTER_WORD_RANKING] = "ranking",
    [DPOP_CHARTER_WORD_DEFAULT] = "defaultOption",
    [DPOP_CHARTER_WORD_EFFECT] = "effect",
  };
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "..", "..", "data", "charters",
                                                 "charter.schema.json", NULL);
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GError) error = NULL;
  JsonObject *definitions;
  gsize size;

  g_file_get_contents (path, &text, &size, &error);
  g_assert_no_error (error);
  root = dpop_edge_json_parse (text, size, DPOP_EDGE_JSON_SIZE_MAX, &error);
  g_assert_no_error (error);
  definitions = json_object_get_object_member (json_node_get_object (root), "$defs");
  for (DpopCharterWordKind kind = 0; kind <= DPOP_CHARTER_WORD_KIND_LAST; kind++)
    {
      guint n = 0;
      JsonArray *words;

      if (kinds[kind] == NULL)
        continue;
      words = json_object_get_array_member (
          json_object_get_object_member (definitions, kinds[kind]), "enum");
      for (guint i = dpop_charter_word_first (kind); i <= dpop_charter_word_last (kind); i++)
        if (kind != DPOP_CHARTER_WORD_ACTION || i != DPOP_ACTION_MOVE_MEMBER)
          g_assert_cmpstr (json_array_get_string_element (words, n++), ==,
                           dpop_charter_word (kind, i));
      g_assert_cmpuint (json_array_get_length (words), ==, n);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/edge/charter-ready/Has no faults", test_has_no_faults);
  g_test_add_func ("/edge/charter-ready/Compiled it holds nothing that was typed",
                   test_compiled_holds_nothing_that_was_typed);
  g_test_add_func ("/edge/charter-ready/Everyone may do what the table says",
                   test_everyone_may_do_what_the_table_says);
  g_test_add_func ("/edge/charter-ready/The ready ones really differ",
                   test_the_ready_ones_really_differ);
  g_test_add_func ("/edge/charter-ready/The schema lists the words there are",
                   test_the_schema_lists_the_words_there_are);
  return g_test_run ();
}
