/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-recovery-sheet.h"

#include <glib/gi18n-lib.h>

/* Digits in groups of four, on two lines. */
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

static void
add_place (DpopDocument *document, const DpopRecoverySheet *sheet)
{
  g_autofree char *whose
      = g_strdup_printf (_("This computer, “%s”, belongs to %s in the organisation."),
                         sheet->computer, sheet->member);

  dpop_document_add_label (document, _("Computer"));
  dpop_document_add_text (document, DPOP_DOCUMENT_BODY, whose);
  if (sheet->only_record_keeper)
    dpop_document_add_text (document, DPOP_DOCUMENT_BODY,
                            _("It is the organisation's only record keeper."));
  else if (sheet->record_keeper)
    dpop_document_add_text (document, DPOP_DOCUMENT_BODY,
                            _("It is one of the organisation's record keepers."));
  dpop_document_add_space (document, DPOP_DOCUMENT_MM (2));
  dpop_document_add_label (document, _("Its data is in the folder"));
  dpop_document_add_text (document, DPOP_DOCUMENT_BODY, sheet->folder);
  dpop_document_add_text (document, DPOP_DOCUMENT_SMALL,
                          _("It is encrypted: only the passphrase opens it."));
}

static void
add_numbers (DpopDocument *document, const DpopRecoverySheet *sheet)
{
  g_autofree char *party = grouped (&sheet->party);
  g_autofree char *root = grouped (&sheet->check_number);
  g_autofree char *height = g_strdup_printf (_("Check number of confirmation %lu"),
                                             (gulong) sheet->height);

  dpop_document_add_label (document, _("Founding number"));
  dpop_document_add_text (document, DPOP_DOCUMENT_FIXED, party);
  if (sheet->height > 0)
    {
      dpop_document_add_space (document, DPOP_DOCUMENT_MM (2));
      dpop_document_add_label (document, height);
      dpop_document_add_text (document, DPOP_DOCUMENT_FIXED, root);
    }
  dpop_document_add_text (document, DPOP_DOCUMENT_SMALL,
                          _("The founding number is the same on every computer of the "
                            "organisation, for ever. The check number shows that a copy of the "
                            "history is the true one."));
}

static void
add_passphrase (DpopDocument *document, const DpopRecoverySheet *sheet)
{
  dpop_document_add_label (document, _("Passphrase"));
  dpop_document_add_blank (document, _("Write it here by hand if you want to, and keep this sheet "
                                       "like a key."));
  dpop_document_add_space (document, DPOP_DOCUMENT_MM (3));
  dpop_document_add_label (document, _("Whom to call"));
  if (sheet->contact != NULL && sheet->contact[0] != '\0')
    dpop_document_add_text (document, DPOP_DOCUMENT_BODY, sheet->contact);
  else
    dpop_document_add_blank (document, _("A name and a telephone number: someone of the board, or "
                                         "who set up this computer."));
}

static void
add_losses (DpopDocument *document, const DpopRecoverySheet *sheet)
{
  dpop_document_add_text (document, DPOP_DOCUMENT_HEADING, _("If the passphrase is lost"));
  dpop_document_add_text (document, DPOP_DOCUMENT_BODY,
                          _("Nobody can open this computer's data any more, and the makers of DPOP "
                            "cannot either. This sheet does not replace the passphrase."));
  dpop_document_add_text (document, DPOP_DOCUMENT_HEADING, _("If the computer is lost"));
  dpop_document_add_text (document, DPOP_DOCUMENT_BODY,
                          _("The history is safe: every member's computer that has exchanged with "
                            "this one keeps it. Let the board switch this computer off, so that "
                            "whoever finds it can do nothing with it, and have yourself invited "
                            "again on another one. Your membership and your votes stay."));
  if (!sheet->record_keeper)
    return;
  dpop_document_add_text (document, DPOP_DOCUMENT_HEADING,
                          _("This is a record keeper's computer"));
  dpop_document_add_text (document, DPOP_DOCUMENT_BODY,
                          sheet->only_record_keeper
                              ? _("If its data or its passphrase is lost, nothing new can become "
                                  "final in the organisation, ever. What is confirmed stays valid "
                                  "and can be read and checked on every other computer. Copying "
                                  "the folder is no help against this: two copies that confirm "
                                  "would contradict each other.")
                              : _("If its data or its passphrase is lost, the other record keepers "
                                  "go on as long as enough of them are left. Do not copy the "
                                  "folder: two copies that confirm would contradict each "
                                  "other."));
}

DpopDocument *
dpop_recovery_sheet_new (const DpopRecoverySheet *sheet, DpopDocumentPaper paper)
{
  g_autoptr (GDateTime) moment = g_date_time_new_from_unix_local (sheet->made / 1000);
  /* Translators: a day, as in "30 November 2026". */
  g_autofree char *day = g_date_time_format (moment, _("%-d %B %Y"));
  g_autofree char *printed
      = g_strdup_printf (_("Printed on %s. Print it again when something of it has changed."), day);
  g_autofree char *title = g_strdup_printf (_("Recovery sheet: %s"), sheet->organisation);
  DpopDocument *document = dpop_document_new (paper, title, sheet->organisation, sheet->made);

  dpop_document_begin_part (document, printed);
  dpop_document_add_text (document, DPOP_DOCUMENT_LABEL, _("Recovery sheet"));
  dpop_document_add_text (document, DPOP_DOCUMENT_DISPLAY, sheet->organisation);
  dpop_document_add_space (document, DPOP_DOCUMENT_MM (8));
  add_place (document, sheet);
  dpop_document_add_space (document, DPOP_DOCUMENT_MM (4));
  dpop_document_add_rule (document);
  add_passphrase (document, sheet);
  dpop_document_add_space (document, DPOP_DOCUMENT_MM (4));
  dpop_document_add_rule (document);
  add_losses (document, sheet);
  dpop_document_add_space (document, DPOP_DOCUMENT_MM (5));
  dpop_document_add_rule (document);
  dpop_document_add_space (document, DPOP_DOCUMENT_MM (2));
  add_numbers (document, sheet);
  return document;
}
