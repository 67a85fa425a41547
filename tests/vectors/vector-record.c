/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-record-seal.h"
#include "fixture-random.h"
#include "vector-file.h"

#include <string.h>

static CosmicId
random_id (FixtureRandom *random)
{
  CosmicId id;

  dpop_random_fill (fixture_random_table (random), &id, sizeof id);
  return id;
}

static void
write_record (VectorFile *file, FixtureRandom *random, const char *name, const char *text)
{
  DpopRecordSeal seal = { .party = random_id (random), .decision = random_id (random),
                          .outcome = random_id (random), .root = random_id (random),
                          .height = 12, .made = G_GINT64_CONSTANT (1796000000000) };
  g_autofree char *plain = dpop_record_seal_plain (text);
  g_autofree char *code = NULL;
  g_autofree char *whole = NULL;
  g_autoptr (CosmicSecret) key = NULL;
  guint8 ignored[32];

  key = cosmic_sign_key_new (fixture_random_table (random), ignored);
  dpop_record_seal_sign (&seal, plain, key);
  code = dpop_record_seal_write (&seal);
  whole = g_strconcat (text, code, NULL);
  vector_file_begin (file, name);
  vector_file_id (file, "party", &seal.party);
  vector_file_id (file, "decision", &seal.decision);
  vector_file_id (file, "device", &seal.device);
  vector_file_id (file, "outcome", &seal.outcome);
  vector_file_id (file, "root", &seal.root);
  vector_file_number (file, "height", seal.height);
  vector_file_number (file, "made", (guint64) seal.made);
  vector_file_bytes (file, "plain", plain, strlen (plain));
  vector_file_bytes (file, "file", whole, strlen (whole));
}

static void
test_records (void)
{
  VectorFile *file = vector_file_new ("record");
  FixtureRandom random;

  fixture_random_init (&random, 4101);
  write_record (file, &random, "a record",
                "DPOP-RECORD-1\nRecord of a decision\n\nOutcome: Accepted: 5 yes, 2 no.\n\n");
  write_record (file, &random, "white space and accents",
                "DPOP-RECORD-1 \t e\xcc\x81tat \xc2\xa0\xe2\x80\x83 c\xcc\xa7" "a\f\n\xe6\x9c\x83\n");
  vector_file_finish (file);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (cosmic_crypto_init ());
  g_test_add_func ("/vectors/Records are signed as they were", test_records);
  return g_test_run ();
}
