/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-enrol-page.h"

#include "dpop-command-details.h"
#include "dpop-command-enrol.h"
#include "dpop-may-member.h"
#include "dpop-member-act.h"
#include "dpop-members-sight.h"
#include "dpop-particulars-form.h"
#include "dpop-shell.h"
#include "dpop-wrap-box.h"

#include <glib/gi18n-lib.h>

#define DRAFT "member/enrol"

struct _DpopEnrolPage
{
  DpopPage parent_instance;

  GtkWidget *column;
  DpopParticularsForm *form;
  AdwComboRow *group;
  AdwComboRow *state;
  GtkWidget *fault;
  GtkWidget *enrol;
  GtkWidget *another;

  GArray *places; /* of CosmicId, beside the choices of group */
  gboolean enrolling;
};

G_DEFINE_FINAL_TYPE (DpopEnrolPage, dpop_enrol_page, DPOP_TYPE_PAGE)

static void
show_fault (DpopEnrolPage *self, const char *text)
{
  gtk_label_set_label (GTK_LABEL (self->fault), text != NULL ? text : "");
  gtk_widget_set_visible (self->fault, text != NULL);
}

static void
set_busy (DpopEnrolPage *self, gboolean busy)
{
  self->enrolling = busy;
  gtk_widget_set_sensitive (self->enrol, !busy);
  gtk_widget_set_sensitive (self->another, !busy);
}

/* --- Drafts. --------------------------------------------------------------------------------- */

static void
on_typed (DpopEnrolPage *self)
{
  g_autofree char *text = dpop_particulars_form_to_text (self->form);

  dpop_session_put_draft (dpop_page_get_session (DPOP_PAGE (self)), DRAFT, text);
}

static void
on_draft (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DpopEnrolPage) self = data;
  g_autofree char *text = dpop_session_get_draft_finish (DPOP_SESSION (source), result, NULL);

  if (text != NULL && dpop_particulars_form_is_empty (self->form))
    dpop_particulars_form_from_text (self->form, text);
}

/* --- Enrolling. ------------------------------------------------------------------------------ */

typedef struct
{
  DpopMemberDetails *details;
  GArray *units;
  DpopMemberState state;
} Input;

static void
input_free (gpointer data)
{
  Input *input = data;

  dpop_member_details_free (input->details);
  g_array_unref (input->units);
  g_free (input);
}

typedef struct
{
  CosmicId member;
  gboolean undo; /* there is a way back */
} Enrolled;

/* In the engine's thread. */
static gpointer
run_enrol (DpopProfile *profile, gpointer data, GError **error)
{
  const Input *input = data;
  g_autoptr (DpopMayMember) may = NULL;
  DpopCommandEnrolResult result;
  Enrolled *enrolled;

  if (!dpop_command_enrol (profile,
                           &(DpopCommandEnrol){ input->details, input->units, input->state },
                           &result, error))
    return NULL;
  enrolled = g_new0 (Enrolled, 1);
  may = dpop_may_member_new (profile, &result.member, NULL);
  *enrolled = (Enrolled){ result.member, may != NULL && may->remove[DPOP_REMOVAL_OTHER].yes };
  return enrolled;
}

/* Taken back: by way of the act, that asks nobody who has just seen the toast. */
typedef struct
{
  GtkWidget *window;
  DpopSession *session;
  DpopMemberAct *act;
} Back;

static void
back_free (gpointer data)
{
  Back *back = data;

  g_object_unref (back->window);
  g_object_unref (back->session);
  dpop_member_act_free (back->act);
  g_free (back);
}

static void
on_undo (gpointer data)
{
  const Back *back = data;

  dpop_member_act_carry_out (back->act, back->window, back->session);
}

/* What one enters, until it is answered. */
typedef struct
{
  DpopEnrolPage *page;
  char *name;
  gboolean another;
} Entering;

static void
say_enrolled (const Entering *entering, const Enrolled *enrolled)
{
  GtkWidget *window = GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (entering->page)));
  g_autofree char *text = g_strdup_printf (_("%s is enrolled."), entering->name);
  Back *back;

  if (window == NULL)
    return;
  if (!enrolled->undo)
    {
      dpop_shell_toast (window, text);
      return;
    }
  back = g_new0 (Back, 1);
  back->window = g_object_ref (window);
  back->session = g_object_ref (dpop_page_get_session (DPOP_PAGE (entering->page)));
  back->act = dpop_member_act_new (DPOP_MEMBER_ACT_REMOVE, &enrolled->member, entering->name, NULL);
  back->act->why = DPOP_REMOVAL_OTHER;
  dpop_shell_toast_undo (window, text, _("Undo"), on_undo, back, back_free);
}

static void
on_enrolled (GObject *source, GAsyncResult *result, gpointer data)
{
  Entering *entering = data;
  g_autoptr (DpopEnrolPage) self = entering->page;
  g_autofree char *name = entering->name;
  g_autoptr (GError) error = NULL;
  g_autofree Enrolled *enrolled = dpop_session_run_finish (DPOP_SESSION (source), result, &error);

  set_busy (self, FALSE);
  if (enrolled == NULL)
    show_fault (self, error->message);
  else
    {
      dpop_session_put_draft (DPOP_SESSION (source), DRAFT, NULL);
      say_enrolled (entering, enrolled);
      if (entering->another)
        {
          dpop_particulars_form_set (self->form, NULL);
          dpop_particulars_form_focus (self->form, DPOP_MEMBER_DETAILS_NAME);
        }
      else
        dpop_shell_pop (GTK_WIDGET (self));
    }
  g_free (entering);
}

static GArray *
chosen_units (DpopEnrolPage *self)
{
  GArray *units = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  const guint chosen = adw_combo_row_get_selected (self->group);

  if (chosen < self->places->len
      && !cosmic_id_is_zero (&g_array_index (self->places, CosmicId, chosen)))
    g_array_append_vals (units, &g_array_index (self->places, CosmicId, chosen), 1);
  return units;
}

static void
start (DpopEnrolPage *self, gboolean another)
{
  g_autoptr (DpopMemberDetails) details = dpop_particulars_form_get (self->form);
  g_autoptr (GError) error = NULL;
  DpopMemberDetailsField where;
  Entering *entering;
  Input *input;

  if (self->enrolling)
    return;
  if (!dpop_command_details_check (details, &error))
    {
      show_fault (self, error->message);
      if (!dpop_member_details_fits (details, &where))
        dpop_particulars_form_focus (self->form, where);
      return;
    }
  show_fault (self, NULL);
  set_busy (self, TRUE);
  entering = g_new0 (Entering, 1);
  *entering = (Entering){ g_object_ref (self),
                          g_strdup (dpop_member_details_get (details, DPOP_MEMBER_DETAILS_NAME)),
                          another };
  input = g_new0 (Input, 1);
  *input = (Input){ g_steal_pointer (&details), chosen_units (self),
                    adw_combo_row_get_selected (self->state) == 1 ? DPOP_MEMBER_APPLICANT
                                                                  : DPOP_MEMBER_MEMBER };
  dpop_session_run_async (dpop_page_get_session (DPOP_PAGE (self)), run_enrol, input, input_free,
                          g_free, NULL, on_enrolled, entering);
}

static void
on_enrol (DpopEnrolPage *self)
{
  start (self, FALSE);
}

static void
on_another (DpopEnrolPage *self)
{
  start (self, TRUE);
}

/* --- Into what. ------------------------------------------------------------------------------ */

static void
show_places (DpopEnrolPage *self, const DpopMembersSight *sight)
{
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);

  g_array_set_size (self->places, 0);
  for (guint i = 0; i < sight->may->enrol_places->len; i++)
    {
      const CosmicId *place = &g_array_index (sight->may->enrol_places, CosmicId, i);
      const char *name = cosmic_id_is_zero (place) ? _("In no group")
                                                   : dpop_members_sight_group (sight, place);

      if (name == NULL)
        continue;
      gtk_string_list_append (words, name);
      g_array_append_vals (self->places, place, 1);
    }
  adw_combo_row_set_model (self->group, G_LIST_MODEL (words));
  gtk_widget_set_visible (GTK_WIDGET (self->group), self->places->len > 1);
  if (!sight->may->enrol.yes)
    show_fault (self, sight->may->enrol.why);
}

static gpointer
read_sight (DpopProfile *profile, gpointer data, GError **error)
{
  return dpop_members_sight_new (profile, error);
}

static void
on_sight (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DpopEnrolPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (DpopMembersSight) sight
      = dpop_session_run_finish (DPOP_SESSION (source), result, &error);

  if (sight != NULL)
    show_places (self, sight);
  else
    show_fault (self, error->message);
}

/* --- The page. ------------------------------------------------------------------------------- */

static void
dpop_enrol_page_focus_first (DpopPage *page)
{
  dpop_particulars_form_focus (DPOP_ENROL_PAGE (page)->form, DPOP_MEMBER_DETAILS_NAME);
}

static void
dpop_enrol_page_constructed (GObject *object)
{
  DpopEnrolPage *self = DPOP_ENROL_PAGE (object);
  DpopSession *session = dpop_page_get_session (DPOP_PAGE (self));

  G_OBJECT_CLASS (dpop_enrol_page_parent_class)->constructed (object);
  dpop_session_run_async (session, read_sight, NULL, NULL,
                          (GDestroyNotify) dpop_members_sight_free, NULL, on_sight,
                          g_object_ref (self));
  dpop_session_get_draft_async (session, DRAFT, on_draft, g_object_ref (self));
}

static void
dpop_enrol_page_finalize (GObject *object)
{
  g_array_unref (DPOP_ENROL_PAGE (object)->places);
  G_OBJECT_CLASS (dpop_enrol_page_parent_class)->finalize (object);
}

static void
dpop_enrol_page_class_init (DpopEnrolPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = dpop_enrol_page_constructed;
  G_OBJECT_CLASS (klass)->finalize = dpop_enrol_page_finalize;
  DPOP_PAGE_CLASS (klass)->focus_first = dpop_enrol_page_focus_first;
  g_type_ensure (DPOP_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dpop/Dpop/dpop-enrol-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DpopEnrolPage, column);
  gtk_widget_class_bind_template_child (widget_class, DpopEnrolPage, group);
  gtk_widget_class_bind_template_child (widget_class, DpopEnrolPage, state);
  gtk_widget_class_bind_template_child (widget_class, DpopEnrolPage, fault);
  gtk_widget_class_bind_template_child (widget_class, DpopEnrolPage, enrol);
  gtk_widget_class_bind_template_child (widget_class, DpopEnrolPage, another);
  gtk_widget_class_bind_template_callback (widget_class, on_enrol);
  gtk_widget_class_bind_template_callback (widget_class, on_another);
}

static void
dpop_enrol_page_init (DpopEnrolPage *self)
{
  self->places = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  gtk_widget_init_template (GTK_WIDGET (self));
  self->form = DPOP_PARTICULARS_FORM (dpop_particulars_form_new (TRUE));
  gtk_box_insert_child_after (GTK_BOX (self->column), GTK_WIDGET (self->form),
                              gtk_widget_get_first_child (self->column));
  g_signal_connect_object (self->form, "changed", G_CALLBACK (on_typed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->form, "activate", G_CALLBACK (on_enrol), self,
                           G_CONNECT_SWAPPED);
}

DpopPage *
dpop_enrol_page_new (DpopSession *session)
{
  return g_object_new (DPOP_TYPE_ENROL_PAGE, "session", session, NULL);
}
