/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-member-act.h"

#include "dpop-command-assign.h"
#include "dpop-command-device.h"
#include "dpop-command-erase.h"
#include "dpop-command-move.h"
#include "dpop-command-remove.h"
#include "dpop-command-role.h"
#include "dpop-question.h"
#include "dpop-shell.h"
#include "dpop-words.h"

#include <glib/gi18n-lib.h>

DpopMemberAct *
dpop_member_act_new (DpopMemberActKind kind, const CosmicId *member, const char *name,
                     const char *what)
{
  DpopMemberAct *self = g_new0 (DpopMemberAct, 1);

  self->kind = kind;
  self->member = *member;
  self->name = g_strdup (name);
  self->what = g_strdup (what);
  return self;
}

void
dpop_member_act_free (DpopMemberAct *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->what);
  g_free (self);
}

static DpopMemberAct *
act_copy (const DpopMemberAct *self)
{
  DpopMemberAct *copy = g_memdup2 (self, sizeof *self);

  copy->name = g_strdup (self->name);
  copy->what = g_strdup (self->what);
  return copy;
}

/* --- Words. ---------------------------------------------------------------------------------- */

const char *
dpop_member_act_move_title (DpopMemberState from, DpopMemberState to)
{
  if (to == DPOP_MEMBER_SUSPENDED)
    return _("Suspend");
  if (to == DPOP_MEMBER_APPLICANT)
    return _("Make an applicant again");
  if (from == DPOP_MEMBER_SUSPENDED)
    return _("Readmit");
  return from == DPOP_MEMBER_FORMER ? _("Take in again") : _("Admit as a member");
}

const char *
dpop_member_act_move_means (DpopMemberState from, DpopMemberState to)
{
  if (to == DPOP_MEMBER_SUSPENDED)
    return _("They stay in the list, and lose what only members may do, until they are "
             "readmitted.");
  if (to == DPOP_MEMBER_APPLICANT)
    return _("They wait again for being admitted.");
  return _("They may do all that members may.");
}

static char *
done_words (const DpopMemberAct *self)
{
  switch (self->kind)
    {
    case DPOP_MEMBER_ACT_GIVE_ROLE:
      /* Translators: a member, a role. */
      return g_strdup_printf (_("%s holds the role “%s” now."), self->name, self->what);
    case DPOP_MEMBER_ACT_TAKE_ROLE:
      return g_strdup_printf (_("%s no longer holds the role “%s”."), self->name, self->what);
    case DPOP_MEMBER_ACT_JOIN_GROUP:
      /* Translators: a member, a group. */
      return g_strdup_printf (_("%s belongs to %s now."), self->name, self->what);
    case DPOP_MEMBER_ACT_LEAVE_GROUP:
      return g_strdup_printf (_("%s no longer belongs to %s."), self->name, self->what);
    case DPOP_MEMBER_ACT_MOVE:
      /* Translators: a member, a state such as "suspended". */
      return g_strdup_printf (_("%s: %s"), self->name, dpop_words_member_state (self->to));
    case DPOP_MEMBER_ACT_REMOVE:
      return g_strdup_printf (_("%s is no longer a member."), self->name);
    case DPOP_MEMBER_ACT_SWITCH_OFF:
      return g_strdup (_("The computer is switched off."));
    case DPOP_MEMBER_ACT_ERASE:
      return g_strdup (_("What was typed about them is deleted for everyone."));
    default:
      g_assert_not_reached ();
    }
}

/* --- Doing it. ------------------------------------------------------------------------------- */

typedef struct
{
  DpopMemberAct *act;
  GtkWidget *from;
  DpopSession *session;
  gboolean undoing; /* there is no undoing of that */
} Work;

static Work *
work_new (const DpopMemberAct *act, GtkWidget *from, DpopSession *session)
{
  Work *work = g_new0 (Work, 1);

  work->act = act_copy (act);
  work->from = g_object_ref (from);
  work->session = g_object_ref (session);
  return work;
}

static void
work_free (gpointer data)
{
  Work *work = data;

  dpop_member_act_free (work->act);
  g_object_unref (work->from);
  g_object_unref (work->session);
  g_free (work);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Work, work_free)

static gboolean
erase (DpopProfile *profile, const CosmicId *member, GError **error)
{
  g_autoptr (GArray) members = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  DpopCommandEraseResult result;

  g_array_append_vals (members, member, 1);
  return dpop_command_erase (profile, &(DpopCommandErase){ .members = members }, &result, error);
}

/* In the engine's thread. */
static gpointer
run_act (DpopProfile *profile, gpointer data, GError **error)
{
  const DpopMemberAct *act = data;
  DpopCommandMoveResult moved;
  DpopCommandRemoveResult removed;
  gboolean done = FALSE;

  switch (act->kind)
    {
    case DPOP_MEMBER_ACT_GIVE_ROLE:
    case DPOP_MEMBER_ACT_TAKE_ROLE:
      done = dpop_command_role (profile,
                                &(DpopCommandRole){ act->member, act->role, act->id,
                                                    act->kind == DPOP_MEMBER_ACT_TAKE_ROLE },
                                error);
      break;
    case DPOP_MEMBER_ACT_JOIN_GROUP:
    case DPOP_MEMBER_ACT_LEAVE_GROUP:
      done = dpop_command_assign (profile,
                                  &(DpopCommandAssign){ act->member, act->id,
                                                        act->kind == DPOP_MEMBER_ACT_LEAVE_GROUP },
                                  error);
      break;
    case DPOP_MEMBER_ACT_MOVE:
      done = dpop_command_move (profile, &(DpopCommandMove){ act->member, act->to }, &moved, error);
      break;
    case DPOP_MEMBER_ACT_REMOVE:
      done = dpop_command_remove (profile, &(DpopCommandRemove){ act->member, act->why }, &removed,
                                  error);
      break;
    case DPOP_MEMBER_ACT_SWITCH_OFF:
      done = dpop_command_device_off (profile, &act->id, 0, error);
      break;
    case DPOP_MEMBER_ACT_ERASE:
      done = erase (profile, &act->member, error);
      break;
    default:
      g_assert_not_reached ();
    }
  return GINT_TO_POINTER (done);
}

static void carry_out (Work *work);

/* The act that takes SELF back; NULL when there is none. */
static DpopMemberAct *
opposite (const DpopMemberAct *self)
{
  g_autoptr (DpopMemberAct) back = act_copy (self);

  switch (self->kind)
    {
    case DPOP_MEMBER_ACT_GIVE_ROLE:
      back->kind = DPOP_MEMBER_ACT_TAKE_ROLE;
      break;
    case DPOP_MEMBER_ACT_TAKE_ROLE:
      if (self->office)
        return NULL;
      back->kind = DPOP_MEMBER_ACT_GIVE_ROLE;
      break;
    case DPOP_MEMBER_ACT_JOIN_GROUP:
      back->kind = DPOP_MEMBER_ACT_LEAVE_GROUP;
      break;
    case DPOP_MEMBER_ACT_LEAVE_GROUP:
      back->kind = DPOP_MEMBER_ACT_JOIN_GROUP;
      break;
    case DPOP_MEMBER_ACT_MOVE:
      if (self->from == DPOP_MEMBER_FORMER)
        return NULL;
      back->from = self->to;
      back->to = self->from;
      break;
    case DPOP_MEMBER_ACT_REMOVE:
    case DPOP_MEMBER_ACT_SWITCH_OFF:
    case DPOP_MEMBER_ACT_ERASE:
    default:
      return NULL;
    }
  return g_steal_pointer (&back);
}

static void
on_undo (gpointer data)
{
  const Work *done = data;
  Work *work = work_new (done->act, done->from, done->session);

  work->undoing = TRUE;
  carry_out (work);
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Work) work = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (DpopMemberAct) back = NULL;
  g_autofree char *words = NULL;

  if (dpop_session_run_finish (DPOP_SESSION (source), result, &error) == NULL)
    {
      dpop_shell_fail (work->from, error);
      return;
    }
  words = done_words (work->act);
  back = work->undoing ? NULL : opposite (work->act);
  if (back != NULL)
    dpop_shell_toast_undo (work->from, words, _("Undo"), on_undo,
                           work_new (back, work->from, work->session), work_free);
  else
    dpop_shell_toast (work->from, words);
}

static void
carry_out (Work *work)
{
  dpop_session_run_async (work->session, run_act, act_copy (work->act),
                          (GDestroyNotify) dpop_member_act_free, NULL, NULL, on_done, work);
}

void
dpop_member_act_carry_out (const DpopMemberAct *self, GtkWidget *from, DpopSession *session)
{
  carry_out (work_new (self, from, session));
}

/* --- Asking first. --------------------------------------------------------------------------- */

#define REASON_KEY "dpop-removal"

static void
on_answer (AdwMessageDialog *dialog, const char *response, gpointer data)
{
  g_autoptr (Work) work = data;
  GtkWidget *reasons = g_object_get_data (G_OBJECT (dialog), REASON_KEY);

  if (!g_str_equal (response, DPOP_QUESTION_YES))
    return;
  for (GtkWidget *each = reasons != NULL ? gtk_widget_get_first_child (reasons) : NULL;
       each != NULL; each = gtk_widget_get_next_sibling (each))
    if (gtk_check_button_get_active (GTK_CHECK_BUTTON (each)))
      work->act->why = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (each), REASON_KEY));
  carry_out (g_steal_pointer (&work));
}

static GtkWidget *
ask (const DpopMemberAct *act, GtkWidget *from, DpopSession *session, const char *heading,
     const char *body, const char *label)
{
  GtkWidget *dialog
      = dpop_question_new (from, heading, body, _("Cancel"), label, ADW_RESPONSE_DESTRUCTIVE);

  g_signal_connect (dialog, "response", G_CALLBACK (on_answer), work_new (act, from, session));
  return dialog;
}

static const char *
removal_words (DpopRemoval why)
{
  static const char *const words[] = {
    [DPOP_REMOVAL_LEFT] = N_("They left by their own word"),
    [DPOP_REMOVAL_EXPELLED] = N_("They were expelled"),
    [DPOP_REMOVAL_STRUCK] = N_("They were struck from the list"),
    [DPOP_REMOVAL_DIED] = N_("They died"),
    [DPOP_REMOVAL_OTHER] = N_("For another reason"),
  };

  return _(words[why]);
}

static void
add_reasons (GtkWidget *dialog, guint removals)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *first = NULL;

  for (guint why = DPOP_REMOVAL_LEFT; why <= DPOP_REMOVAL_LAST; why++)
    {
      GtkWidget *choice;

      if ((removals & 1u << why) == 0)
        continue;
      choice = gtk_check_button_new_with_label (removal_words (why));
      g_object_set_data (G_OBJECT (choice), REASON_KEY, GUINT_TO_POINTER (why));
      if (first != NULL)
        gtk_check_button_set_group (GTK_CHECK_BUTTON (choice), GTK_CHECK_BUTTON (first));
      else
        gtk_check_button_set_active (GTK_CHECK_BUTTON (choice), TRUE);
      first = first != NULL ? first : choice;
      gtk_box_append (GTK_BOX (box), choice);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (box), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Why they go"), -1);
  g_object_set_data (G_OBJECT (dialog), REASON_KEY, box);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), box);
}

static void
ask_remove (const DpopMemberAct *act, GtkWidget *from, DpopSession *session)
{
  g_autofree char *heading = g_strdup_printf (_("Remove %s?"), act->name);
  GtkWidget *dialog = ask (
      act, from, session, heading,
      _("Their roles end and their computers are switched off. What was decided with their vote "
        "stays as it is. What is written from now on they cannot read."),
      _("Remove"));

  add_reasons (dialog, act->removals);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_understood (GtkCheckButton *box, GParamSpec *pspec, AdwMessageDialog *dialog)
{
  adw_message_dialog_set_response_enabled (dialog, DPOP_QUESTION_YES,
                                           gtk_check_button_get_active (box));
}

/* Nobody can bring it back: one looks twice. */
static void
ask_erase (const DpopMemberAct *act, GtkWidget *from, DpopSession *session)
{
  g_autofree char *heading = g_strdup_printf (_("Delete what was typed about %s?"), act->name);
  GtkWidget *dialog = ask (
      act, from, session, heading,
      _("Name, address and everything else that was ever typed about this person is deleted on "
        "every computer of the organisation. That they were a member, and every decision, stays."),
      _("Delete for Everyone"));
  GtkWidget *box = gtk_check_button_new ();
  GtkWidget *label = gtk_label_new (_("I understand that nobody can bring it back"));

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_check_button_set_child (GTK_CHECK_BUTTON (box), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (box), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  gtk_label_get_label (GTK_LABEL (label)), -1);
  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (dialog), DPOP_QUESTION_YES, FALSE);
  g_signal_connect_object (box, "notify::active", G_CALLBACK (on_understood), dialog, 0);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), box);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
ask_suspend (const DpopMemberAct *act, GtkWidget *from, DpopSession *session)
{
  g_autofree char *heading = g_strdup_printf (_("Suspend %s?"), act->name);

  gtk_window_present (GTK_WINDOW (ask (act, from, session, heading,
                                       dpop_member_act_move_means (act->from, act->to),
                                       _("Suspend"))));
}

static void
ask_off (const DpopMemberAct *act, GtkWidget *from, DpopSession *session)
{
  gtk_window_present (GTK_WINDOW (ask (
      act, from, session, _("Switch this computer off?"),
      _("What it signed so far stays. What it signs from now on has no effect, and it gets nothing "
        "new to read. It cannot be switched on again: another computer would have to be invited."),
      _("Switch Off"))));
}

static void
ask_lay_down (const DpopMemberAct *act, GtkWidget *from, DpopSession *session)
{
  g_autofree char *heading = g_strdup_printf (_("Lay down “%s”?"), act->what);

  gtk_window_present (GTK_WINDOW (
      ask (act, from, session, heading,
           _("It is an office: only a decision of the organisation gives it again."),
           _("Lay Down"))));
}

void
dpop_member_act_start (const DpopMemberAct *self, GtkWidget *from, DpopSession *session)
{
  switch (self->kind)
    {
    case DPOP_MEMBER_ACT_REMOVE:
      ask_remove (self, from, session);
      break;
    case DPOP_MEMBER_ACT_ERASE:
      ask_erase (self, from, session);
      break;
    case DPOP_MEMBER_ACT_SWITCH_OFF:
      ask_off (self, from, session);
      break;
    case DPOP_MEMBER_ACT_MOVE:
      if (self->to == DPOP_MEMBER_SUSPENDED)
        {
          ask_suspend (self, from, session);
          break;
        }
      dpop_member_act_carry_out (self, from, session);
      break;
    case DPOP_MEMBER_ACT_TAKE_ROLE:
      if (self->office)
        {
          ask_lay_down (self, from, session);
          break;
        }
      dpop_member_act_carry_out (self, from, session);
      break;
    case DPOP_MEMBER_ACT_GIVE_ROLE:
    case DPOP_MEMBER_ACT_JOIN_GROUP:
    case DPOP_MEMBER_ACT_LEAVE_GROUP:
    default:
      dpop_member_act_carry_out (self, from, session);
    }
}
