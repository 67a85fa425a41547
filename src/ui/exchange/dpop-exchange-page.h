/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-page.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* How this computer exchanges with the others: transfer files made and taken in, computers let in,
 * and what is not confirmed yet. */
#define DPOP_TYPE_EXCHANGE_PAGE (dpop_exchange_page_get_type ())
G_DECLARE_FINAL_TYPE (DpopExchangePage, dpop_exchange_page, DPOP, EXCHANGE_PAGE, DpopPage)

DpopPage *dpop_exchange_page_new (DpopSession *session);

/* What a person was handed: a transfer file is taken in; from a summary the file is made that is
 * missing there; a request is asked about. */
void dpop_exchange_page_take_file (DpopExchangePage *self, GFile *file);

G_END_DECLS
