/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-invite.h"
#include "document-case.h"
#include "dpop-command-invite.h"
#include "dpop-invitation-letter.h"

#include <string.h>

static const char *const address[] = { "Long Street 12", "12345 Riverside", NULL };

static const DpopInvitationSender sender = {
  .organisation = "Riverside Choir",
  .return_address = "Riverside Choir, Hall Lane 3, 12345 Riverside",
  .signed_by = "Anna Archer, secretary",
  .written = G_GINT64_CONSTANT (1796000000000),
};

typedef struct
{
  FixtureOrganisation *organisation;
  GPtrArray *letters;
  GPtrArray *names;
  DpopCommandInviteResult invite;
} Case;

static void
case_init (Case *self, guint n)
{
  DpopCommandInvite command = { 0 };
  GError *error = NULL;

  self->organisation = fixture_organisation_new (n, TRUE);
  fixture_organisation_enrol (self->organisation, 1);
  command.member = g_array_index (self->organisation->members, CosmicId, 0);
  dpop_command_invite (self->organisation->profile->profile, &command, &self->invite, &error);
  g_assert_no_error (error);
  self->letters = g_ptr_array_new_with_free_func (g_free);
  self->names = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < n; i++)
    {
      DpopInvitationLetter *letter = g_new0 (DpopInvitationLetter, 1);

      g_ptr_array_add (self->names, g_strdup_printf ("Member%u Weaver", i + 1));
      letter->name = self->names->pdata[i];
      letter->address = address;
      letter->code = self->invite.text;
      letter->expires = self->invite.expires;
      g_ptr_array_add (self->letters, letter);
    }
}

static void
case_clear (Case *self)
{
  fixture_organisation_free (self->organisation);
  g_clear_pointer (&self->letters, g_ptr_array_unref);
  g_clear_pointer (&self->names, g_ptr_array_unref);
  dpop_command_invite_result_clear (&self->invite);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Case, case_clear)

/* What is copied from the page, from the code's head on, reads as the invitation. */
static void
assert_code_reads (const DocumentCase *file)
{
  const char *at = strstr (file->text, "DPOP-J");
  const char *end = strstr (file->text, "It is good");
  g_autofree char *code = NULL;
  CosmicInvite invite;
  guint line;

  g_assert_nonnull (at);
  code = end != NULL && end > at ? g_strndup (at, (gsize) (end - at)) : g_strdup (at);
  g_assert_cmpint (cosmic_invite_from_text (&invite, code, &line), ==, COSMIC_TEXT_CODE_GOOD);
  cosmic_invite_clear (&invite);
}

static void
test_letter (void)
{
  g_auto (Case) self = { 0 };
  g_autoptr (DpopDocument) document = NULL;
  g_autoptr (DocumentCase) file = NULL;
  const DocumentCaseWord *name, *city;

  if (!document_case_can ())
    return;
  case_init (&self, 1);
  document = dpop_invitation_letter_new (&sender, self.letters, DPOP_DOCUMENT_A4);
  file = document_case_new (document, "letter-a4");
  g_assert_cmpuint (file->n_pages, ==, 1);
  document_case_is_tidy (file, document, DPOP_DOCUMENT_MM (12));
  g_assert_true (document_case_has (file, "Dear Member1 Weaver,"));
  g_assert_true (document_case_has (file, "Anna Archer, secretary"));
  assert_code_reads (file);
  /* DIN 5008, form B: the window is 45 mm high and 85 mm wide, 20 mm from the left, 45 mm from the
   * top. */
  name = document_case_find (file, 0, "Member1");
  city = document_case_find (file, 0, "Riverside");
  g_assert_nonnull (name);
  g_assert_cmpfloat (name->x0, >=, DPOP_DOCUMENT_MM (24));
  g_assert_cmpfloat (name->y0, >=, DPOP_DOCUMENT_MM (62));
  g_assert_cmpfloat (name->x1, <=, DPOP_DOCUMENT_MM (105));
  g_assert_nonnull (city);
  for (guint i = 0; i < file->words->len; i++)
    {
      const DocumentCaseWord *word = file->words->pdata[i];

      if (word->y0 > DPOP_DOCUMENT_MM (45) && word->y1 < DPOP_DOCUMENT_MM (90)
          && word->x0 < DPOP_DOCUMENT_MM (120))
        g_assert_cmpfloat (word->x1, <=, DPOP_DOCUMENT_MM (105));
    }
}

static void
test_letter_paper (void)
{
  g_auto (Case) self = { 0 };
  g_autoptr (DpopDocument) document = NULL;
  g_autoptr (DocumentCase) file = NULL;

  if (!document_case_can ())
    return;
  case_init (&self, 1);
  document = dpop_invitation_letter_new (&sender, self.letters, DPOP_DOCUMENT_LETTER);
  file = document_case_new (document, "letter-us");
  g_assert_cmpuint (file->n_pages, ==, 1);
  document_case_is_tidy (file, document, DPOP_DOCUMENT_MM (12));
  assert_code_reads (file);
}

static void
test_hundred (void)
{
  g_auto (Case) self = { 0 };
  g_autoptr (DpopDocument) document = NULL;
  g_autoptr (DocumentCase) file = NULL;

  if (!document_case_can ())
    return;
  case_init (&self, 100);
  document = dpop_invitation_letter_new (&sender, self.letters, DPOP_DOCUMENT_A4);
  file = document_case_new (document, "letter-hundred");
  g_assert_cmpuint (file->n_pages, ==, 100);
  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *name = g_strdup_printf ("Member%u", i + 1);

      g_assert_nonnull (document_case_find (file, i, name));
    }
}

static void
test_card (void)
{
  g_auto (Case) self = { 0 };
  g_autoptr (DpopDocument) document = NULL;
  g_autoptr (DocumentCase) file = NULL;

  if (!document_case_can ())
    return;
  case_init (&self, 2);
  document = dpop_invitation_letter_cards (&sender, self.letters, DPOP_DOCUMENT_A4);
  file = document_case_new (document, "card");
  g_assert_cmpuint (file->n_pages, ==, 2);
  document_case_is_tidy (file, document, DPOP_DOCUMENT_MM (12));
  g_assert_true (document_case_has (file, "invitation for Member2 Weaver"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/invitation-letter/the address is where an envelope's window shows it",
                   test_letter);
  g_test_add_func ("/invitation-letter/it is one page on Letter paper as well",
                   test_letter_paper);
  g_test_add_func ("/invitation-letter/a hundred letters are a hundred pages, one for each member",
                   test_hundred);
  g_test_add_func ("/invitation-letter/a card is the code, as large as the page allows",
                   test_card);
  return g_test_run ();
}
