/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-help-topic.h"

G_BEGIN_DECLS

/* What is written, a file a part. Each ends with a topic without id. */
extern const DpopHelpTopic dpop_help_topics_begin[];
extern const DpopHelpTopic dpop_help_topics_members[];
extern const DpopHelpTopic dpop_help_topics_decide[];
extern const DpopHelpTopic dpop_help_topics_exchange[];
extern const DpopHelpTopic dpop_help_topics_keep[];

G_END_DECLS
