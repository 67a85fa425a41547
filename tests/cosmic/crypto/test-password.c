/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-password.h"

static void
unhex (const char *text, guint8 *out, gsize size)
{
  g_assert_cmpuint (strlen (text), ==, 2 * size);
  for (gsize i = 0; i < size; i++)
    out[i] = (guint8) (g_ascii_xdigit_value (text[2 * i]) * 16
                       + g_ascii_xdigit_value (text[2 * i + 1]));
}

/* Made by the reference implementation (the argon2 command of Debian):
 * echo -n "password" | argon2 somesaltsomesalt -id -t 2 -k 1024 -p 1 -l 32 -r */
static void
test_derives_as_the_reference_does (void)
{
  g_autoptr (CosmicSecret) passphrase = cosmic_secret_copy ("password", 8);
  CosmicPasswordCost cost = { .passes = 2, .memory = 1024 };
  guint8 key[32], expected[32];

  unhex ("08a19ee7f6d7f589c2ab6af18d6e724172b19f7d6fd462b38430ab31ceabeaf0", expected, 32);
  g_assert_true (cosmic_password_key (passphrase, (const guint8 *) "somesaltsomesalt", cost, key));
  g_assert_cmpmem (key, 32, expected, 32);
}

static void
test_every_input_matters (void)
{
  g_autoptr (CosmicSecret) one = cosmic_secret_copy ("a passphrase", 12);
  g_autoptr (CosmicSecret) other = cosmic_secret_copy ("A passphrase", 12);
  CosmicPasswordCost more = { .passes = 2, .memory = 8 };
  guint8 salt[16] = { 1 }, salt2[16] = { 2 }, keys[4][32];

  g_assert_true (cosmic_password_key (one, salt, COSMIC_PASSWORD_COST_TEST, keys[0]));
  g_assert_true (cosmic_password_key (other, salt, COSMIC_PASSWORD_COST_TEST, keys[1]));
  g_assert_true (cosmic_password_key (one, salt2, COSMIC_PASSWORD_COST_TEST, keys[2]));
  g_assert_true (cosmic_password_key (one, salt, more, keys[3]));
  for (guint i = 0; i < 4; i++)
    for (guint j = 0; j < i; j++)
      g_assert_cmpint (memcmp (keys[i], keys[j], 32), !=, 0);
}

/* Whoever writes the file must not be able to make the reader take 4 TiB, or an hour. */
static void
test_refuses_costs_out_of_bounds (void)
{
  const CosmicPasswordCost bad[] = {
    { 0, 1024 }, { 65, 1024 }, { G_MAXUINT32, 8 }, { 1, 7 }, { 1, 0 },
    { 1, 1024 * 1024 + 1 }, { 1, G_MAXUINT32 }, { 17, 1024 * 1024 }, { G_MAXUINT32, G_MAXUINT32 },
  };
  g_autoptr (CosmicSecret) passphrase = cosmic_secret_copy ("p", 1);
  guint8 salt[16] = { 0 }, key[32];

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_assert_false (cosmic_password_cost_is_bounded (bad[i]));
      g_assert_false (cosmic_password_key (passphrase, salt, bad[i], key));
    }
  g_assert_true (cosmic_password_cost_is_bounded ((CosmicPasswordCost){ 16, 1024 * 1024 }));
  g_assert_true (cosmic_password_cost_is_bounded (COSMIC_PASSWORD_COST_TEST));
}

static void
test_calibrates_to_the_time_asked_for (void)
{
  CosmicPasswordCost cost = cosmic_password_calibrate (300);

  g_test_message ("300 ms here: %u passes over %u KiB", cost.passes, cost.memory);
  g_assert_true (cosmic_password_cost_is_bounded (cost));
  g_assert_cmpuint (cost.passes, >=, 3);
  g_assert_cmpuint (cost.memory, >=, 64 * 1024);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (cosmic_crypto_init ());
  g_test_add_func ("/crypto/password/Derives as the reference does",
                   test_derives_as_the_reference_does);
  g_test_add_func ("/crypto/password/Every input matters", test_every_input_matters);
  g_test_add_func ("/crypto/password/Refuses costs out of bounds",
                   test_refuses_costs_out_of_bounds);
  g_test_add_func ("/crypto/password/Calibrates to the time asked for",
                   test_calibrates_to_the_time_asked_for);
  return g_test_run ();
}
