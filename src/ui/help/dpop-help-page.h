/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-page.h"

G_BEGIN_DECLS

/* The help: all topics by their parts, or those that are found. */
#define DPOP_TYPE_HELP_PAGE (dpop_help_page_get_type ())
G_DECLARE_FINAL_TYPE (DpopHelpPage, dpop_help_page, DPOP, HELP_PAGE, DpopPage)

/* TOPIC is the id of one, shown at once; NULL, or one that there is not: the list. Needs no
 * session, so that it is there before anything is unlocked. */
DpopPage *dpop_help_page_new (const char *topic);

/* TOPIC as a row of a list of class "boxed-list"; activated, it opens it. */
GtkWidget *dpop_help_page_row (const char *topic);

G_END_DECLS
