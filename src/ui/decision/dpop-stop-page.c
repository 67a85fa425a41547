/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-stop-page.h"

#include "dpop-ballot-row.h"
#include "dpop-decide.h"
#include "dpop-decision-parts-private.h"
#include "dpop-shell.h"
#include "dpop-words.h"
#include "dpop-wrapping-label.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _DpopStopPage
{
  DpopPage parent_instance;

  CosmicId decision;
  guint reason; /* a DpopStopReason; 0: none is chosen yet */
  GtkWidget *rows[DPOP_STOP_LAST + 1];
  GtkWidget *text;
  GtkWidget *failure;
  GtkWidget *stop;
};

G_DEFINE_FINAL_TYPE (DpopStopPage, dpop_stop_page, DPOP_TYPE_PAGE)

/* --- Drafts: the number of the reason in the first line; what is typed follows. --------------- */

static char *
draft_name (DpopStopPage *self)
{
  g_autofree char *id = cosmic_id_to_text (&self->decision);

  return g_strconcat ("stop/", id, NULL);
}

static void
on_typed (DpopStopPage *self)
{
  g_autofree char *text = dpop_decision_parts_typed (self->text);
  g_autofree char *draft = g_strdup_printf ("%u\n%s", self->reason, text);
  g_autofree char *name = draft_name (self);

  dpop_session_put_draft (dpop_page_get_session (DPOP_PAGE (self)), name,
                          *text != '\0' ? draft : NULL);
}

static void choose (DpopStopPage *self, guint reason);

static void
on_draft (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DpopStopPage) self = data;
  g_autofree char *draft = dpop_session_get_draft_finish (DPOP_SESSION (source), result, NULL);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text));
  char *text = draft != NULL ? strchr (draft, '\n') : NULL;
  guint64 reason;

  if (text == NULL || gtk_text_buffer_get_char_count (buffer) > 0)
    return;
  *text = '\0';
  if (self->reason == 0
      && g_ascii_string_to_unsigned (draft, 10, 1, DPOP_STOP_LAST, &reason, NULL))
    choose (self, (guint) reason);
  gtk_text_buffer_set_text (buffer, text + 1, -1);
}

/* --- Stopping. ------------------------------------------------------------------------------- */

typedef struct
{
  CosmicId decision;
  DpopStopReason reason;
  char *text; /* may be NULL */
} Stop;

static void
stop_free (gpointer data)
{
  g_free (((Stop *) data)->text);
  g_free (data);
}

static gpointer
stop_vote (DpopProfile *profile, gpointer data, GError **error)
{
  const Stop *stop = data;

  return GINT_TO_POINTER (
      dpop_decide_stop (profile, &stop->decision, stop->reason, stop->text, error));
}

static void
on_stopped (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DpopStopPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = draft_name (self);

  gtk_widget_set_sensitive (self->stop, TRUE);
  if (dpop_session_run_finish (DPOP_SESSION (source), result, &error) == NULL)
    {
      dpop_decision_parts_say (self->failure, error->message);
      return;
    }
  dpop_session_put_draft (DPOP_SESSION (source), name, NULL);
  dpop_shell_toast (GTK_WIDGET (self), _("It is stopped. There will be no outcome."));
  dpop_shell_pop (GTK_WIDGET (self));
}

static void
on_stop (GtkButton *button, DpopStopPage *self)
{
  g_autofree char *typed = dpop_decision_parts_typed (self->text);
  Stop *stop = g_new0 (Stop, 1);

  g_strstrip (typed);
  stop->decision = self->decision;
  stop->reason = self->reason;
  stop->text = *typed != '\0' ? g_strdup (typed) : NULL;
  gtk_widget_set_sensitive (self->stop, FALSE);
  dpop_decision_parts_say (self->failure, NULL);
  dpop_session_run_async (dpop_page_get_session (DPOP_PAGE (self)), stop_vote, stop, stop_free,
                          NULL, NULL, on_stopped, g_object_ref (self));
}

/* --- The page. ------------------------------------------------------------------------------- */

static void
choose (DpopStopPage *self, guint reason)
{
  self->reason = reason;
  for (guint i = 1; i <= DPOP_STOP_LAST; i++)
    dpop_ballot_row_set_chosen (DPOP_BALLOT_ROW (self->rows[i]), i == reason);
  gtk_widget_set_sensitive (self->stop, TRUE);
}

static void
on_reason (GtkWidget *row, DpopStopPage *self)
{
  for (guint i = 1; i <= DPOP_STOP_LAST; i++)
    if (self->rows[i] == row)
      choose (self, i);
  on_typed (self);
}

static void
dpop_stop_page_focus_first (DpopPage *page)
{
  gtk_widget_grab_focus (DPOP_STOP_PAGE (page)->rows[1]);
}

static void
dpop_stop_page_class_init (DpopStopPageClass *klass)
{
  DPOP_PAGE_CLASS (klass)->focus_first = dpop_stop_page_focus_first;
}

static void
dpop_stop_page_init (DpopStopPage *self)
{
  dpop_page_set_title (DPOP_PAGE (self), _("Stop"));
}

/* "The question was put wrongly": what begins a row begins with a capital. */
static char *
capital (const char *words)
{
  g_autofree char *first = g_utf8_strup (words, (gssize) (g_utf8_next_char (words) - words));

  return g_strconcat (first, g_utf8_next_char (words), NULL);
}

static void
add_reasons (DpopStopPage *self, GtkBox *box)
{
  for (guint i = 1; i <= DPOP_STOP_LAST; i++)
    {
      g_autofree char *words = capital (dpop_words_stop (i));

      self->rows[i] = dpop_ballot_row_new (DPOP_BALLOT_ROW_ONE, words, NULL);
      g_signal_connect (self->rows[i], "clicked", G_CALLBACK (on_reason), self);
      gtk_box_append (box, self->rows[i]);
    }
}

DpopPage *
dpop_stop_page_new (DpopSession *session, const CosmicId *decision, const char *title)
{
  DpopStopPage *self = g_object_new (DPOP_TYPE_STOP_PAGE, "session", session, NULL);
  GtkWidget *scroller, *column, *text;
  g_autofree char *name = NULL;
  g_autofree char *question = g_strdup_printf (_("Why is “%s” stopped?"), title);

  self->decision = *decision;
  scroller = dpop_decision_parts_column (&column);
  gtk_box_append (GTK_BOX (column), dpop_wrapping_label_new (question, "title-2"));
  gtk_box_append (GTK_BOX (column),
                  dpop_wrapping_label_new (
                      _("There will be no outcome. Votes that were cast are not counted. The "
                        "question can be put again in other words. This cannot be undone."),
                      NULL));
  add_reasons (self, GTK_BOX (column));
  text = dpop_decision_parts_text (_("What there is to say about it (may be left out)"), 72,
                                   &self->text);
  gtk_box_append (GTK_BOX (column),
                  dpop_wrapping_label_new (_("What there is to say about it (may be left out)"),
                                           "dim-label"));
  gtk_box_append (GTK_BOX (column), text);
  self->failure = dpop_decision_parts_failure ();
  gtk_box_append (GTK_BOX (column), self->failure);
  self->stop = dpop_decision_parts_button (_("Stop It"), "destructive-action",
                                           G_CALLBACK (on_stop), self);
  gtk_widget_set_sensitive (self->stop, FALSE);
  gtk_box_append (GTK_BOX (column), self->stop);
  dpop_page_set_content (DPOP_PAGE (self), scroller);
  g_signal_connect_swapped (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text)), "changed",
                            G_CALLBACK (on_typed), self);
  name = draft_name (self);
  dpop_session_get_draft_async (session, name, on_draft, g_object_ref (self));
  return DPOP_PAGE (self);
}
