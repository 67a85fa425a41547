/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-record-paper.h"

#include "dpop-words.h"

#include <glib/gi18n-lib.h>

/* A longer question is begun, and read in full in the signed text. */
#define QUESTION_MAX 700 /* letters */
/* A table of more pairs fits no page's width. */
#define PAIRS_MAX    8
#define TITLE_MAX     60 /* letters of a title in a file's name */

/* "30 November 2026, 17:00" where the reader is. */
static char *
local_time (gint64 ms)
{
  g_autoptr (GDateTime) moment = g_date_time_new_from_unix_local (ms / 1000);

  /* Translators: a day and a time of day, as in "30 November 2026, 17:00". */
  return g_date_time_format (moment, _("%-d %B %Y, %H:%M"));
}

/* --- What was asked. ------------------------------------------------------------------------- */

/* The beginning of TEXT, up to a word's end; NULL when all of it is short enough. */
static char *
shorten (const char *text)
{
  const char *end, *space;

  if (g_utf8_strlen (text, -1) <= QUESTION_MAX)
    return NULL;
  end = g_utf8_offset_to_pointer (text, QUESTION_MAX);
  space = g_strrstr_len (text, end - text, " ");
  return g_strndup (text, (gsize) ((space != NULL ? space : end) - text));
}

static void
add_question (DpopDocument *document, const DpopOutcomeRecord *record)
{
  g_autofree char *begun = record->question != NULL ? shorten (record->question) : NULL;

  dpop_document_add_text (document, DPOP_DOCUMENT_LABEL, _("Record of a decision"));
  dpop_document_add_label (document, record->organisation);
  dpop_document_add_text (document, DPOP_DOCUMENT_TITLE, record->title);
  if (begun != NULL)
    {
      g_autofree char *text = g_strdup_printf ("%s …", begun);

      dpop_document_add_text (document, DPOP_DOCUMENT_BODY, text);
      dpop_document_add_text (document, DPOP_DOCUMENT_SMALL,
                              _("The whole wording is part of the signed text."));
    }
  else if (record->question != NULL)
    dpop_document_add_text (document, DPOP_DOCUMENT_BODY, record->question);
}

/* --- What came of it. ------------------------------------------------------------------------ */

/* The majority that was asked for, or NULL. */
static const DpopCountReason *
majority_of (const DpopOutcomeRecord *record)
{
  for (guint i = 0; i < record->reasons->len; i++)
    {
      const DpopOutcomeRecordReason *reason = record->reasons->pdata[i];

      if (reason->check.code == DPOP_COUNT_REASON_MAJORITY)
        return &reason->check;
    }
  return NULL;
}

/* Yes and no as one bar, with the majority marked on it; what the majority is not a share of stands
 * beside. */
static void
add_bar (DpopDocument *document, const DpopOutcomeRecord *record)
{
  const DpopCountReason *majority = majority_of (record);
  g_autofree char *share = NULL;
  g_autofree char *label = NULL;
  g_autoptr (DpopChart) chart = NULL;
  DpopChartRow rows[] = {
    { .label = _("Yes"), .value = record->yes, .tone = DPOP_CHART_TONE_YES },
    { .label = _("No"), .value = record->no, .tone = DPOP_CHART_TONE_NO },
    { .label = _("Abstained"), .value = record->abstain, .tone = DPOP_CHART_TONE_ABSTAIN },
  };
  DpopChartMark mark;

  if (record->ballot != DPOP_BALLOT_YES_NO_ABSTAIN || majority == NULL || majority->base == 0)
    return;
  rows[2].aside = majority->over == DPOP_COUNT_BASE_YES_NO;
  share = dpop_words_share (&majority->threshold);
  label = g_strdup_printf (_("Needed, %s"), share);
  mark = (DpopChartMark){ .label = label,
                          .numerator = (guint64) majority->threshold.share.num,
                          .denominator = (guint64) majority->threshold.share.den,
                          .needed = majority->needed };
  chart = dpop_chart_new_outcome (record->title, rows, record->abstain > 0 ? 3 : 2,
                                  majority->base, dpop_words_base (majority->over), &mark);
  dpop_document_add_chart (document, chart);
  dpop_document_add_space (document, DPOP_DOCUMENT_MM (4));
}

static void
add_reasons (DpopDocument *document, const DpopOutcomeRecord *record)
{
  const DpopDocumentColumn columns[] = { { NULL, TRUE }, { NULL, FALSE } };
  g_autoptr (GPtrArray) cells = g_ptr_array_new ();

  if (record->reasons->len == 0)
    return;
  for (guint i = 0; i < record->reasons->len; i++)
    {
      const DpopOutcomeRecordReason *reason = record->reasons->pdata[i];

      g_ptr_array_add (cells, (gpointer) (reason->check.satisfied ? "✓" : "✗"));
      g_ptr_array_add (cells, reason->text);
    }
  dpop_document_add_label (document, _("It rests on"));
  dpop_document_add_table (document, columns, G_N_ELEMENTS (columns), cells);
}

static const char *
option_note (const DpopOutcomeRecordOption *option)
{
  if (option->elected)
    return _("elected");
  if (option->tied)
    return _("tied");
  return option->dropped ? _("dropped") : "";
}

/* A place, an option, what became of it; then its votes, or how many prefer it to each other. */
static guint
option_columns (const DpopOutcomeRecord *record, DpopDocumentColumn *columns,
                char numbers[PAIRS_MAX][4])
{
  guint n = 3;

  columns[0] = (DpopDocumentColumn){ _("Place"), TRUE };
  columns[1] = (DpopDocumentColumn){ _("Option"), FALSE };
  columns[2] = (DpopDocumentColumn){ "", TRUE };
  if (record->ballot != DPOP_BALLOT_RANK)
    columns[n++] = (DpopDocumentColumn){ _("Votes"), TRUE };
  else if (record->preferred != NULL && record->options->len <= PAIRS_MAX)
    for (guint i = 0; i < record->options->len; i++)
      {
        columns[1].heading = _("Option, preferred to …");
        g_snprintf (numbers[i], sizeof numbers[i], "%u", i + 1);
        columns[n++] = (DpopDocumentColumn){ numbers[i], TRUE };
      }
  return n;
}

static void
add_option_cells (GPtrArray *cells, const DpopOutcomeRecord *record, guint index)
{
  const DpopOutcomeRecordOption *option = record->options->pdata[index];
  guint n = record->options->len;

  g_ptr_array_add (cells, option->place > 0 ? g_strdup_printf ("%u.", option->place)
                                            : g_strdup ("–"));
  g_ptr_array_add (cells, record->preferred != NULL
                              ? g_strdup_printf ("%u  %s", index + 1, option->name)
                              : g_strdup (option->name));
  g_ptr_array_add (cells, g_strdup (option_note (option)));
  if (record->ballot != DPOP_BALLOT_RANK)
    g_ptr_array_add (cells, g_strdup_printf ("%lu", (gulong) option->votes));
  else if (record->preferred != NULL && n <= PAIRS_MAX)
    for (guint i = 0; i < n; i++)
      g_ptr_array_add (cells,
                       i == index
                           ? g_strdup ("–")
                           : g_strdup_printf ("%lu",
                                              (gulong) record->preferred[index * n + i]));
}

static void
add_options (DpopDocument *document, const DpopOutcomeRecord *record)
{
  DpopDocumentColumn columns[PAIRS_MAX + 3];
  char numbers[PAIRS_MAX][4];
  guint n_columns = option_columns (record, columns, numbers);
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);

  if (record->options->len == 0)
    return;
  for (guint i = 0; i < record->options->len; i++)
    add_option_cells (cells, record, i);
  dpop_document_add_label (document, _("Options"));
  dpop_document_add_table (document, columns, n_columns, cells);
}

/* --- How it was decided. --------------------------------------------------------------------- */

static void
add_turnout (DpopDocument *document, const DpopOutcomeRecord *record)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (record->opened == 0)
    return;
  g_string_append_printf (text, _("Entitled: %lu. Took part: %lu."), (gulong) record->entitled,
                          (gulong) record->present);
  if (record->ballot == DPOP_BALLOT_YES_NO_ABSTAIN)
    {
      g_string_append_c (text, ' ');
      g_string_append_printf (text, _("Yes: %lu. No: %lu. Abstained: %lu."), (gulong) record->yes,
                              (gulong) record->no, (gulong) record->abstain);
    }
  else if (record->abstain + record->blank > 0)
    {
      g_string_append_c (text, ' ');
      g_string_append_printf (text, _("Abstained: %lu. Blank: %lu."), (gulong) record->abstain,
                              (gulong) record->blank);
    }
  if (record->undecided > 0)
    {
      g_string_append_c (text, ' ');
      g_string_append_printf (text,
                              _("Votes that contradicted each other, and count nowhere: %lu."),
                              (gulong) record->undecided);
    }
  dpop_document_add_label (document, _("Votes"));
  dpop_document_add_text (document, DPOP_DOCUMENT_BODY, text->str);
}

static void
add_conduct (DpopDocument *document, const DpopOutcomeRecord *record)
{
  g_autofree char *opened = local_time (record->opened);
  g_autofree char *closed = local_time (record->closed);
  g_autofree char *who = g_strdup_printf (_("Proposed by %s, decided by %s."), record->speaker,
                                          record->scope);
  g_autofree char *how = g_strdup_printf (_("Rule: %s. Ballot: %s."), record->rule,
                                          dpop_words_ballot (record->ballot));
  g_autofree char *when
      = record->opened == 0
            ? g_strdup_printf (_("Stopped on %s."), closed)
            : g_strdup_printf (record->status == DPOP_OUTCOME_STOPPED
                                   ? _("Opened on %s, stopped on %s.")
                                   : _("Opened on %s, closed on %s."),
                               opened, closed);
  g_autofree char *text = g_strjoin (" ", who, when, how, NULL);

  dpop_document_add_label (document, _("How it was decided"));
  dpop_document_add_text (document, DPOP_DOCUMENT_BODY, text);
}

/* --- What it can be checked by. -------------------------------------------------------------- */

/* Two lines of eight groups of four digits, as people read them to each other. */
static char *
grouped (const CosmicId *id)
{
  g_autofree char *digits = cosmic_id_to_text (id);
  GString *text = g_string_new (NULL);

  for (guint i = 0; digits[i] != '\0'; i++)
    g_string_append_printf (text, "%s%c", i == 32 ? "\n" : i > 0 && i % 4 == 0 ? " " : "",
                            digits[i]);
  return g_string_free (text, FALSE);
}

/* The code's lines, three beside each other. */
static char *
three_columns (const char *code)
{
  g_auto (GStrv) lines = g_strsplit (code, "\n", -1);
  GString *text = g_string_new (lines[0]);

  for (guint i = 1; lines[i] != NULL && lines[i][0] != '\0'; i++)
    g_string_append_printf (text, "%s%s", i % 3 == 1 ? "\n" : "  ", lines[i]);
  return g_string_free (text, FALSE);
}

static void
add_check (DpopDocument *document, const DpopOutcomeRecord *record)
{
  g_autofree char *closed = local_time (record->closed);
  g_autofree char *root = grouped (&record->seal.root);
  g_autofree char *confirmed
      = g_strdup_printf (_("Confirmed with number %lu on %s. Every computer of the organisation "
                           "shows this check number for it:"),
                         (gulong) record->seal.height, closed);

  dpop_document_add_label (document, _("Confirmation"));
  dpop_document_add_text (document, DPOP_DOCUMENT_SMALL, confirmed);
  dpop_document_add_text (document, DPOP_DOCUMENT_FIXED, root);
  dpop_document_add_space (document, DPOP_DOCUMENT_MM (2));
}

static void
add_signature (DpopDocument *document, const DpopOutcomeRecord *record, gboolean with_text)
{
  g_autofree char *made = local_time (record->seal.made);
  g_autofree char *code = three_columns (record->code);
  g_autofree char *signed_by
      = g_strdup_printf (with_text ? _("Recorded on %s on the computer of %s, and signed by it. "
                                       "The text that was signed follows; dpopctl record verify "
                                       "checks it.")
                                   : _("Recorded on %s on the computer of %s, and signed by it. "
                                       "Keep the text record with this page; dpopctl record verify "
                                       "checks it."),
                         made, record->maker);

  dpop_document_add_label (document, _("Signature"));
  dpop_document_add_text (document, DPOP_DOCUMENT_SMALL, signed_by);
  if (with_text)
    return;
  dpop_document_add_space (document, DPOP_DOCUMENT_MM (3));
  dpop_document_add_lines (document, DPOP_DOCUMENT_FIXED, code);
}

static void
add_signed_text (DpopDocument *document, const DpopOutcomeRecord *record)
{
  g_autofree char *file = dpop_outcome_record_to_file (record);

  dpop_document_new_page (document);
  dpop_document_hide_feet (document);
  dpop_document_add_lines (document, DPOP_DOCUMENT_FIXED, file);
}

/* --- All of it. ------------------------------------------------------------------------------ */

DpopDocument *
dpop_record_paper_new (const DpopOutcomeRecord *record, DpopDocumentPaper paper,
                       DpopRecordPaperFlags flags)
{
  g_autofree char *title = g_strdup_printf (_("Record: %s"), record->title);
  DpopDocument *document
      = dpop_document_new (paper, title, record->organisation, record->seal.made);
  gboolean with_text = (flags & DPOP_RECORD_PAPER_WITH_TEXT) != 0;

  dpop_document_begin_part (document, record->organisation);
  add_question (document, record);
  dpop_document_add_space (document, DPOP_DOCUMENT_MM (5));
  dpop_document_add_rule (document);
  dpop_document_add_space (document, DPOP_DOCUMENT_MM (3));
  dpop_document_add_label (document, _("Outcome"));
  dpop_document_add_text (document, DPOP_DOCUMENT_DISPLAY, record->outcome);
  dpop_document_add_space (document, DPOP_DOCUMENT_MM (3));
  add_bar (document, record);
  add_options (document, record);
  add_reasons (document, record);
  add_turnout (document, record);
  add_conduct (document, record);
  dpop_document_add_space (document, DPOP_DOCUMENT_MM (4));
  dpop_document_add_rule (document);
  dpop_document_add_space (document, DPOP_DOCUMENT_MM (2));
  add_check (document, record);
  add_signature (document, record, with_text);
  if (with_text)
    add_signed_text (document, record);
  return document;
}

char *
dpop_record_paper_file_name (const DpopOutcomeRecord *record)
{
  g_autoptr (GDateTime) moment = g_date_time_new_from_unix_local (record->closed / 1000);
  g_autofree char *day = g_date_time_format (moment, "%Y-%m-%d");
  g_autofree char *title = g_utf8_substring (record->title, 0,
                                             MIN (g_utf8_strlen (record->title, -1), TITLE_MAX));

  for (char *at = title; *at != '\0'; at++)
    if (strchr ("/\\:*?\"<>|", *at) != NULL || g_ascii_iscntrl (*at))
      *at = ' ';
  g_strstrip (title);
  /* Translators: the name of a file: a day, and what the decision is called. */
  return g_strdup_printf (_("Record %s %s.pdf"), day, title);
}
