/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-unlock-page.h"

#include "dpop-caps-lock.h"
#include "dpop-profile-label.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _DpopUnlockPage
{
  DpopPage parent_instance;

  GtkWidget *passphrase;
  GtkWidget *failure;
  GtkWidget *unlock;
  GtkWidget *progress;
  GtkWidget *caps;
  GtkWidget *name;
};

G_DEFINE_FINAL_TYPE (DpopUnlockPage, dpop_unlock_page, DPOP_TYPE_PAGE)

enum
{
  UNLOCKED,
  ELSEWHERE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
set_busy (DpopUnlockPage *self, gboolean busy)
{
  gtk_editable_set_editable (GTK_EDITABLE (self->passphrase), !busy);
  gtk_widget_set_visible (self->progress, busy);
  gtk_widget_set_visible (self->unlock, !busy);
}

static const char *
words_for (const GError *error)
{
  if (g_error_matches (error, DPOP_VAULT_ERROR, DPOP_VAULT_ERROR_WRONG_PASSPHRASE))
    return _("That is not the passphrase. Look at capital letters and the keyboard's language, "
             "and try again.");
  if (g_error_matches (error, DPOP_VAULT_ERROR, DPOP_VAULT_ERROR_BUSY))
    return _("Another program has this organisation open. Close it there, and try again.");
  if (g_error_matches (error, DPOP_VAULT_ERROR, DPOP_VAULT_ERROR_NOT_A_PROFILE))
    return _("There is nothing to open in this folder any more. Choose another organisation.");
  if (g_error_matches (error, DPOP_VAULT_ERROR, DPOP_VAULT_ERROR_CORRUPT))
    return _("Something on this computer's disk was damaged or changed, so nothing is opened. Put "
             "a backup of the folder in its place, or join again with another computer's help.");
  if (g_error_matches (error, DPOP_VAULT_ERROR, DPOP_VAULT_ERROR_TOO_NEW))
    return _("A later version of DPOP has written this. Update DPOP, and try again.");
  return error->message;
}

static void
show_failure (DpopUnlockPage *self, const GError *error)
{
  gtk_label_set_label (GTK_LABEL (self->failure), words_for (error));
  gtk_widget_set_visible (self->failure, TRUE);
  gtk_widget_grab_focus (self->passphrase);
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DpopUnlockPage) self = data;
  g_autoptr (GError) error = NULL;

  set_busy (self, FALSE);
  gtk_editable_set_text (GTK_EDITABLE (self->passphrase), "");
  if (dpop_session_open_finish (DPOP_SESSION (source), result, &error))
    g_signal_emit (self, signals[UNLOCKED], 0);
  else
    show_failure (self, error);
}

static void
on_unlock (GtkWidget *widget, DpopUnlockPage *self)
{
  DpopSession *session = dpop_page_get_session (DPOP_PAGE (self));
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->passphrase));
  g_autoptr (CosmicSecret) secret = NULL;

  if (*typed == '\0' || dpop_session_get_state (session) != DPOP_SESSION_CLOSED)
    return;
  secret = cosmic_secret_copy (typed, strlen (typed));
  set_busy (self, TRUE);
  dpop_session_open_async (session, secret, NULL, on_opened, g_object_ref (self));
}

static void
on_typed (GtkEditable *entry, DpopUnlockPage *self)
{
  const gboolean typed = *gtk_editable_get_text (entry) != '\0';

  gtk_widget_set_sensitive (self->unlock, typed);
  if (typed)
    gtk_widget_set_visible (self->failure, FALSE);
}

static void
on_elsewhere (GtkButton *button, DpopUnlockPage *self)
{
  g_signal_emit (self, signals[ELSEWHERE], 0);
}

static void
dpop_unlock_page_focus_first (DpopPage *page)
{
  gtk_widget_grab_focus (DPOP_UNLOCK_PAGE (page)->passphrase);
}

static void
dpop_unlock_page_class_init (DpopUnlockPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  DPOP_PAGE_CLASS (klass)->focus_first = dpop_unlock_page_focus_first;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/dpop/Dpop/dpop-unlock-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DpopUnlockPage, passphrase);
  gtk_widget_class_bind_template_child (widget_class, DpopUnlockPage, failure);
  gtk_widget_class_bind_template_child (widget_class, DpopUnlockPage, unlock);
  gtk_widget_class_bind_template_child (widget_class, DpopUnlockPage, progress);
  gtk_widget_class_bind_template_child (widget_class, DpopUnlockPage, name);
  gtk_widget_class_bind_template_child (widget_class, DpopUnlockPage, caps);
  gtk_widget_class_bind_template_callback (widget_class, on_elsewhere);
  gtk_widget_class_bind_template_callback (widget_class, on_unlock);
  gtk_widget_class_bind_template_callback (widget_class, on_typed);
  signals[UNLOCKED] = g_signal_new ("unlocked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ELSEWHERE] = g_signal_new ("elsewhere", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
dpop_unlock_page_init (DpopUnlockPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  dpop_caps_lock_watch (GTK_WIDGET (self), self->caps);
}

/* What it is called before it is open: the label that was typed for this computer. */
static void
show_name (DpopUnlockPage *self)
{
  DpopSession *session = dpop_page_get_session (DPOP_PAGE (self));
  g_auto (DpopProfileLabel) label = { 0 };

  dpop_profile_label_read (dpop_session_get_folder (session), &label);
  gtk_label_set_label (GTK_LABEL (self->name), label.text != NULL ? label.text : "");
  gtk_widget_set_visible (self->name, label.text != NULL);
}

DpopPage *
dpop_unlock_page_new (DpopSession *session)
{
  DpopUnlockPage *self = g_object_new (DPOP_TYPE_UNLOCK_PAGE, "session", session, NULL);

  show_name (self);
  return DPOP_PAGE (self);
}
