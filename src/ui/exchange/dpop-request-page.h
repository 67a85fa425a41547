/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-page.h"

G_BEGIN_DECLS

/* Lets a newcomer's computer in: its request is read, and the first transfer file is written for
 * it. */
#define DPOP_TYPE_REQUEST_PAGE (dpop_request_page_get_type ())
G_DECLARE_FINAL_TYPE (DpopRequestPage, dpop_request_page, DPOP, REQUEST_PAGE, DpopPage)

/* TEXT is the request's; NULL: it is to be typed. */
DpopPage *dpop_request_page_new (DpopSession *session, const char *text);

G_END_DECLS
