/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-invitation-letter.h"

#include <glib/gi18n-lib.h>

/* Where an envelope's window shows the address, and where the paper is folded, from the top. */
typedef struct
{
  double x, width;
  double note, note_height;     /* the sender's line */
  double address, address_height;
  double text;                  /* the letter begins */
  double folds[2];
} Window;

static const Window window_a4 = { .x = DPOP_DOCUMENT_MM (25),
                                  .width = DPOP_DOCUMENT_MM (78),
                                  .note = DPOP_DOCUMENT_MM (56),
                                  .note_height = DPOP_DOCUMENT_MM (6),
                                  .address = DPOP_DOCUMENT_MM (62.7),
                                  .address_height = DPOP_DOCUMENT_MM (27.3),
                                  .text = DPOP_DOCUMENT_MM (96),
                                  .folds = { DPOP_DOCUMENT_MM (105), DPOP_DOCUMENT_MM (210) } };
static const Window window_letter = { .x = DPOP_DOCUMENT_MM (23),
                                      .width = DPOP_DOCUMENT_MM (78),
                                      .note = DPOP_DOCUMENT_MM (48),
                                      .note_height = DPOP_DOCUMENT_MM (6),
                                      .address = DPOP_DOCUMENT_MM (54),
                                      .address_height = DPOP_DOCUMENT_MM (24),
                                      .text = DPOP_DOCUMENT_MM (84),
                                      .folds = { DPOP_DOCUMENT_MM (93.1),
                                                 DPOP_DOCUMENT_MM (186.3) } };

static char *
day_of (gint64 ms)
{
  g_autoptr (GDateTime) moment = g_date_time_new_from_unix_local (ms / 1000);

  /* Translators: a day, as in "30 November 2026". */
  return g_date_time_format (moment, _("%-d %B %Y"));
}

/* --- Letters. -------------------------------------------------------------------------------- */

static void
place_address (DpopDocument *document, const DpopInvitationSender *sender,
               const DpopInvitationLetter *letter, const Window *window)
{
  g_autofree char *lines = letter->address != NULL
                               ? g_strjoinv ("\n", (char **) letter->address)
                               : g_strdup ("");
  g_autofree char *whole = g_strjoin ("\n", letter->name, lines[0] != '\0' ? lines : NULL, NULL);
  double width, height;

  dpop_document_size (document, &width, &height);
  if (sender->return_address != NULL)
    {
      dpop_document_place_text (document, DPOP_DOCUMENT_LABEL, sender->return_address, window->x,
                                window->note, window->width, window->note_height);
      dpop_document_place_rule (document, window->x,
                                window->note + window->note_height - DPOP_DOCUMENT_MM (1),
                                window->width);
    }
  dpop_document_place_text (document, DPOP_DOCUMENT_BODY, whole, window->x, window->address,
                            window->width, window->address_height);
  for (guint i = 0; i < G_N_ELEMENTS (window->folds); i++)
    dpop_document_place_rule (document, DPOP_DOCUMENT_MM (4), window->folds[i],
                              DPOP_DOCUMENT_MM (4));
}

static void
place_head (DpopDocument *document, const DpopInvitationSender *sender, const Window *window)
{
  g_autofree char *day = day_of (sender->written);
  double width, height, x;

  dpop_document_size (document, &width, &height);
  dpop_document_place_text (document, DPOP_DOCUMENT_TITLE, sender->organisation, window->x,
                            DPOP_DOCUMENT_MM (22), width - 2 * window->x, DPOP_DOCUMENT_MM (16));
  x = width - DPOP_DOCUMENT_MM (22) - dpop_document_measure (document, DPOP_DOCUMENT_BODY, day);
  dpop_document_place_text (document, DPOP_DOCUMENT_BODY, day, x, window->address
                                                                      + window->address_height
                                                                      - DPOP_DOCUMENT_MM (6),
                            width - x, DPOP_DOCUMENT_MM (8));
}

static void
add_steps (DpopDocument *document, const DpopInvitationLetter *letter)
{
  g_autofree char *day = letter->expires > 0 ? day_of (letter->expires) : NULL;
  g_autofree char *until
      = day != NULL ? g_strdup_printf (_("It is good until %s, for one computer. Show it to "
                                         "nobody: whoever has it can ask to join in your "
                                         "place."),
                                       day)
                    : g_strdup (_("It is good for one computer. Show it to nobody: whoever has it "
                                  "can ask to join in your place."));

  dpop_document_add_text (document, DPOP_DOCUMENT_BODY,
                          _("Start DPOP on your computer, choose “Join an organisation” and type "
                            "this code, line by line. Capitals, dashes and spaces do not matter, "
                            "and the letter O is the same as zero. The last four letters of a line "
                            "are a check: if you mistype, you are told in which line."));
  dpop_document_add_code (document, DPOP_DOCUMENT_CODE, letter->code);
  dpop_document_add_text (document, DPOP_DOCUMENT_BODY, until);
}

static void
add_letter (DpopDocument *document, const DpopInvitationSender *sender,
            const DpopInvitationLetter *letter, const Window *window)
{
  g_autofree char *subject
      = g_strdup_printf (_("Your invitation to %s on your computer"), sender->organisation);
  g_autofree char *greeting = g_strdup_printf (_("Dear %s,"), letter->name);

  dpop_document_begin_part (document, NULL);
  place_head (document, sender, window);
  place_address (document, sender, letter, window);
  dpop_document_add_space_to (document, window->text);
  dpop_document_add_text (document, DPOP_DOCUMENT_HEADING, subject);
  dpop_document_add_space (document, DPOP_DOCUMENT_MM (2));
  dpop_document_add_text (document, DPOP_DOCUMENT_BODY, greeting);
  dpop_document_add_text (document, DPOP_DOCUMENT_BODY,
                          sender->text != NULL
                              ? sender->text
                              : _("With DPOP you can read what we discuss, propose, and vote from "
                                  "home. You are a full member without it, too."));
  add_steps (document, letter);
  if (sender->signed_by != NULL)
    {
      dpop_document_add_space (document, DPOP_DOCUMENT_MM (2));
      dpop_document_add_text (document, DPOP_DOCUMENT_BODY, sender->signed_by);
    }
}

DpopDocument *
dpop_invitation_letter_new (const DpopInvitationSender *sender, const GPtrArray *letters,
                            DpopDocumentPaper paper)
{
  const Window *window = paper == DPOP_DOCUMENT_LETTER ? &window_letter : &window_a4;
  g_autofree char *title = g_strdup_printf (_("Invitations: %s"), sender->organisation);
  DpopDocument *document
      = dpop_document_new (paper, title, sender->organisation, sender->written);

  dpop_document_set_letter (document, window->x);
  for (guint i = 0; i < letters->len; i++)
    add_letter (document, sender, letters->pdata[i], window);
  return document;
}

/* --- Cards. ---------------------------------------------------------------------------------- */

static void
add_card (DpopDocument *document, const DpopInvitationSender *sender,
          const DpopInvitationLetter *letter)
{
  g_autofree char *head = g_strdup_printf (_("%s: invitation for %s"), sender->organisation,
                                           letter->name);

  dpop_document_begin_part (document, NULL);
  dpop_document_add_text (document, DPOP_DOCUMENT_TITLE, head);
  dpop_document_add_text (document, DPOP_DOCUMENT_BODY,
                          _("Join an organisation → type this code."));
  dpop_document_add_code (document, DPOP_DOCUMENT_POSTER, letter->code);
}

DpopDocument *
dpop_invitation_letter_cards (const DpopInvitationSender *sender, const GPtrArray *letters,
                              DpopDocumentPaper paper)
{
  gboolean letter = paper == DPOP_DOCUMENT_LETTER || paper == DPOP_DOCUMENT_LETTER_LANDSCAPE;
  g_autofree char *title = g_strdup_printf (_("Invitations: %s"), sender->organisation);
  DpopDocument *document
      = dpop_document_new (letter ? DPOP_DOCUMENT_LETTER_LANDSCAPE : DPOP_DOCUMENT_A4_LANDSCAPE,
                           title, sender->organisation, sender->written);

  for (guint i = 0; i < letters->len; i++)
    add_card (document, sender, letters->pdata[i]);
  return document;
}
