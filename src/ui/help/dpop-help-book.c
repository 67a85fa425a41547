/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-help-book.h"

#include "dpop-help-text.h"
#include "dpop-help-topics-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const DpopHelpTopic *const parts[DPOP_HELP_N_PARTS] = {
  [DPOP_HELP_PART_BEGIN] = dpop_help_topics_begin,
  [DPOP_HELP_PART_MEMBERS] = dpop_help_topics_members,
  [DPOP_HELP_PART_DECIDE] = dpop_help_topics_decide,
  [DPOP_HELP_PART_EXCHANGE] = dpop_help_topics_exchange,
  [DPOP_HELP_PART_KEEP] = dpop_help_topics_keep,
};

const char *
dpop_help_topic_part_title (DpopHelpPart part)
{
  static const char *const titles[DPOP_HELP_N_PARTS] = {
    [DPOP_HELP_PART_BEGIN] = N_("To begin"),
    [DPOP_HELP_PART_MEMBERS] = N_("Members and their computers"),
    [DPOP_HELP_PART_DECIDE] = N_("Deciding"),
    [DPOP_HELP_PART_EXCHANGE] = N_("From computer to computer"),
    [DPOP_HELP_PART_KEEP] = N_("Keeping it safe"),
  };

  g_return_val_if_fail (part < DPOP_HELP_N_PARTS, "");
  return _(titles[part]);
}

static const DpopHelpTopic *
walk (guint *n)
{
  for (guint part = 0; part < G_N_ELEMENTS (parts); part++)
    for (const DpopHelpTopic *topic = parts[part]; topic->id != NULL; topic++)
      if ((*n)-- == 0)
        return topic;
  return NULL;
}

const DpopHelpTopic *
dpop_help_book_topic (guint n)
{
  return walk (&n);
}

guint
dpop_help_book_n_topics (void)
{
  guint left = G_MAXUINT;

  walk (&left);
  return G_MAXUINT - left;
}

const DpopHelpTopic *
dpop_help_book_find (const char *id)
{
  const DpopHelpTopic *topic;

  for (guint n = 0; (topic = dpop_help_book_topic (n)) != NULL; n++)
    if (strcmp (topic->id, id) == 0)
      return topic;
  return NULL;
}

/* --- Searching. ------------------------------------------------------------------------------ */

/* Where a word was found; the best place comes first. */
enum
{
  TITLE_BEGINS, /* with the first of them: that is what it is about */
  IN_TITLE,
  IN_SUMMARY,
  IN_TEXT,
  NOWHERE,
};

/* Case and accents aside, so that "resume" finds "Résumé"; a mark of its own has no width. */
static char *
fold (const char *text)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);
  g_autofree char *apart = g_utf8_normalize (folded, -1, G_NORMALIZE_ALL);
  GString *bare = g_string_new (NULL);

  for (const char *at = apart; at != NULL && *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar letter = g_utf8_get_char (at);

      if (!g_unichar_ismark (letter))
        g_string_append_unichar (bare, letter);
    }
  return g_string_free (bare, FALSE);
}

/* Whether a word of TEXT begins with WORD; both are folded. */
static gboolean
has_word (const char *text, const char *word)
{
  const char *at = text;

  while ((at = strstr (at, word)) != NULL)
    {
      const char *before = g_utf8_find_prev_char (text, at);

      if (before == NULL || !g_unichar_isalnum (g_utf8_get_char (before)))
        return TRUE;
      at = g_utf8_next_char (at);
    }
  return FALSE;
}

static char *
fold_blocks (const DpopHelpTopic *topic)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (const DpopHelpBlock *block = topic->blocks; block->kind != DPOP_HELP_BLOCK_END; block++)
    {
      g_autofree char *plain = dpop_help_text_plain (_(block->words));

      g_string_append_printf (text, "%s\n", plain);
    }
  return fold (text->str);
}

/* The worst of the best places of all WORDS: none may be missing. */
static guint
find_words (const DpopHelpTopic *topic, char *const *words)
{
  g_autofree char *title = fold (_(topic->title));
  g_autofree char *more = g_strconcat (_(topic->summary), "\n", _(topic->keywords), NULL);
  g_autofree char *summary = fold (more);
  g_autofree char *text = fold_blocks (topic);
  guint worst = words[0] == NULL || g_str_has_prefix (title, words[0]) ? TITLE_BEGINS : IN_TITLE;

  for (; *words != NULL; words++)
    {
      guint place = **words == '\0' || has_word (title, *words) ? worst
                    : has_word (summary, *words)                ? IN_SUMMARY
                    : has_word (text, *words)                   ? IN_TEXT
                                                                : NOWHERE;

      worst = MAX (worst, place);
    }
  return worst;
}

GPtrArray *
dpop_help_book_search (const char *words)
{
  g_autofree char *start = g_strndup (words, DPOP_HELP_BOOK_SEARCH_MAX);
  g_autofree char *valid = g_utf8_make_valid (start, -1);
  g_autofree char *folded = fold (valid);
  g_auto (GStrv) each = g_strsplit_set (folded, " \t\r\n,.;:!?\"", -1);
  GPtrArray *found[NOWHERE + 1];
  const DpopHelpTopic *topic;

  for (guint place = 0; place < G_N_ELEMENTS (found); place++)
    found[place] = g_ptr_array_new ();
  for (guint n = 0; (topic = dpop_help_book_topic (n)) != NULL; n++)
    g_ptr_array_add (found[find_words (topic, each)], (gpointer) topic);
  g_ptr_array_unref (found[NOWHERE]);
  for (guint place = IN_TITLE; place < NOWHERE; place++)
    g_ptr_array_extend_and_steal (found[TITLE_BEGINS], found[place]);
  return found[TITLE_BEGINS];
}
