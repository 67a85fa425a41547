/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-next-sheet.h"

#include "dpop-next-step-private.h"

#include "dpop-button-flow.h"
#include "dpop-document-print.h"
#include "dpop-recovery-sheet.h"

#include <glib/gi18n-lib.h>

DpopDocument *
dpop_next_sheet_new (DpopSession *session)
{
  const DpopSessionInfo *info = dpop_session_get_info (session);
  DpopRecoverySheet sheet;

  if (info == NULL || info->name == NULL)
    return NULL;
  sheet = (DpopRecoverySheet){
    .organisation = info->name,
    .member = info->own_name != NULL ? info->own_name : "",
    .computer = g_get_host_name (),
    .folder = dpop_session_get_folder (session),
    .party = info->figures.party,
    .height = info->figures.height,
    .check_number = info->figures.root,
    .record_keeper = info->figures.record_keeper,
    .only_record_keeper = info->figures.confirms,
    .made = g_get_real_time () / 1000,
  };
  return dpop_recovery_sheet_new (&sheet, dpop_document_print_paper ());
}

static void
finish (DpopStepPage *page, gboolean done, const GError *error)
{
  if (done)
    dpop_next_step_done (page);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    dpop_step_page_fail (page, error->message);
}

static void
on_printed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DpopStepPage) page = data;
  g_autoptr (GError) error = NULL;
  const gboolean done = dpop_document_print_finish (result, &error);

  finish (page, done, error);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DpopStepPage) page = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = dpop_document_print_save_finish (result, &error);

  finish (page, file != NULL, error);
}

static GtkWindow *
window_of (DpopStepPage *page)
{
  return GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (page)));
}

static void
on_print (GtkButton *button, DpopStepPage *page)
{
  g_autoptr (DpopDocument) sheet = dpop_next_sheet_new (dpop_page_get_session (DPOP_PAGE (page)));

  if (sheet != NULL)
    dpop_document_print_async (sheet, window_of (page), on_printed, g_object_ref (page));
}

static void
on_save (GtkButton *button, DpopStepPage *page)
{
  g_autoptr (DpopDocument) sheet = dpop_next_sheet_new (dpop_page_get_session (DPOP_PAGE (page)));

  if (sheet != NULL)
    dpop_document_print_save_async (sheet, window_of (page), _("Recovery sheet.pdf"), on_saved,
                                    g_object_ref (page));
}

static GtkWidget *
build_sheet (DpopStepPage *page)
{
  GtkWidget *body = dpop_button_flow_new ();
  GtkWidget *print = gtk_button_new_with_label (_("Print…"));
  GtkWidget *save = gtk_button_new_with_label (_("Save as PDF…"));

  gtk_widget_add_css_class (print, "suggested-action");
  g_signal_connect_object (print, "clicked", G_CALLBACK (on_print), page, 0);
  g_signal_connect_object (save, "clicked", G_CALLBACK (on_save), page, 0);
  dpop_button_flow_add (body, print);
  dpop_button_flow_add (body, save);
  return body;
}

const DpopNextStep dpop_next_step_sheet = {
  .step = DPOP_FOUNDING_STEP_SHEET,
  .name = N_("Recovery Sheet"),
  .question = N_("Keep a sheet for bad days"),
  .explanation = N_("It says where your data lies and what to do when the computer or the "
                    "passphrase is lost. No secret is printed on it; there is a line to write the "
                    "passphrase by hand. It does not replace the passphrase: without that, "
                    "nothing opens."),
  .build = build_sheet,
};

/* --- Record keepers. ------------------------------------------------------------------------- */

const DpopNextStep dpop_next_step_keeper = {
  .step = DPOP_FOUNDING_STEP_KEEPER,
  .name = N_("Record Keeper"),
  .question = N_("This computer is your only record keeper"),
  .explanation
  = N_("A record keeper confirms what is entered: only then it is final. If this computer or its "
       "passphrase is lost, nothing new can ever become final, though all that was confirmed stays "
       "valid on every other computer. A copy of its folder does not help, because two copies "
       "would contradict each other.\n\nThat three or four computers keep the record together "
       "can be set up on the command line so far, with dpopctl keeper. Until then, choose with "
       "care where this computer stands, and who knows the passphrase."),
  .next = N_("I Understand"),
};
