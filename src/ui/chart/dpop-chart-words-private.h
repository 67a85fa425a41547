/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-chart.h"

G_BEGIN_DECLS

/* What the picture, the sentences and the table all say, so that they say it in the same words. The
 * caller frees. */

/* "12,345", as the locale groups it. */
char *dpop_chart_words_figure (guint64 figure);
/* "66.7%", to the nearest tenth; but what is not all is never "100.0%", and what is not nothing
 * never "0.0%". NULL when TOTAL is 0. */
char *dpop_chart_words_share  (guint64 figure, guint64 total);
/* "9 March 2025, 18:00", here and now. */
char *dpop_chart_words_time   (gint64 time_ms);
/* "Needed, more than 1/2: 4". */
char *dpop_chart_words_mark   (const DpopChartMark *mark);
/* "45 of 60 entitled have voted (75.0%)", without a full stop. */
char *dpop_chart_words_turnout (const DpopChart *chart);
/* "began on 9 March 2025, 18:00" and "ends on ..." or "ended on ...", each beginning a sentence. */
char *dpop_chart_words_opened (const DpopChart *chart);
char *dpop_chart_words_closes (const DpopChart *chart);
/* "won 3 of 4". */
char *dpop_chart_words_won    (const DpopChart *chart, guint option);

/* When the votes came to NEEDED; FALSE if they did not. */
gboolean dpop_chart_words_reached (const DpopChart *chart, guint64 needed, gint64 *time_ms);

G_END_DECLS
