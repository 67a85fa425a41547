/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "document-case.h"

#include "dpop-decide.h"
#include "dpop-record-seal.h"

#include <glib/gstdio.h>
#include <string.h>

#define DAY_MS (24 * 3600 * 1000)

/* --- What poppler reads. --------------------------------------------------------------------- */

gboolean
document_case_can (void)
{
  g_autofree char *text = g_find_program_in_path ("pdftotext");
  g_autofree char *info = g_find_program_in_path ("pdfinfo");

  if (text != NULL && info != NULL)
    return TRUE;
  g_test_skip ("poppler-utils is not installed");
  return FALSE;
}

static char *
run (const char *program, const char *option, const char *path, const char *last)
{
  const char *argv[] = { program, option, path, last, NULL };
  char *out = NULL;
  int status = -1;
  GError *error = NULL;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &out, NULL, &status,
                &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  return out;
}

static void
word_free (gpointer data)
{
  g_free (((DocumentCaseWord *) data)->word);
  g_free (data);
}

static void
read_words (DocumentCase *self)
{
  g_autofree char *boxes = run ("pdftotext", "-bbox", self->path, "-");
  g_auto (GStrv) lines = g_strsplit (boxes, "\n", -1);

  for (char **line = lines; *line != NULL; line++)
    {
      DocumentCaseWord word = { 0 };
      char text[512];

      self->n_pages += strstr (*line, "<page ") != NULL;
      if (sscanf (g_strstrip (*line),
                  "<word xMin=\"%lf\" yMin=\"%lf\" xMax=\"%lf\" yMax=\"%lf\">%511[^<]", &word.x0,
                  &word.y0, &word.x1, &word.y1, text)
          != 5)
        continue;
      word.page = self->n_pages - 1;
      word.word = g_strdup (text);
      g_ptr_array_add (self->words, g_memdup2 (&word, sizeof word));
    }
}

DocumentCase *
document_case_new (DpopDocument *document, const char *name)
{
  const char *kept = g_getenv ("DPOP_TEST_KEEP");
  DocumentCase *self = g_new0 (DocumentCase, 1);
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *file = g_strconcat (name, ".pdf", NULL);
  GError *error = NULL;
  int fd;

  bytes = dpop_document_to_pdf (document, &error);
  g_assert_no_error (error);
  if (kept != NULL)
    self->path = g_build_filename (kept, file, NULL);
  else
    {
      fd = g_file_open_tmp ("dpop-document-XXXXXX.pdf", &self->path, &error);
      g_assert_no_error (error);
      g_close (fd, NULL);
    }
  g_file_set_contents (self->path, g_bytes_get_data (bytes, NULL),
                       (gssize) g_bytes_get_size (bytes), &error);
  g_assert_no_error (error);
  self->words = g_ptr_array_new_with_free_func (word_free);
  self->text = run ("pdftotext", "-q", self->path, "-");
  read_words (self);
  g_assert_cmpuint (self->n_pages, ==, dpop_document_n_pages (document));
  return self;
}

void
document_case_free (DocumentCase *self)
{
  if (self == NULL)
    return;
  if (g_getenv ("DPOP_TEST_KEEP") == NULL)
    g_unlink (self->path);
  g_free (self->path);
  g_free (self->text);
  g_ptr_array_unref (self->words);
  g_free (self);
}

gboolean
document_case_has (const DocumentCase *self, const char *text)
{
  g_autofree char *plain = dpop_record_seal_plain (self->text);
  gboolean found = strstr (plain, text) != NULL;

  if (!found)
    g_test_message ("\"%s\" is not in: %s", text, plain);
  return found;
}

static gboolean
overlap (const DocumentCaseWord *a, const DocumentCaseWord *b)
{
  double width = MIN (a->x1, b->x1) - MAX (a->x0, b->x0);
  double height = MIN (a->y1, b->y1) - MAX (a->y0, b->y0);

  /* Boxes are as high as the face, so those of set lines touch. */
  return a->page == b->page && width > 1 && height > 0.6 * MIN (a->y1 - a->y0, b->y1 - b->y0);
}

void
document_case_is_tidy (const DocumentCase *self, DpopDocument *document, double margin)
{
  double width, height;

  dpop_document_size (document, &width, &height);
  for (guint i = 0; i < self->words->len; i++)
    {
      const DocumentCaseWord *word = self->words->pdata[i];

      if (word->x0 < margin || word->y0 < margin || word->x1 > width - margin
          || word->y1 > height - margin)
        g_error ("\"%s\" is beyond the margin", word->word);
      for (guint j = i + 1; j < self->words->len && j < i + 400; j++)
        if (overlap (word, self->words->pdata[j]))
          g_error ("\"%s\" lies over \"%s\"", word->word,
                   ((DocumentCaseWord *) self->words->pdata[j])->word);
    }
}

const DocumentCaseWord *
document_case_find (const DocumentCase *self, guint page, const char *word)
{
  for (guint i = 0; i < self->words->len; i++)
    {
      const DocumentCaseWord *own = self->words->pdata[i];

      if (own->page == page && strcmp (own->word, word) == 0)
        return own;
    }
  return NULL;
}

char *
document_case_info (const DocumentCase *self, const char *name)
{
  g_autofree char *info = run ("pdfinfo", "-isodates", self->path, NULL);
  g_auto (GStrv) lines = g_strsplit (info, "\n", -1);

  for (char **line = lines; *line != NULL; line++)
    if (g_str_has_prefix (*line, name) && (*line)[strlen (name)] == ':')
      return g_strdup (g_strstrip (*line + strlen (name) + 1));
  return NULL;
}

/* --- What is recorded. ----------------------------------------------------------------------- */

/* Opens DECISION after its discussion, lets all vote and closes it. */
static void
decide (FixtureOrganisation *self, const CosmicId *decision, const DpopDecideOpen *open,
        void (*vote) (FixtureOrganisation *self, const CosmicId *decision, gpointer data),
        gpointer data)
{
  DpopProfile *profile = self->profile->profile;
  GError *error = NULL;

  fixture_profile_confirm (self->profile);
  self->profile->now += (gint64) 8 * DAY_MS;
  fixture_profile_confirm (self->profile);
  dpop_decide_open (profile, decision, open, &error);
  g_assert_no_error (error);
  vote (self, decision, data);
  self->profile->now += DAY_MS;
  fixture_profile_confirm (self->profile);
  dpop_decide_close (profile, decision, &error);
  g_assert_no_error (error);
  fixture_profile_confirm (self->profile);
}

static void
cast (FixtureOrganisation *self, const CosmicId *decision, guint member,
      const DpopDecisionBallot *ballot)
{
  GError *error = NULL;

  dpop_decide_vote (self->profile->profile, decision,
                    &g_array_index (self->members, CosmicId, member), ballot, NULL, &error);
  g_assert_no_error (error);
}

static void
answer (FixtureOrganisation *self, const CosmicId *decision, gpointer data)
{
  const guint *votes = data;

  for (guint i = 0; i < votes[0] + votes[1]; i++)
    {
      const DpopDecisionBallot ballot
          = { .answer = i < votes[0] ? DPOP_ANSWER_YES : DPOP_ANSWER_NO };

      cast (self, decision, i, &ballot);
    }
}

FixtureOrganisation *
document_case_question (guint64 seed, guint n, guint yes, guint no, const char *title,
                        const char *question, CosmicId *decision)
{
  FixtureOrganisation *self = fixture_organisation_new (seed, TRUE);
  const DpopDecidePropose command
      = { .title = title, .question = question, .ballot = DPOP_BALLOT_YES_NO_ABSTAIN };
  const DpopDecideOpen open = { 0 };
  guint votes[] = { yes, no };
  GError *error = NULL;

  fixture_organisation_enrol (self, n);
  dpop_decide_propose (self->profile->profile, &command, decision, &error);
  g_assert_no_error (error);
  decide (self, decision, &open, answer, votes);
  return self;
}

static void
rank (FixtureOrganisation *self, const CosmicId *decision, gpointer data)
{
  guint n_options = *(guint *) data;

  for (guint i = 0; i < self->members->len; i++)
    {
      DpopDecisionBallot ballot = { .n_marks = n_options };

      for (guint mark = 0; mark < n_options; mark++)
        ballot.marks[(mark * (1 + i % 3) + i % 2) % n_options] = (guint16) (mark + 1);
      cast (self, decision, i, &ballot);
    }
}

FixtureOrganisation *
document_case_election (guint64 seed, guint n, guint n_options, CosmicId *decision)
{
  static const char *const names[] = { "Rosa Martínez", "Karl Öberg", "Clara Zietlow",
                                       "Amadou N’Diaye", "None of these" };
  FixtureOrganisation *self = fixture_organisation_new (seed, TRUE);
  const DpopDecidePropose command = { .title = "Who is to be our treasurer?",
                                      .question = "For two years, from January on.",
                                      .rule = 1,
                                      .ballot = DPOP_BALLOT_RANK };
  DpopDecideOpen open = { 0 };
  CosmicId last;
  GError *error = NULL;

  fixture_organisation_enrol (self, n);
  dpop_decide_propose (self->profile->profile, &command, decision, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < n_options; i++)
    {
      g_autofree char *more = g_strdup_printf ("Candidate number %u", i + 1);

      dpop_decide_add_option (self->profile->profile, decision, NULL, NULL,
                              i < G_N_ELEMENTS (names) ? names[i] : more, NULL, &last, &error);
      g_assert_no_error (error);
    }
  open.default_option = &last;
  decide (self, decision, &open, rank, &n_options);
  return self;
}
