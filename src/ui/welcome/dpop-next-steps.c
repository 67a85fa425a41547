/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-next-step-private.h"

#include "dpop-shell.h"

#include <glib/gi18n-lib.h>

static const DpopNextStep *const steps[] = {
  &dpop_next_step_sheet,   &dpop_next_step_keeper, &dpop_next_step_members,
  &dpop_next_step_invitations, &dpop_next_step_practice,
};

#define STEP_KEY "dpop-step"

/* --- One after the other. -------------------------------------------------------------------- */

/* A way through the steps. */
typedef struct
{
  DpopSession *session;
  guint waiting;           /* at first */
  DpopNextStepsDone done;  /* NULL: back to the list */
  GObject *data;           /* weak */
} Way;

static void
way_clear (gpointer data)
{
  Way *way = data;

  g_object_unref (way->session);
  g_clear_weak_pointer (&way->data);
}

static void
way_unref (gpointer way, GClosure *closure)
{
  g_rc_box_release_full (way, way_clear);
}

static const DpopNextStep *
step_of (DpopStepPage *page)
{
  return g_object_get_data (G_OBJECT (page), STEP_KEY);
}

/* The first that waits from INDEX on; NULL: none. */
static const DpopNextStep *
find_from (const Way *way, guint index)
{
  for (; index < G_N_ELEMENTS (steps); index++)
    if ((way->waiting & steps[index]->step) != 0)
      return steps[index];
  return NULL;
}

static guint
index_of (const DpopNextStep *step)
{
  guint index = 0;

  while (steps[index] != step)
    index++;
  return index;
}

/* A table is taken in elsewhere. */
static guint
offered (GtkWidget *from)
{
  return dpop_shell_has (from, DPOP_PLACE_IMPORT)
             ? DPOP_FOUNDING_STEPS_ALL
             : DPOP_FOUNDING_STEPS_ALL & ~DPOP_FOUNDING_STEP_MEMBERS;
}

static char *
progress_of (const Way *way, const DpopNextStep *step)
{
  guint number = 0, total = 0;

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if ((way->waiting & steps[i]->step) != 0)
      {
        total++;
        if (i <= index_of (step))
          number++;
      }
  return g_strdup_printf (_("Founded. Next: %u of %u"), number, total);
}

static DpopPage *new_page (Way *way, const DpopNextStep *step);

static void
go_on (DpopStepPage *page, Way *way)
{
  const DpopNextStep *next = find_from (way, index_of (step_of (page)) + 1);

  if (way->done == NULL)
    dpop_shell_pop (GTK_WIDGET (page));
  else if (next != NULL)
    dpop_shell_push (GTK_WIDGET (page), new_page (way, next));
  else if (way->data != NULL)
    way->done (way->data);
}

static gpointer
finish_there (DpopProfile *profile, gpointer step, GError **error)
{
  return GINT_TO_POINTER (dpop_founding_steps_finish (profile, GPOINTER_TO_UINT (step), error));
}

/* A setting is no entry: that the first page shows one thing less has to be said. */
static void
on_finished (GObject *source, GAsyncResult *result, gpointer data)
{
  if (dpop_session_run_finish (DPOP_SESSION (source), result, NULL) != NULL)
    g_signal_emit_by_name (source, "changed", NULL);
}

static void
finish (DpopStepPage *page)
{
  dpop_session_run_async (dpop_page_get_session (DPOP_PAGE (page)), finish_there,
                          GUINT_TO_POINTER (step_of (page)->step), NULL, NULL, NULL, on_finished,
                          NULL);
}

static void
on_next (DpopStepPage *page, gpointer way)
{
  if (step_of (page)->next != NULL)
    finish (page);
  go_on (page, way);
}

static void
on_later (DpopStepPage *page, gpointer way)
{
  go_on (page, way);
}

static void
connect (DpopStepPage *page, const char *signal, GCallback callback, Way *way)
{
  g_signal_connect_data (page, signal, callback, g_rc_box_acquire (way), way_unref, 0);
}

static DpopPage *
new_page (Way *way, const DpopNextStep *step)
{
  g_autofree char *progress = way->done != NULL ? progress_of (way, step) : NULL;
  const gboolean by_reading = step->next != NULL;
  DpopStepPage *page = dpop_step_page_new (
      way->session, &(DpopStepText){
                        .title = _(step->name),
                        .progress = progress,
                        .question = _(step->question),
                        .explanation = _(step->explanation),
                        .next = by_reading ? _(step->next) : _("Continue"),
                        .later = _("Later"),
                    });

  g_object_set_data (G_OBJECT (page), STEP_KEY, (gpointer) step);
  if (step->build != NULL)
    dpop_step_page_set_body (page, step->build (page));
  if (!by_reading)
    dpop_step_page_set_can_go_on (page, FALSE);
  connect (page, "next", G_CALLBACK (on_next), way);
  connect (page, "later", G_CALLBACK (on_later), way);
  return DPOP_PAGE (page);
}

void
dpop_next_step_done (DpopStepPage *page)
{
  finish (page);
  dpop_step_page_set_can_go_on (page, TRUE);
}

static Way *
way_new (DpopSession *session, guint waiting, DpopNextStepsDone done, GObject *data)
{
  Way *way = g_rc_box_new0 (Way);

  way->session = g_object_ref (session);
  way->waiting = waiting;
  way->done = done;
  g_set_weak_pointer (&way->data, data);
  return way;
}

DpopPage *
dpop_next_steps_begin (GtkWidget *from, DpopSession *session, DpopNextStepsDone done,
                       GObject *data)
{
  Way *way = way_new (session, offered (from), done, data);
  const DpopNextStep *first = find_from (way, 0);
  DpopPage *page = first != NULL ? new_page (way, first) : NULL;

  way_unref (way, NULL);
  return page;
}

/* --- The list. ------------------------------------------------------------------------------- */

struct _DpopNextStepsPage
{
  DpopPage parent_instance;

  GtkWidget *group;
  GtkWidget *nothing;
  GPtrArray *rows;
};

G_DEFINE_FINAL_TYPE (DpopNextStepsPage, dpop_next_steps_page, DPOP_TYPE_PAGE)

static void
on_row (AdwActionRow *row, DpopNextStepsPage *self)
{
  const DpopNextStep *step = g_object_get_data (G_OBJECT (row), STEP_KEY);
  Way *way = way_new (dpop_page_get_session (DPOP_PAGE (self)), step->step, NULL, NULL);

  dpop_shell_push (GTK_WIDGET (self), new_page (way, step));
  way_unref (way, NULL);
}

static void
add_row (DpopNextStepsPage *self, const DpopNextStep *step)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *arrow = gtk_image_new_from_icon_name ("go-next-symbolic");

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _(step->name));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _(step->name), -1);
  gtk_accessible_update_state (GTK_ACCESSIBLE (arrow), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), arrow);
  g_object_set_data (G_OBJECT (row), STEP_KEY, (gpointer) step);
  g_signal_connect (row, "activated", G_CALLBACK (on_row), self);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->group), row);
  g_ptr_array_add (self->rows, row);
}

/* In the engine's thread. All bits and one more, so that nothing is not the same as failing. */
static gpointer
read_there (DpopProfile *profile, gpointer data, GError **error)
{
  guint waiting;

  if (!dpop_founding_steps_read (profile, &waiting, error))
    return NULL;
  return GUINT_TO_POINTER (waiting | (DPOP_FOUNDING_STEPS_ALL + 1));
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DpopNextStepsPage) self = data;
  g_autoptr (GError) error = NULL;
  const guint waiting
      = GPOINTER_TO_UINT (dpop_session_run_finish (DPOP_SESSION (source), result, &error));

  if (error != NULL)
    {
      dpop_shell_fail (GTK_WIDGET (self), error);
      return;
    }
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self->group), self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if ((waiting & offered (GTK_WIDGET (self)) & steps[i]->step) != 0)
      add_row (self, steps[i]);
  gtk_widget_set_visible (self->group, self->rows->len > 0);
  gtk_widget_set_visible (self->nothing, self->rows->len == 0);
}

static void
look (DpopNextStepsPage *self)
{
  dpop_session_run_async (dpop_page_get_session (DPOP_PAGE (self)), read_there, NULL, NULL, NULL,
                          NULL, on_read, g_object_ref (self));
}

/* Whoever comes back from a step may have done it. */
static void
dpop_next_steps_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (dpop_next_steps_page_parent_class)->map (widget);
  look (DPOP_NEXT_STEPS_PAGE (widget));
}

static void
dpop_next_steps_page_finalize (GObject *object)
{
  g_ptr_array_unref (DPOP_NEXT_STEPS_PAGE (object)->rows);
  G_OBJECT_CLASS (dpop_next_steps_page_parent_class)->finalize (object);
}

static void
dpop_next_steps_page_class_init (DpopNextStepsPageClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dpop_next_steps_page_finalize;
  GTK_WIDGET_CLASS (klass)->map = dpop_next_steps_page_map;
}

static void
dpop_next_steps_page_init (DpopNextStepsPage *self)
{
  GtkWidget *page = adw_preferences_page_new ();

  self->rows = g_ptr_array_new ();
  self->group = adw_preferences_group_new ();
  self->nothing = adw_preferences_group_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self->group),
                                   _("Put off at the founding"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self->nothing),
                                         _("All that was put off at the founding is done."));
  gtk_widget_set_visible (self->nothing, FALSE);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (self->group));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (self->nothing));
  dpop_page_set_title (DPOP_PAGE (self), _("Next Steps"));
  dpop_page_set_content (DPOP_PAGE (self), page);
}

DpopPage *
dpop_next_steps_page_new (DpopSession *session)
{
  return g_object_new (DPOP_TYPE_NEXT_STEPS_PAGE, "session", session, NULL);
}
