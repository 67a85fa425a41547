/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-help-topic.h"

G_BEGIN_DECLS

/* All topics, in the order in which one reads them, and what is found in them. */
guint                dpop_help_book_n_topics (void);
const DpopHelpTopic *dpop_help_book_topic    (guint n);
/* NULL when there is none. */
const DpopHelpTopic *dpop_help_book_find     (const char *id);

/* (element-type DpopHelpTopic) to be freed: topics that have every one of WORDS, as words or the
 * beginnings of words, accents and case aside, in the language that is set. First those whose title
 * begins with the first word, then those that have them in the title, in the summary or the
 * keywords, and last in the text. Without words, all. Not more than so many bytes of WORDS are
 * looked at. */
#define DPOP_HELP_BOOK_SEARCH_MAX 200
GPtrArray *dpop_help_book_search (const char *words);

G_END_DECLS
