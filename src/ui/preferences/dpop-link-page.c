/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-link-page.h"

#include "dpop-code-view.h"
#include "dpop-command-invite.h"
#include "dpop-edge-file.h"
#include "dpop-moment.h"
#include "dpop-shell.h"
#include "dpop-step-page.h"

#include <glib/gi18n-lib.h>

static void
result_free (gpointer data)
{
  dpop_command_invite_result_clear (data);
  g_free (data);
}

static gpointer
run_invite (DpopProfile *profile, gpointer data, GError **error)
{
  DpopCommandInvite input = { .lasts = 0 };
  DpopCommandInviteResult *result = g_new0 (DpopCommandInviteResult, 1);

  if (dpop_profile_own_member (profile, &input.member, error)
      && dpop_command_invite (profile, &input, result, error))
    return result;
  result_free (result);
  return NULL;
}

static void
add_line (GtkWidget *box, const char *text)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", text, "xalign", 0.0, "wrap", TRUE,
                                   "wrap-mode", PANGO_WRAP_WORD_CHAR, NULL);

  gtk_widget_add_css_class (label, "reading");
  gtk_box_append (GTK_BOX (box), label);
}

static GtkWidget *
new_code (DpopStepPage *page, const DpopCommandInviteResult *result)
{
  const DpopSessionInfo *info = dpop_session_get_info (dpop_page_get_session (DPOP_PAGE (page)));
  GtkWidget *code = dpop_code_view_new ();
  g_autofree char *file_name
      = dpop_edge_file_name (DPOP_EDGE_FILE_INVITATION,
                             info != NULL && info->own_name != NULL ? info->own_name : "DPOP");

  dpop_code_view_set (DPOP_CODE_VIEW (code), result->text, file_name);
  return code;
}

static void
on_invited (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DpopStepPage) page = data;
  g_autoptr (GError) error = NULL;
  DpopCommandInviteResult *invite
      = dpop_session_run_finish (DPOP_SESSION (source), result, &error);
  GtkWidget *body, *code;
  g_autofree char *until = NULL;
  g_autofree char *lasts = NULL;

  dpop_step_page_busy (page, NULL);
  if (invite == NULL)
    {
      dpop_step_page_fail (page, error->message);
      return;
    }
  body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  code = new_code (page, invite);
  until = dpop_moment_now (invite->expires);
  /* Translators: %s is a time, such as "3 May, 18:00". */
  lasts = g_strdup_printf (_("It can be used until %s, once."), until);
  gtk_box_append (GTK_BOX (body), code);
  add_line (body, lasts);
  add_line (body, _("1. On the other computer, choose “Join an organisation”, and give it this "
                    "invitation. It makes a request."));
  add_line (body, _("2. Bring the request back here, and take it in on the page “Exchange”. You "
                    "get a transfer file."));
  add_line (body, _("3. Carry the transfer file to the other computer. Then it is yours."));
  dpop_step_page_set_body (page, body);
  dpop_step_page_set_can_go_on (page, FALSE);
  gtk_widget_grab_focus (code);
  dpop_shell_announce (GTK_WIDGET (page), _("The invitation is made."));
  result_free (invite);
}

static void
on_next (DpopStepPage *page, gpointer unused)
{
  dpop_step_page_busy (page, _("Making the invitation."));
  dpop_session_run_async (dpop_page_get_session (DPOP_PAGE (page)), run_invite, NULL, NULL,
                          result_free, NULL, on_invited, g_object_ref (page));
}

DpopPage *
dpop_link_page_new (DpopSession *session)
{
  DpopStepPage *page = dpop_step_page_new (
      session, &(DpopStepText){
                   .title = _("Invitation"),
                   .question = _("Link another computer of yours"),
                   .explanation = _("You make an invitation for yourself and take it to the other "
                                    "computer. Whoever has it may ask to be let in as you, once: "
                                    "carry it like a key."),
                   .next = _("Make the Invitation"),
               });

  g_signal_connect (page, "next", G_CALLBACK (on_next), NULL);
  return DPOP_PAGE (page);
}
