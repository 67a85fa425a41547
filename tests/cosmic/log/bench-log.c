/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture-log.h"

/* Operations signed, verified and applied a second, beside what libsodium alone does in the same
 * run. Both logs are databases in memory: what is measured is the log, not the disk. */

#define OPERATIONS 20000
#define BATCH      1000 /* operations a transaction */

static double
rate (gint64 since, guint count)
{
  return count * 1e6 / (double) MAX (g_get_monotonic_time () - since, 1);
}

static void
bench_sodium (double *sign, double *verify)
{
  FixtureRandom random;
  guint8 public_key[32], message[400] = { 0 };
  g_autofree guint8 *signatures = g_malloc (5000 * COSMIC_SIGN_SIZE);
  g_autoptr (CosmicSecret) key = NULL;
  gint64 start;

  fixture_random_init (&random, 1);
  key = cosmic_sign_key_new (fixture_random_table (&random), public_key);
  start = g_get_monotonic_time ();
  for (guint i = 0; i < 5000; i++)
    {
      memcpy (message, &i, sizeof i);
      cosmic_sign (key, message, sizeof message, signatures + i * COSMIC_SIGN_SIZE);
    }
  *sign = rate (start, 5000);
  start = g_get_monotonic_time ();
  for (guint i = 0; i < 5000; i++)
    {
      memcpy (message, &i, sizeof i);
      g_assert_true (cosmic_verify (public_key, message, sizeof message,
                                    signatures + i * COSMIC_SIGN_SIZE));
    }
  *verify = rate (start, 5000);
}

static double
bench_append (FixtureLog *log, const FixtureDevice *device, const CosmicId *stream)
{
  gint64 start = g_get_monotonic_time ();
  GError *error = NULL;

  for (guint i = 0; i < OPERATIONS; i++)
    {
      const CosmicClaim claim = { .stream = *stream, .kind = FIXTURE_KIND_SAY,
                                  .body = g_variant_new ("(u)", i + 1) };
      g_autoptr (CosmicOperation) operation = NULL;
      CosmicReason reason;

      if (i % BATCH == 0)
        cosmic_log_begin (log->log, NULL);
      cosmic_log_append (log->log, device->sign, &claim, &operation, &reason, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (reason, ==, 0);
      if ((i + 1) % BATCH == 0)
        cosmic_log_commit (log->log, NULL);
    }
  return rate (start, OPERATIONS);
}

static double
bench_accept (FixtureLog *log, GPtrArray *parcels, guint *operations)
{
  gint64 start = g_get_monotonic_time ();
  GError *error = NULL;

  *operations = 0;
  for (guint i = 0; i < parcels->len; i++)
    {
      const FixtureParcel *parcel = parcels->pdata[i];
      CosmicAccept accept;

      if (i % BATCH == 0)
        cosmic_log_begin (log->log, NULL);
      if (parcel->item != NULL)
        {
          cosmic_log_accept (log->log, parcel->item, parcel->body, parcel->personal, &accept,
                             &error);
          g_assert_no_error (error);
          ++*operations;
        }
      if ((i + 1) % BATCH == 0 || i + 1 == parcels->len)
        cosmic_log_commit (log->log, NULL);
    }
  return rate (start, *operations);
}

static double
bench_apply (FixtureLog *log, GPtrArray *parcels, guint operations)
{
  gint64 start = g_get_monotonic_time ();

  for (guint i = 0; i < parcels->len; i++)
    if (((FixtureParcel *) parcels->pdata[i])->item == NULL)
      g_assert_true (fixture_log_take (log, parcels->pdata[i]));
  return rate (start, operations);
}

int
main (void)
{
  FixtureLog *log = fixture_log_new (1), *other = fixture_log_new (2);
  FixtureDevice device;
  g_autoptr (CosmicSecret) witness = NULL;
  g_autoptr (GPtrArray) parcels = NULL;
  double sign, verify, appended, accepted, applied, certified;
  CosmicVerifyReport report;
  CosmicId stream;
  guint operations;
  gint64 start;

  fixture_device_init (&device, &log->random);
  fixture_log_found (log, &device, &witness);
  fixture_log_open_stream (log, &device, &stream);
  bench_sodium (&sign, &verify);
  appended = bench_append (log, &device, &stream);
  start = g_get_monotonic_time ();
  fixture_log_certify (log, witness);
  certified = rate (start, OPERATIONS);
  fixture_log_give_keys (log, other);
  parcels = fixture_log_parcels (log);
  accepted = bench_accept (other, parcels, &operations);
  applied = bench_apply (other, parcels, operations);
  start = g_get_monotonic_time ();
  cosmic_log_verify (other->log, NULL, NULL, &report, NULL);
  g_assert_cmpuint (report.faults->len, ==, 0);
  cosmic_verify_report_clear (&report);
  g_print ("libsodium alone: signs %.0f/s, verifies %.0f/s\n", sign, verify);
  g_print ("signed, tried and stored: %.0f/s (%.2f of libsodium's signing)\n", appended,
           appended / sign);
  g_print ("confirmed: %.0f/s\n", certified);
  g_print ("verified and stored: %.0f/s (%.2f of libsodium's verifying)\n", accepted,
           accepted / verify);
  g_print ("folded and held against the certificate: %.0f/s\n", applied);
  g_print ("verified, stored and folded: %.0f/s (%.2f of libsodium's verifying)\n",
           1 / (1 / accepted + 1 / applied), 1 / (1 / accepted + 1 / applied) / verify);
  g_print ("checked again from genesis on: %.0f/s\n", rate (start, operations));
  cosmic_secret_free (g_steal_pointer (&witness));
  fixture_device_clear (&device);
  fixture_log_free (log);
  fixture_log_free (other);
  return 0;
}
