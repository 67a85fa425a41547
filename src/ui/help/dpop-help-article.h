/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-help-topic.h"
#include "dpop-page.h"

G_BEGIN_DECLS

/* One topic of the help, to be read. Its links lead to others, over it. */
#define DPOP_TYPE_HELP_ARTICLE (dpop_help_article_get_type ())
G_DECLARE_FINAL_TYPE (DpopHelpArticle, dpop_help_article, DPOP, HELP_ARTICLE, DpopPage)

DpopPage *dpop_help_article_new (const DpopHelpTopic *topic);

G_END_DECLS
