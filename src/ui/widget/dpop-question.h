/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define DPOP_QUESTION_NO "no"
#define DPOP_QUESTION_YES "yes"

/* A question over the window of FROM before something is done: YES says what, by a verb, and looks
 * as APPEARANCE; NO is what Escape answers, and Enter when nothing else was chosen. Its "response"
 * is one of the two above. To be presented by the caller, who may put more into it before. */
GtkWidget *dpop_question_new (GtkWidget *from, const char *heading, const char *body,
                              const char *no, const char *yes, AdwResponseAppearance appearance);

G_END_DECLS
