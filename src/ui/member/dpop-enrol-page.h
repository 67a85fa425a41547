/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-page.h"

G_BEGIN_DECLS

/* Takes one person in, and then another. What is typed survives a crash. */
#define DPOP_TYPE_ENROL_PAGE (dpop_enrol_page_get_type ())
G_DECLARE_FINAL_TYPE (DpopEnrolPage, dpop_enrol_page, DPOP, ENROL_PAGE, DpopPage)

DpopPage *dpop_enrol_page_new (DpopSession *session);

G_END_DECLS
