/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-next-step-private.h"

#include "dpop-practice-vote.h"
#include "dpop-spoken-name.h"

#include <glib/gi18n-lib.h>

/* A vote beside the organisation, from its beginning to its end. It writes to the disk, so each
 * step of it is a task in a thread, one after the other. */
typedef struct
{
  DpopStepPage *page; /* weak: it owns this */
  DpopSession *session;
  DpopPracticeVote *vote; /* NULL: not begun, or being worked on */
  GtkWidget *begin;
  GtkWidget *question;
  GtkWidget *ballot;
  GtkWidget *sentence;
  GtkWidget *reasons;
} Practice;

static void
end_there (GTask *task, gpointer source, gpointer vote, GCancellable *cancellable)
{
  dpop_practice_vote_end (vote);
  g_task_return_boolean (task, TRUE);
}

/* Removing its folder takes a moment. */
static void
end_vote (DpopPracticeVote *vote)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);

  g_task_set_task_data (task, vote, NULL);
  g_task_run_in_thread (task, end_there);
}

static void
practice_clear (gpointer data)
{
  Practice *self = data;

  g_clear_weak_pointer (&self->page);
  g_clear_pointer (&self->vote, end_vote);
  g_object_unref (self->session);
}

static void
practice_unref (gpointer self)
{
  g_rc_box_release_full (self, practice_clear);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Practice, practice_unref)

/* What a task was asked, and what it found. */
typedef struct
{
  Practice *self;
  DpopPracticeVote *vote;
  DpopCharter *charter;
  DpopCharterNames *names;
  char *user;
  DpopAnswer answer; /* 0: it is only begun */
  char *question;
  char *outcome;
  GPtrArray *reasons;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  g_clear_pointer (&work->self, practice_unref);
  g_clear_pointer (&work->vote, end_vote);
  g_clear_pointer (&work->charter, dpop_charter_unref);
  dpop_charter_names_free (work->names);
  g_free (work->user);
  g_free (work->question);
  g_free (work->outcome);
  g_clear_pointer (&work->reasons, g_ptr_array_unref);
  g_free (work);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Work, work_free)

static Work *
work_new (Practice *self)
{
  Work *work = g_new0 (Work, 1);

  work->self = g_rc_box_acquire (self);
  work->vote = g_steal_pointer (&self->vote);
  return work;
}

/* --- In a thread. ---------------------------------------------------------------------------- */

static gboolean
look (Work *work, GError **error)
{
  g_autoptr (DpopDecisionView) view = dpop_practice_vote_view (work->vote, error);

  if (view == NULL)
    return FALSE;
  work->question = g_strdup (view->title);
  work->outcome = g_strdup (view->outcome);
  work->reasons = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; view->reasons != NULL && i < view->reasons->len; i++)
    g_ptr_array_add (work->reasons, g_strdup (view->reasons->pdata[i]));
  return TRUE;
}

static gboolean
work_on (Work *work, GError **error)
{
  if (work->vote == NULL
      && (work->vote = dpop_practice_vote_begin (NULL, work->charter, work->names, work->user, NULL,
                                                 error))
             == NULL)
    return FALSE;
  return (work->answer == 0
          || (dpop_practice_vote_cast (work->vote, work->answer, error)
              && dpop_practice_vote_close (work->vote, error)))
         && look (work, error);
}

static void
work_there (GTask *task, gpointer source, gpointer work, GCancellable *cancellable)
{
  GError *error = NULL;

  if (work_on (work, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* --- On the page. ---------------------------------------------------------------------------- */

static void
show_reasons (Practice *self, const GPtrArray *reasons)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < reasons->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", (const char *) reasons->pdata[i]);
  gtk_label_set_label (GTK_LABEL (self->reasons), text->str);
  g_string_free (text, TRUE);
}

static void
show_work (Practice *self, Work *work)
{
  const gboolean over = work->outcome != NULL;

  self->vote = g_steal_pointer (&work->vote);
  gtk_label_set_label (GTK_LABEL (self->question), work->question);
  gtk_widget_set_visible (self->begin, FALSE);
  gtk_widget_set_visible (self->question, TRUE);
  gtk_widget_set_visible (self->ballot, !over);
  gtk_widget_set_visible (self->sentence, over);
  gtk_widget_set_visible (self->reasons, over);
  if (!over)
    {
      gtk_widget_child_focus (self->ballot, GTK_DIR_TAB_FORWARD);
      return;
    }
  gtk_label_set_label (GTK_LABEL (self->sentence), work->outcome);
  show_reasons (self, work->reasons);
  dpop_next_step_done (self->page);
  dpop_page_focus_first (DPOP_PAGE (self->page));
}

/* WORK is the task's, and may end in its thread: what belongs to this one is taken from it. */
static void
on_worked (GObject *source, GAsyncResult *result, gpointer data)
{
  Work *work = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (Practice) self = g_steal_pointer (&work->self);
  const gboolean done = g_task_propagate_boolean (G_TASK (result), &error);

  if (self->page == NULL)
    return;
  dpop_step_page_busy (self->page, NULL);
  if (done)
    show_work (self, work);
  else
    {
      self->vote = g_steal_pointer (&work->vote);
      dpop_step_page_fail (self->page, error->message);
    }
}

static void
run (Work *work, const char *busy)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, on_worked, work);

  dpop_step_page_busy (work->self->page, busy);
  g_task_set_task_data (task, work, work_free);
  g_task_run_in_thread (task, work_there);
}

/* The rules and names as they are now, from the engine. */
static gpointer
read_there (DpopProfile *profile, gpointer data, GError **error)
{
  return dpop_names_new (profile, error);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Work) work = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (DpopNames) names = dpop_session_run_finish (DPOP_SESSION (source), result, &error);
  const DpopSessionInfo *info = dpop_session_get_info (DPOP_SESSION (source));
  Practice *self = work->self;

  if (self->page == NULL)
    return;
  if (names == NULL || info == NULL)
    {
      dpop_step_page_busy (self->page, NULL);
      dpop_step_page_fail (self->page, error != NULL ? error->message : _("That did not work."));
      return;
    }
  work->charter = dpop_charter_ref (names->charter);
  work->names = g_steal_pointer (&names->words);
  work->user = g_strdup (info->own_name);
  run (g_steal_pointer (&work), _("Six people are made up, and vote with you."));
}

static void
on_begin (GtkButton *button, Practice *self)
{
  dpop_step_page_busy (self->page, _("Six people are made up, and vote with you."));
  dpop_session_run_async (self->session, read_there, NULL, NULL, (GDestroyNotify) dpop_names_free,
                          NULL, on_read, work_new (self));
}

static void
on_answer (GtkButton *button, Practice *self)
{
  Work *work = work_new (self);

  work->answer
      = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "dpop-answer"));
  run (work, _("The six others vote, and the box is closed."));
}

static void
add_answer (Practice *self, const char *mark, const char *word, DpopAnswer answer)
{
  g_autofree char *label = g_strdup_printf ("%s  %s", mark, word);
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_add_css_class (button, "answer");
  /* The mark is not read. */
  dpop_spoken_name_set (button, word);
  g_object_set_data (G_OBJECT (button), "dpop-answer", GUINT_TO_POINTER (answer));
  g_signal_connect (button, "clicked", G_CALLBACK (on_answer), self);
  gtk_box_append (GTK_BOX (self->ballot), button);
}

static GtkWidget *
add_label (GtkWidget *body, const char *class)
{
  GtkWidget *label = gtk_label_new ("");

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, class);
  gtk_widget_set_visible (label, FALSE);
  gtk_box_append (GTK_BOX (body), label);
  return label;
}

static GtkWidget *
build_practice (DpopStepPage *page)
{
  Practice *self = g_rc_box_new0 (Practice);
  GtkWidget *body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  g_set_weak_pointer (&self->page, page);
  self->session = g_object_ref (dpop_page_get_session (DPOP_PAGE (page)));
  g_object_set_data_full (G_OBJECT (body), "dpop-practice", self, practice_unref);
  self->begin = gtk_button_new_with_label (_("Begin"));
  gtk_widget_set_halign (self->begin, GTK_ALIGN_START);
  gtk_widget_add_css_class (self->begin, "suggested-action");
  g_signal_connect (self->begin, "clicked", G_CALLBACK (on_begin), self);
  gtk_box_append (GTK_BOX (body), self->begin);
  self->question = add_label (body, "title-3");
  self->ballot = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_visible (self->ballot, FALSE);
  gtk_box_append (GTK_BOX (body), self->ballot);
  add_answer (self, "✓", _("Yes"), DPOP_ANSWER_YES);
  add_answer (self, "✕", _("No"), DPOP_ANSWER_NO);
  add_answer (self, "–", _("Abstain"), DPOP_ANSWER_ABSTAIN);
  self->sentence = add_label (body, "title-1");
  self->reasons = add_label (body, "reading");
  return body;
}

const DpopNextStep dpop_next_step_practice = {
  .step = DPOP_FOUNDING_STEP_PRACTICE,
  .name = N_("Practice Vote"),
  .question = N_("Try a vote"),
  .explanation = N_("You vote by your own rules, with six people who are made up. It happens "
                    "beside your organisation: nothing of it comes into its history."),
  .build = build_practice,
};
