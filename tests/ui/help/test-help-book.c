/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-help-book.h"

#include "dpop-help-text.h"

#include <string.h>

static void
test_topics (void)
{
  guint n = dpop_help_book_n_topics (), last_part = 0;

  g_assert_cmpuint (n, >=, 16);
  g_assert_null (dpop_help_book_topic (n));
  g_assert_null (dpop_help_book_find ("no-such-topic"));
  for (guint i = 0; i < n; i++)
    {
      const DpopHelpTopic *topic = dpop_help_book_topic (i);

      g_assert_true (dpop_help_book_find (topic->id) == topic); /* so ids are unique */
      g_assert_cmpuint (strspn (topic->id, "abcdefghijklmnopqrstuvwxyz-"), ==,
                        strlen (topic->id));
      g_assert_cmpuint (topic->part, >=, last_part); /* parts are together, and in order */
      last_part = topic->part;
      g_assert_cmpstr (dpop_help_topic_part_title (topic->part), !=, "");
      g_assert_cmpstr (topic->title, !=, "");
      g_assert_cmpstr (topic->summary, !=, "");
      g_assert_cmpstr (topic->keywords, !=, "");
    }
}

/* The last place of each list is the one that ends it. */
static void
test_lists_end (void)
{
  for (guint i = 0; i < dpop_help_book_n_topics (); i++)
    {
      const DpopHelpTopic *topic = dpop_help_book_topic (i);

      g_assert_cmpint (topic->blocks[0].kind, ==, DPOP_HELP_BLOCK_TEXT);
      g_assert_cmpint (topic->blocks[DPOP_HELP_TOPIC_BLOCKS_MAX].kind, ==, DPOP_HELP_BLOCK_END);
      g_assert_null (topic->see_also[DPOP_HELP_TOPIC_SEE_ALSO_MAX]);
      for (const DpopHelpBlock *block = topic->blocks; block->kind != DPOP_HELP_BLOCK_END; block++)
        g_assert_cmpstr (block->words, !=, "");
    }
}

static void
test_links (void)
{
  for (guint i = 0; i < dpop_help_book_n_topics (); i++)
    {
      const DpopHelpTopic *topic = dpop_help_book_topic (i);

      g_assert_nonnull (topic->see_also[0]);
      for (const char *const *id = topic->see_also; *id != NULL; id++)
        {
          g_assert_nonnull (dpop_help_book_find (*id));
          g_assert_cmpstr (*id, !=, topic->id);
        }
      for (const DpopHelpBlock *block = topic->blocks; block->kind != DPOP_HELP_BLOCK_END; block++)
        {
          g_autoptr (GArray) runs = dpop_help_text_parse (block->words);

          for (guint run = 0; run < runs->len; run++)
            {
              const DpopHelpTextRun *one = &g_array_index (runs, DpopHelpTextRun, run);

              if (one->kind == DPOP_HELP_TEXT_LINK)
                g_assert_nonnull (dpop_help_book_find (one->topic));
            }
        }
    }
}

/* Every mark in what is written is meant: nothing is left over as a sign. */
static void
test_marks_are_closed (void)
{
  for (guint i = 0; i < dpop_help_book_n_topics (); i++)
    for (const DpopHelpBlock *block = dpop_help_book_topic (i)->blocks;
         block->kind != DPOP_HELP_BLOCK_END; block++)
      {
        g_autofree char *plain = dpop_help_text_plain (block->words);

        g_assert_null (strpbrk (plain, "*`[]\\"));
        g_assert_cmpuint (strlen (block->words), <, DPOP_HELP_TEXT_SIZE_MAX);
        if (block->kind == DPOP_HELP_BLOCK_HEADING)
          g_assert_cmpstr (plain, ==, block->words);
      }
}

/* The help speaks as a secretary would. */
static void
test_words (void)
{
  static const char *const never[]
      = { "hash", "node", "sync", "peer", "checkpoint", "certificate", "witness", "genesis",
          "operation", "charter", "envelope", "credential", "device", "click here" };

  for (guint i = 0; i < dpop_help_book_n_topics (); i++)
    for (const DpopHelpBlock *block = dpop_help_book_topic (i)->blocks;
         block->kind != DPOP_HELP_BLOCK_END; block++)
      {
        g_autofree char *plain = dpop_help_text_plain (block->words);
        g_autofree char *lower = g_ascii_strdown (plain, -1);

        for (guint word = 0; word < G_N_ELEMENTS (never); word++)
          if (strstr (lower, never[word]) != NULL)
            g_error ("%s: “%s”", never[word], plain);
      }
}

static gboolean
finds (const char *words, const char *id)
{
  g_autoptr (GPtrArray) found = dpop_help_book_search (words);

  return g_ptr_array_find (found, dpop_help_book_find (id), NULL);
}

static const char *
first (const char *words)
{
  g_autoptr (GPtrArray) found = dpop_help_book_search (words);

  return found->len > 0 ? ((const DpopHelpTopic *) found->pdata[0])->id : NULL;
}

static void
test_search (void)
{
  g_autoptr (GPtrArray) all = dpop_help_book_search ("");
  g_autoptr (GPtrArray) spaces = dpop_help_book_search (" \t ,");

  g_assert_cmpuint (all->len, ==, dpop_help_book_n_topics ());
  g_assert_cmpuint (spaces->len, ==, all->len);
  for (guint i = 0; i < all->len; i++)
    g_assert_true (all->pdata[i] == dpop_help_book_topic (i));

  g_assert_cmpstr (first ("vote"), ==, "vote"); /* though others come before it, and speak of it */
  g_assert_cmpstr (first ("spreadsheet"), ==, "import");
  g_assert_cmpstr (first ("SPREAD"), ==, "import");
  g_assert_cmpstr (first ("excel"), ==, "import"); /* a keyword */
  g_assert_cmpstr (first ("forgotten passphrase"), ==, "passphrase");
  g_assert_cmpstr (first ("sprèadshëet"), ==, "import");
  g_assert_true (finds ("dpop-transfer", "transfer")); /* in the text only */
  g_assert_false (finds ("readsheet", "import"));      /* no beginning of a word */
  g_assert_false (finds ("spreadsheet zebra", "import"));
  g_assert_null (first ("zebra"));
}

static void
test_search_anything (void)
{
  g_autofree char *long_words = g_strnfill (100000, 'a');
  g_autofree char *cut = g_strnfill (DPOP_HELP_BOOK_SEARCH_MAX, ' ');
  g_autofree char *cut_sign = g_strconcat (cut + 1, "é", NULL);

  g_assert_null (first (long_words));
  g_assert_null (first ("\xff\xfe"));
  g_assert_null (first (cut_sign));
  g_assert_nonnull (first ("e\xcc\x81")); /* é in two pieces; the mark is nothing by itself */
  g_assert_nonnull (first ("\xcc\x81"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/help/book/Topics have one id, a part, and words to find them", test_topics);
  g_test_add_func ("/help/book/Every list has an end", test_lists_end);
  g_test_add_func ("/help/book/Every link leads somewhere", test_links);
  g_test_add_func ("/help/book/Every mark is closed", test_marks_are_closed);
  g_test_add_func ("/help/book/No word is for experts", test_words);
  g_test_add_func ("/help/book/Words are found, the best place first", test_search);
  g_test_add_func ("/help/book/Anything can be searched for", test_search_anything);
  return g_test_run ();
}
