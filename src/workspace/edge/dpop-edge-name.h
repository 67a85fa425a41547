/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Keys under which what people typed is found again: without case, accents, punctuation and the
 * ways of writing an umlaut ("Müller", "MUELLER" and "Muller" are one). They are for the edge only,
 * to propose what may be the same: they use GLib's Unicode tables, which change with its versions,
 * so nothing that decides may ever depend on them. */

/* The words in the order of the alphabet, one blank between, titles left out: "Dr. Anna Müller" and
 * "Müller, Anna" give "anna muller". Empty when there is no letter or digit. */
char *dpop_edge_name_key (const char *name);

/* One word: "Né(e) le" gives "neele". For headings, units and states. */
char *dpop_edge_name_word_key (const char *text);

/* Are at most two letters between two keys changed, missing or added? */
gboolean dpop_edge_name_is_near (const char *key_a, const char *key_b);

G_END_DECLS
