/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-edge-json.h"
#include "fixture-random.h"

#include <string.h>

#define SIZE_LIMIT 4096

static gboolean
scan (const char *text, GError **error)
{
  /* Without a NUL behind it, so that reading past the end shows. */
  gsize size = strlen (text);
  g_autofree char *copy = g_memdup2 (text, size);

  return dpop_edge_json_scan (copy, size, SIZE_LIMIT, error);
}

/* What json-glib is spared, and what it would have done. */
static const struct
{
  const char *text;
  DpopEdgeError code;
  const char *message; /* how it begins */
} refused[] = {
  { "", DPOP_EDGE_ERROR_EMPTY, "There is nothing" },
  { " \n\t ", DPOP_EDGE_ERROR_EMPTY, "There is nothing" },
  { "\xef\xbb\xbf{}", DPOP_EDGE_ERROR_ENCODING, "Line 1, column 1: The file begins with a byte" },
  { "\"\xff\"", DPOP_EDGE_ERROR_ENCODING, "Line 1, column 2: This is no UTF-8" },
  { "\"\xc0\x80\"", DPOP_EDGE_ERROR_ENCODING, "Line 1, column 2: This is no UTF-8" },
  { "\"\xed\xa0\x80\"", DPOP_EDGE_ERROR_ENCODING, "Line 1, column 2: This is no UTF-8" },
  { "{\"a\":1,\"a\":2}", DPOP_EDGE_ERROR_SYNTAX, "Line 1, column 8: This key stands twice" },
  { "{\"a\":1,\"\\u0061\":2}", DPOP_EDGE_ERROR_SYNTAX, "Line 1, column 8: This key stands" },
  { "{\"ä\":1,\n \"b\":{},\n \"\\u00e4\":2}", DPOP_EDGE_ERROR_SYNTAX, "Line 3, column 2: This k" },
  { "// hello\n1", DPOP_EDGE_ERROR_SYNTAX, "Line 1, column 1: JSON has no comments" },
  { "[1 /* one */]", DPOP_EDGE_ERROR_SYNTAX, "Line 1, column 4: JSON has no comments" },
  { "{ # a\n}", DPOP_EDGE_ERROR_SYNTAX, "Line 1, column 3: JSON has no comments" },
  { "[\n1,\n# two\n2]", DPOP_EDGE_ERROR_SYNTAX, "Line 3, column 1: JSON has no comments" },
  { "1 // end", DPOP_EDGE_ERROR_SYNTAX, "Line 1, column 3: The document ends before" },
  { "var x = {};", DPOP_EDGE_ERROR_SYNTAX, "Line 1, column 1: Write the value alone" },
  { "{}[]", DPOP_EDGE_ERROR_SYNTAX, "Line 1, column 3: The document ends before" },
  { "{};", DPOP_EDGE_ERROR_SYNTAX, "Line 1, column 3: The document ends before" },
  { "01", DPOP_EDGE_ERROR_SYNTAX, "Line 1, column 1: Write the number without zeros" },
  { "-01", DPOP_EDGE_ERROR_SYNTAX, "Line 1, column 1: Write the number without zeros" },
  { "00", DPOP_EDGE_ERROR_SYNTAX, "Line 1, column 1: Write the number without zeros" },
  { "0x10", DPOP_EDGE_ERROR_SYNTAX, "Line 1, column 1: This is no number" },
  { "1a", DPOP_EDGE_ERROR_SYNTAX, "Line 1, column 1: This is no number" },
  { "1.2.3", DPOP_EDGE_ERROR_SYNTAX, "Line 1, column 1: This is no number" },
  { "+1", DPOP_EDGE_ERROR_SYNTAX, "Line 1, column 1: Begin a number" },
  { ".5", DPOP_EDGE_ERROR_SYNTAX, "Line 1, column 1: Begin a number" },
  { "5.", DPOP_EDGE_ERROR_SYNTAX, "Line 1, column 3: Write a digit after the decimal" },
  { "-", DPOP_EDGE_ERROR_SYNTAX, "Line 1, column 1: Write a digit after the minus" },
  { "1e", DPOP_EDGE_ERROR_SYNTAX, "Line 1, column 3: Write a digit in the exponent" },
  { "1e999", DPOP_EDGE_ERROR_SYNTAX, "Line 1, column 1: This number is too large" },
  { "9223372036854775808", DPOP_EDGE_ERROR_SYNTAX, "Line 1, column 1: This number is beyond" },
  { "-9223372036854775809", DPOP_EDGE_ERROR_SYNTAX, "Line 1, column 1: This number is beyond" },
  { "[99999999999999999999999]", DPOP_EDGE_ERROR_SYNTAX, "Line 1, column 2: This number is b" },
  { "NaN", DPOP_EDGE_ERROR_SYNTAX, "Line 1, column 1: Only finite" },
  { "[nan]", DPOP_EDGE_ERROR_SYNTAX, "Line 1, column 2: Only finite" },
  { "Infinity", DPOP_EDGE_ERROR_SYNTAX, "Line 1, column 1: Only finite" },
  { "-Infinity", DPOP_EDGE_ERROR_SYNTAX, "Line 1, column 1: Only finite" },
  { "\"\\ud800\"", DPOP_EDGE_ERROR_SYNTAX, "Line 1, column 2: This is the first half" },
  { "\"\\ud800\\u0041\"", DPOP_EDGE_ERROR_SYNTAX, "Line 1, column 2: This is the first half" },
  { "\"\\ud800x\"", DPOP_EDGE_ERROR_SYNTAX, "Line 1, column 2: This is the first half" },
  { "\"\\udc00\"", DPOP_EDGE_ERROR_SYNTAX, "Line 1, column 2: This is the second half" },
  { "\"\\u0000\"", DPOP_EDGE_ERROR_SYNTAX, "Line 1, column 2: A text cannot hold" },
  { "\"\\u12\"", DPOP_EDGE_ERROR_SYNTAX, "Line 1, column 6: Write four hexadecimal" },
  { "\"\\u12", DPOP_EDGE_ERROR_SYNTAX, "Line 1, column 6: Write four hexadecimal" },
  { "\"\\x41\"", DPOP_EDGE_ERROR_SYNTAX, "Line 1, column 2: There is no such escape" },
  { "\"\\", DPOP_EDGE_ERROR_SYNTAX, "Line 1, column 3: The text ends within" },
  { "\"a", DPOP_EDGE_ERROR_SYNTAX, "Line 1, column 3: The text ends within" },
  { "\"a\nb\"", DPOP_EDGE_ERROR_SYNTAX, "Line 1, column 3: The line ends within" },
  { "\"a\tb\"", DPOP_EDGE_ERROR_SYNTAX, "Line 1, column 3: There is a control" },
  { "'a'", DPOP_EDGE_ERROR_SYNTAX, "Line 1, column 1: Write texts in double" },
  { "{a:1}", DPOP_EDGE_ERROR_SYNTAX, "Line 1, column 2: Write a key in quotation" },
  { "{1:1}", DPOP_EDGE_ERROR_SYNTAX, "Line 1, column 2: Write a key in quotation" },
  { "{\"a\" 1}", DPOP_EDGE_ERROR_SYNTAX, "Line 1, column 6: Write a colon" },
  { "{\"a\":}", DPOP_EDGE_ERROR_SYNTAX, "Line 1, column 6: A value is missing" },
  { "{\"a\":1,}", DPOP_EDGE_ERROR_SYNTAX, "Line 1, column 8: Remove the comma" },
  { "{\"a\":1 \"b\":2}", DPOP_EDGE_ERROR_SYNTAX, "Line 1, column 8: Write a comma or }" },
  { "[1,]", DPOP_EDGE_ERROR_SYNTAX, "Line 1, column 4: A value is missing" },
  { "[,1]", DPOP_EDGE_ERROR_SYNTAX, "Line 1, column 2: A value is missing" },
  { "[1 2]", DPOP_EDGE_ERROR_SYNTAX, "Line 1, column 4: Write a comma or ]" },
  { "[1", DPOP_EDGE_ERROR_SYNTAX, "Line 1, column 3: The document ends within [" },
  { "{\"a\":[1}", DPOP_EDGE_ERROR_SYNTAX, "Line 1, column 8: Write a comma or ]" },
  { "{", DPOP_EDGE_ERROR_SYNTAX, "Line 1, column 2: Write a key" },
  { "{\"a\":1", DPOP_EDGE_ERROR_SYNTAX, "Line 1, column 7: The document ends within {" },
  { "[", DPOP_EDGE_ERROR_SYNTAX, "Line 1, column 2: The document ends here" },
  { "]", DPOP_EDGE_ERROR_SYNTAX, "Line 1, column 1: A value is missing" },
  { "tru", DPOP_EDGE_ERROR_SYNTAX, "Line 1, column 1: Write a text in quotation" },
  { "truest", DPOP_EDGE_ERROR_SYNTAX, "Line 1, column 1: Write this word in" },
  { "True", DPOP_EDGE_ERROR_SYNTAX, "Line 1, column 1: Write a text in quotation" },
  { "undefined", DPOP_EDGE_ERROR_SYNTAX, "Line 1, column 1: Write a text in quotation" },
  { "\v1", DPOP_EDGE_ERROR_SYNTAX, "Line 1, column 1: Write a text in quotation" },
  { "\xc2\xa0{}", DPOP_EDGE_ERROR_SYNTAX, "Line 1, column 1: Write a text in quotation" },
};

static void
test_refuses_what_is_no_json (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (scan (refused[i].text, &error));
      if (!g_str_has_prefix (error->message, refused[i].message))
        g_error ("%s: %s", refused[i].text, error->message);
      g_assert_error (error, DPOP_EDGE_ERROR, (gint) refused[i].code);
      g_assert_false (scan (refused[i].text, NULL));
    }
}

static void
test_takes_what_is_json (void)
{
  static const char *const cases[] = {
    "{}",
    "[]",
    " [ ] ",
    "null",
    "true",
    "false",
    "0",
    "-0",
    "-1",
    "0.5",
    "-0.5e-3",
    "1E+5",
    "9223372036854775807",
    "-9223372036854775808",
    "\"\"",
    "\"\\u00e4 \\ud83d\\ude00 ä 😀 \\\" \\\\ \\/ \\b\\f\\n\\r\\t\"",
    "{\"\":0}",
    "{\"a\":{\"a\":{\"a\":[{\"a\":1},{\"a\":1}]}}}",
    "\r\n\t {\"a\" : [ 1 , 2 ] , \"b\" : null }\r\n",
    "\"\x7f\"",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = NULL;

      scan (cases[i], &error);
      g_assert_no_error (error);
      node = dpop_edge_json_parse (cases[i], strlen (cases[i]), SIZE_LIMIT, &error);
      g_assert_no_error (error);
      g_assert_nonnull (node);
    }
}

static char *
nested (guint depth, const char *open, const char *close)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < depth; i++)
    g_string_append (text, open);
  g_string_append_c (text, '1');
  for (guint i = 0; i < depth; i++)
    g_string_append (text, close);
  return g_string_free (text, FALSE);
}

static void
test_depth_ends_at_64 (void)
{
  g_autofree char *deepest = nested (64, "[", "]"), *too_deep = nested (65, "[", "]");
  g_autofree char *objects = nested (64, "{\"a\":", "}"), *deep = nested (65, "{\"a\":", "}");
  g_autofree char *abyss = nested (100000, "[", "");
  g_autoptr (GError) error = NULL;

  g_assert_true (scan (deepest, NULL));
  g_assert_true (scan (objects, NULL));
  g_assert_false (scan (too_deep, &error));
  g_assert_error (error, DPOP_EDGE_ERROR, DPOP_EDGE_ERROR_TOO_LARGE);
  g_assert_nonnull (strstr (error->message, "column 65"));
  g_assert_false (scan (deep, NULL));
  g_assert_false (dpop_edge_json_scan (abyss, strlen (abyss), DPOP_EDGE_JSON_SIZE_MAX, NULL));
}

static void
test_size_ends_where_the_caller_says (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (dpop_edge_json_scan ("[1,2]", 5, 5, NULL));
  g_assert_false (dpop_edge_json_scan ("[1,2]", 5, 4, &error));
  g_assert_error (error, DPOP_EDGE_ERROR, DPOP_EDGE_ERROR_TOO_LARGE);
  g_assert_false (dpop_edge_json_scan (NULL, 0, 4, NULL));
  g_assert_false (dpop_edge_json_scan ("1\0", 2, SIZE_LIMIT, NULL));
}

/* A random value, as text: what is written by the grammar passes, and json-glib reads the same. */
static void
write_value (FixtureRandom *random, GString *out, guint depth)
{
  static const char *const scalars[] = { "null",
                                         "true",
                                         "false",
                                         "0",
                                         "-7",
                                         "12.5",
                                         "1e-9",
                                         "\"\"",
                                         "\"ä\"",
                                         "\"\\ud83d\\ude00\"",
                                         "\"\\n\\u0041/\\/\"",
                                         "9007199254740993" };
  guint n = (guint) fixture_random_below (random, 4);

  if (fixture_random_below (random, 4) == 0)
    g_string_append (out, " \n");
  switch (depth > 0 ? fixture_random_below (random, 3) : 2)
    {
    case 0:
      g_string_append_c (out, '[');
      for (guint i = 0; i < n; i++)
        {
          g_string_append (out, i > 0 ? ", " : "");
          write_value (random, out, depth - 1);
        }
      g_string_append_c (out, ']');
      break;
    case 1:
      g_string_append_c (out, '{');
      for (guint i = 0; i < n; i++)
        {
          g_string_append_printf (out, "%s\"k%u\" :", i > 0 ? "," : "", i);
          write_value (random, out, depth - 1);
        }
      g_string_append_c (out, '}');
      break;
    default:
      g_string_append (out, scalars[fixture_random_below (random, G_N_ELEMENTS (scalars))]);
    }
}

static void
test_random_documents_are_read_as_they_were_written (void)
{
  guint64 seed = (guint32) g_test_rand_int ();
  FixtureRandom random;

  g_test_message ("seed %" G_GUINT64_FORMAT, seed);
  fixture_random_init (&random, seed);
  for (guint i = 0; i < 2000 / fixture_share (); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = NULL, again = NULL;
      g_autofree char *written = NULL;

      write_value (&random, text, 6);
      node = dpop_edge_json_parse (text->str, text->len, DPOP_EDGE_JSON_SIZE_MAX, &error);
      g_assert_no_error (error);
      written = json_to_string (node, FALSE);
      again = dpop_edge_json_parse (written, strlen (written), DPOP_EDGE_JSON_SIZE_MAX, &error);
      g_assert_no_error (error);
      g_assert_true (json_node_equal (node, again));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/edge/json-scan/Refuses what is no JSON", test_refuses_what_is_no_json);
  g_test_add_func ("/edge/json-scan/Takes what is JSON", test_takes_what_is_json);
  g_test_add_func ("/edge/json-scan/Depth ends at 64", test_depth_ends_at_64);
  g_test_add_func ("/edge/json-scan/Size ends where the caller says",
                   test_size_ends_where_the_caller_says);
  g_test_add_func ("/edge/json-scan/Random documents are read as they were written",
                   test_random_documents_are_read_as_they_were_written);
  return g_test_run ();
}
