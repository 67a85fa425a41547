/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-help-text.h"

#include "fixture-random.h"

#include <string.h>

static void
check_markup (const char *text, const char *wanted)
{
  g_autofree char *markup = dpop_help_text_markup (text);

  g_assert_cmpstr (markup, ==, wanted);
}

static void
check_plain (const char *text, const char *wanted)
{
  g_autofree char *plain = dpop_help_text_plain (text);

  g_assert_cmpstr (plain, ==, wanted);
}

static void
test_marks (void)
{
  check_markup ("", "");
  check_markup ("Plain words.", "Plain words.");
  check_markup ("Choose *Save*.", "Choose <b>Save</b>.");
  check_markup ("`Ctrl+F` and `F1`", "<tt>Ctrl+F</tt> and <tt>F1</tt>");
  check_markup ("See [the rules](our-rules).",
                "See <a href=\"dpop-help:our-rules\">the rules</a>.");
  check_markup ("*a*`b`[c](d)", "<b>a</b><tt>b</tt><a href=\"dpop-help:d\">c</a>");
  check_plain ("Press `F1`, choose *Save*, see [the rules](our-rules).",
               "Press F1, choose Save, see the rules.");
}

static void
test_literal (void)
{
  check_plain ("2 * 3", "2 * 3");
  check_plain ("*", "*");
  check_plain ("**", "**");
  check_plain ("``", "``");
  check_plain ("[](x)", "[](x)");
  check_plain ("[a](", "[a](");
  check_plain ("[a]()", "[a]()");
  check_plain ("[a](b", "[a](b");
  check_plain ("[a] (b)", "[a] (b)");
  check_plain ("[a](http://b)", "[a](http://b)");
  check_plain ("[a](B)", "[a](B)");
  check_plain ("[a", "[a");
  check_plain ("a\\", "a\\");
}

static void
test_escapes (void)
{
  check_plain ("\\*no screen\\*", "*no screen*");
  check_markup ("*a\\*b*", "<b>a*b</b>");
  check_markup ("[a\\]b](c)", "<a href=\"dpop-help:c\">a]b</a>");
  check_plain ("C:\\new", "C:\\new");
  check_markup ("\\[a](b)", "[a](b)");
}

static void
test_markup_is_escaped (void)
{
  check_markup ("<b>&\"*<i>*", "&lt;b&gt;&amp;&quot;<b>&lt;i&gt;</b>");
  check_markup ("[<](x)", "<a href=\"dpop-help:x\">&lt;</a>");
}

static void
test_bounds (void)
{
  g_autoptr (GString) many = g_string_new (NULL);
  g_autoptr (GString) long_text = g_string_new (NULL);
  g_autoptr (GArray) runs = NULL;
  g_autofree char *plain = NULL;
  g_autofree char *cut = NULL;

  for (guint i = 0; i < DPOP_HELP_TEXT_RUNS_MAX; i++)
    g_string_append (many, "*a*b");
  runs = dpop_help_text_parse (many->str);
  g_assert_cmpuint (runs->len, <=, DPOP_HELP_TEXT_RUNS_MAX);
  g_assert_cmpuint (runs->len, >, DPOP_HELP_TEXT_RUNS_MAX - 4);
  plain = dpop_help_text_plain (many->str);
  g_assert_true (g_str_has_suffix (plain, "*a*b"));

  g_string_append (long_text, "x");
  while (long_text->len < DPOP_HELP_TEXT_SIZE_MAX + 100)
    g_string_append (long_text, "é");
  cut = dpop_help_text_plain (long_text->str);
  g_assert_cmpuint (strlen (cut), ==, DPOP_HELP_TEXT_SIZE_MAX - 1);
  g_assert_true (g_str_has_suffix (cut, "é"));
}

static void
test_not_utf8 (void)
{
  g_autofree char *bad = g_strnfill (DPOP_HELP_TEXT_SIZE_MAX + 10, '\xff');
  g_autofree char *plain = dpop_help_text_plain (bad);

  check_plain ("a\xff" "b", "a\xef\xbf\xbd" "b");
  g_assert_true (g_utf8_validate (plain, -1, NULL));
  g_assert_cmpuint (strlen (plain), <=, DPOP_HELP_TEXT_SIZE_MAX);
}

/* Whatever a translation makes of it: markup that Pango reads, and no letter is lost but marks. */
static void
test_any_text (void)
{
  static const char *const pieces[]
      = { "*", "`", "[", "]", "(", ")", "\\", "a", "é", "<", "&", "](x)", "\xff", " " };
  FixtureRandom random;

  fixture_random_init (&random, 7);
  for (guint round = 0; round < 20000 / fixture_share (); round++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GError) error = NULL;
      g_autofree char *markup = NULL;
      g_autofree char *whole = NULL;
      GMarkupParser parser = { NULL };
      GMarkupParseContext *context;

      for (guint i = 0; i < 12; i++)
        g_string_append (text, pieces[fixture_random_below (&random, G_N_ELEMENTS (pieces))]);
      markup = dpop_help_text_markup (text->str);
      whole = g_strconcat ("<m>", markup, "</m>", NULL);
      context = g_markup_parse_context_new (&parser, 0, NULL, NULL);
      g_assert_true (g_markup_parse_context_parse (context, whole, -1, &error)
                     && g_markup_parse_context_end_parse (context, &error));
      g_markup_parse_context_free (context);
      for (const char *at = text->str; *at != '\0'; at++)
        if (*at == 'a')
          g_assert_nonnull (strchr (markup, 'a'));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/help/text/Screen words, keys and links are told apart", test_marks);
  g_test_add_func ("/help/text/What has no end is a sign like any other", test_literal);
  g_test_add_func ("/help/text/A backslash takes a mark's meaning away", test_escapes);
  g_test_add_func ("/help/text/Markup in the words is no markup", test_markup_is_escaped);
  g_test_add_func ("/help/text/Runs and bytes are bounded", test_bounds);
  g_test_add_func ("/help/text/What is not UTF-8 is replaced", test_not_utf8);
  g_test_add_func ("/help/text/Any text becomes good markup", test_any_text);
  return g_test_run ();
}
