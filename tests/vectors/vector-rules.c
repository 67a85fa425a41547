/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-rules.h"
#include "vector-file.h"

/* Whether a kind exists, and how it is ordered, is for the rules version to say, for good. */
static void
test_rules (void)
{
  VectorFile *file = vector_file_new ("rules");
  const CosmicRules *rules = dpop_rules ();

  for (guint i = 0; i < rules->n_kinds; i++)
    {
      const CosmicKind *kind = rules->kinds[i];

      g_assert_true (cosmic_rules_kind (rules, kind->number) == kind);
      vector_file_begin (file, kind->name);
      vector_file_number (file, "kind", kind->number);
      vector_file_text (file, "type", kind->body_type);
      vector_file_number (file, "place", kind->place);
      vector_file_number (file, "class", kind->class);
      vector_file_number (file, "personal", kind->personal);
      vector_file_number (file, "subject", (guint64) (kind->subject + 1));
      vector_file_number (file, "since", kind->since);
      vector_file_flag (file, "bulk", kind->bulk);
    }
  vector_file_finish (file);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vectors/rules/Every kind is what it was", test_rules);
  return g_test_run ();
}
