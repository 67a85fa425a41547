/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-member-list.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A person in a list: initials, name, and in words what matters here. */
#define DPOP_TYPE_PERSON_LINE (dpop_person_line_get_type ())
G_DECLARE_FINAL_TYPE (DpopPersonLine, dpop_person_line, DPOP, PERSON_LINE, GtkBox)

GtkWidget  *dpop_person_line_new (void);
/* ROW is borrowed for the call; NULL: it has not come yet. STATE, "has voted", may be NULL. */
void        dpop_person_line_set (DpopPersonLine *self, const DpopMemberRow *row,
                                  const char *state);
/* What someone is called in lists; the caller frees. */
char       *dpop_person_line_name (const DpopMemberRow *row);

G_END_DECLS
