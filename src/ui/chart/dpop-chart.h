/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* What a chart says, as plain figures: immutable, counted, safe to read from any thread, and
 * without a word about pixels. A picture (DpopChartView, DpopChartExport), sentences
 * (dpop_chart_describe) and a table (DpopChartSheet) are made from it; all three say the same.
 *
 * Figures are exact. Titles, labels and notes come from the caller, translated, and are copied. */

#define DPOP_TYPE_CHART (dpop_chart_get_type ())

/* As in DPOP_COUNT_MAX_OPTIONS: more are not one question. */
#define DPOP_CHART_MAX_OPTIONS 64

typedef enum
{
  DPOP_CHART_OUTCOME,  /* one bar, in parts */
  DPOP_CHART_BARS,     /* a bar an option */
  DPOP_CHART_TURNOUT,  /* votes over time */
  DPOP_CHART_PAIRWISE, /* each option against each other */
} DpopChartKind;

/* What a part stands for. Yes, no and abstain also have a sign of their own in the picture, so
 * that colour never says it alone. */
typedef enum
{
  DPOP_CHART_TONE_YES,
  DPOP_CHART_TONE_NO,
  DPOP_CHART_TONE_ABSTAIN,
  DPOP_CHART_TONE_ACCENT,
  DPOP_CHART_TONE_NEUTRAL,
} DpopChartTone;

typedef struct
{
  const char *label; /* "Yes", "Alternative B", "Rosa Martínez" */
  guint64 value;
  DpopChartTone tone;
  const char *note;  /* said after the figure: "elected", "tied", "dropped"; or NULL */
  gboolean marked;   /* bars: this one is chosen: in bold with a check mark. Give a note too */
  gboolean aside;    /* outcome: named below the bar, no part of it, as abstentions are where the
                      * majority is one of the votes for and against */
} DpopChartRow;

/* A figure that is asked for, marked on the bar at exactly NUMERATOR / DENOMINATOR of the total.
 * From a DpopCountReason: its threshold's share (or NEEDED and BASE, where a number is asked for),
 * and its NEEDED. */
typedef struct
{
  const char *label;   /* "Needed, more than 1/2", "Quorum"; the figure is put behind it */
  guint64 numerator;
  guint64 denominator; /* not 0; at least NUMERATOR */
  guint64 needed;      /* the smallest figure that reaches it */
} DpopChartMark;

/* From TIME_MS (Unix time) on, VOTES had been given in all. */
typedef struct
{
  gint64 time_ms;
  guint64 votes;
} DpopChartStep;

typedef struct
{
  gint64 opened_ms;
  gint64 closes_ms; /* when voting ends or ended */
  gint64 now_ms;    /* the line ends here, or at the close if that is earlier */
  guint64 entitled;
} DpopChartBox;

typedef struct _DpopChart DpopChart;

GType dpop_chart_get_type (void);

/* "Accepted: 5 yes, 2 no", as one bar: the rows that are not aside, from the start, one behind the
 * other; the whole bar is TOTAL, and what of it no row takes stays empty. TOTAL_NAME is what TOTAL
 * counts: "votes for and against" (dpop_words_base). A TOTAL below the sum of the rows is raised to
 * it. The first row is the one that has to reach MARK. MARK may be NULL. */
DpopChart *dpop_chart_new_outcome (const char *title, const DpopChartRow *rows, guint n_rows,
                                   guint64 total, const char *total_name,
                                   const DpopChartMark *mark);

/* Options with their votes, in the order given. A full bar is TOTAL ("of 52 ballots"), or the
 * largest value if TOTAL is less: with TOTAL 0 and no TOTAL_NAME, bars are compared with each other
 * only, and no shares are given. MARK (a share of TOTAL) may be NULL. */
DpopChart *dpop_chart_new_bars (const char *title, const DpopChartRow *rows, guint n_rows,
                                guint64 total, const char *total_name, const DpopChartMark *mark);

/* How many of those entitled had voted when. STEPS ascend in time and votes; those that do not are
 * left out. QUORUM (a share of those entitled) may be NULL. */
DpopChart *dpop_chart_new_turnout (const char *title, const DpopChartStep *steps, guint n_steps,
                                   const DpopChartBox *box, const DpopChartMark *quorum);

/* COUNTS[a * N + b] is how many prefer option A to option B (dpop_decision_view_preferred). N is at
 * most DPOP_CHART_MAX_OPTIONS; the diagonal is not read. */
DpopChart *dpop_chart_new_pairwise (const char *title, const char *const *labels, guint n,
                                    const guint64 *counts);

/* What it says, in plain sentences: what a screen reader says instead of the picture. Translated;
 * the caller frees. */
char *dpop_chart_describe (const DpopChart *self);

DpopChart *dpop_chart_ref   (DpopChart *self);
void       dpop_chart_unref (DpopChart *self); /* NULL is fine */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DpopChart, dpop_chart_unref)

/* --- What it holds. All borrowed. ------------------------------------------------------------- */

DpopChartKind        dpop_chart_kind       (const DpopChart *self);
const char          *dpop_chart_title      (const DpopChart *self); /* never NULL */
guint                dpop_chart_n_rows     (const DpopChart *self); /* options, too */
const DpopChartRow  *dpop_chart_row        (const DpopChart *self, guint row);
guint64              dpop_chart_total      (const DpopChart *self); /* those entitled, too */
const char          *dpop_chart_total_name (const DpopChart *self); /* NULL: none */
const DpopChartMark *dpop_chart_mark       (const DpopChart *self); /* NULL: none */
guint                dpop_chart_n_steps    (const DpopChart *self);
const DpopChartStep *dpop_chart_step       (const DpopChart *self, guint step);
const DpopChartBox  *dpop_chart_box        (const DpopChart *self);
guint64              dpop_chart_preferred  (const DpopChart *self, guint a, guint b);
/* In how many pairs more prefer this option than the other. */
guint                dpop_chart_pairs_won  (const DpopChart *self, guint option);
/* The sum, held at G_MAXUINT64, of the rows that are part of the bar. */
guint64              dpop_chart_sum        (const DpopChart *self);
/* What a full bar stands for; never 0. */
guint64              dpop_chart_full       (const DpopChart *self);
/* The votes of the last step until the close; 0 before the first. */
guint64              dpop_chart_turnout    (const DpopChart *self);

G_END_DECLS
