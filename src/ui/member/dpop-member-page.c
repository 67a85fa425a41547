/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-member-page.h"

#include "dpop-invitation-page.h"
#include "dpop-member-history-page.h"
#include "dpop-member-sections-private.h"
#include "dpop-particulars-page.h"
#include "dpop-shell.h"

#include <glib/gi18n-lib.h>

struct _DpopMemberPage
{
  DpopPage parent_instance;

  CosmicId member;
  GtkWidget *scrolled;
  GtkWidget *box;
  DpopMemberSight *sight; /* NULL until it has come */
  DpopMemberSections sections;
  char *print;            /* what SIGHT reads like */
  gboolean asking;
  gboolean asked_again;
  gboolean wants_focus;
};

G_DEFINE_FINAL_TYPE (DpopMemberPage, dpop_member_page, DPOP_TYPE_PAGE)

/* --- What is chosen. ------------------------------------------------------------------------- */

static DpopSession *
session_of (gpointer page)
{
  return dpop_page_get_session (DPOP_PAGE (page));
}

static void
do_act (gpointer page, const DpopMemberAct *act)
{
  dpop_member_act_start (act, GTK_WIDGET (page), session_of (page));
}

static void
do_edit (gpointer page)
{
  DpopMemberPage *self = page;

  dpop_shell_push (GTK_WIDGET (self),
                   dpop_particulars_page_new (session_of (page), &self->member,
                                              self->sight->view->name,
                                              self->sight->view->details));
}

static void
do_invite (gpointer page)
{
  DpopMemberPage *self = page;

  dpop_shell_push (GTK_WIDGET (self),
                   dpop_invitation_page_new (session_of (page), &self->member,
                                             self->sight->view->name));
}

static void
do_history (gpointer page)
{
  DpopMemberPage *self = page;

  dpop_shell_push (GTK_WIDGET (self),
                   dpop_member_history_page_new (session_of (page), &self->member,
                                                 self->sight->view->name));
}

static void
do_decision (gpointer page, const CosmicId *decision)
{
  dpop_shell_go (GTK_WIDGET (page), DPOP_PLACE_DECISION, decision);
}

static const DpopMemberSectionsTable table = {
  .act = do_act,
  .edit = do_edit,
  .invite = do_invite,
  .history = do_history,
  .decision = do_decision,
};

/* --- What is shown. -------------------------------------------------------------------------- */

static void
fill (DpopMemberPage *self)
{
  GtkWidget *(*const makers[]) (const DpopMemberSections *) = {
    dpop_member_sections_head,       dpop_member_sections_votes,
    dpop_member_sections_particulars, dpop_member_sections_readers,
    dpop_member_sections_roles,      dpop_member_sections_groups,
    dpop_member_sections_computers,  dpop_member_sections_proposed,
    dpop_member_sections_membership,
  };
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->box)) != NULL)
    gtk_box_remove (GTK_BOX (self->box), child);
  for (guint i = 0; i < G_N_ELEMENTS (makers); i++)
    {
      child = makers[i](&self->sections);
      if (child != NULL)
        gtk_box_append (GTK_BOX (self->box), child);
    }
}

/* The focus comes back to what it stood on, or to the beginning when that is gone. */
static void
show_sight (DpopMemberPage *self)
{
  g_autofree char *key = dpop_member_parts_focus_key (self->box);

  if (key != NULL)
    gtk_root_set_focus (gtk_widget_get_root (GTK_WIDGET (self)), NULL);
  fill (self);
  if (key != NULL && !dpop_member_parts_focus (self->box, key))
    gtk_widget_child_focus (self->box, GTK_DIR_TAB_FORWARD);
  if (self->wants_focus)
    self->wants_focus = !gtk_widget_child_focus (self->box, GTK_DIR_TAB_FORWARD);
}

static void
show_failure (DpopMemberPage *self, const GError *error)
{
  GtkWidget *status = adw_status_page_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (status), "dpop-members-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (status), _("This member cannot be shown"));
  adw_status_page_set_description (ADW_STATUS_PAGE (status), error->message);
  dpop_page_set_content (DPOP_PAGE (self), status);
  self->scrolled = self->box = NULL;
}

/* --- Reading. -------------------------------------------------------------------------------- */

static gpointer
read_sight (DpopProfile *profile, gpointer data, GError **error)
{
  return dpop_member_sight_new (profile, data, error);
}

static void
on_sight (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DpopMemberPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (DpopMemberSight) sight = dpop_session_run_finish (DPOP_SESSION (source), result,
                                                               &error);
  g_autofree char *print = sight != NULL ? dpop_member_sight_print (sight) : NULL;

  self->asking = FALSE;
  if (self->box == NULL)
    return;
  if (sight == NULL && self->sight == NULL)
    show_failure (self, error);
  else if (sight == NULL)
    dpop_shell_fail (GTK_WIDGET (self), error);
  if (sight == NULL)
    return;
  if (g_strcmp0 (print, self->print) != 0)
    {
      DpopMemberSight *old = g_steal_pointer (&self->sight);

      self->sight = g_steal_pointer (&sight);
      self->sections = (DpopMemberSections){ self->sight, &table, self };
      g_free (self->print);
      self->print = g_steal_pointer (&print);
      show_sight (self);
      dpop_member_sight_free (old);
    }
  if (self->asked_again)
    dpop_page_refresh (DPOP_PAGE (self), NULL);
}

/* One question at a time, however fast things change. */
static void
dpop_member_page_refresh (DpopPage *page, DpopProjectorChanges *changes)
{
  DpopMemberPage *self = DPOP_MEMBER_PAGE (page);

  self->asked_again = self->asking;
  if (self->asking || self->box == NULL)
    return;
  self->asking = TRUE;
  dpop_session_run_async (session_of (page), read_sight,
                          g_memdup2 (&self->member, sizeof self->member), g_free,
                          (GDestroyNotify) dpop_member_sight_free, NULL, on_sight,
                          g_object_ref (self));
}

/* --- The page. ------------------------------------------------------------------------------- */

static void
dpop_member_page_focus_first (DpopPage *page)
{
  DpopMemberPage *self = DPOP_MEMBER_PAGE (page);

  self->wants_focus = self->box != NULL
                      && !gtk_widget_child_focus (self->box, GTK_DIR_TAB_FORWARD);
}

static void
dpop_member_page_dispose (GObject *object)
{
  DpopMemberPage *self = DPOP_MEMBER_PAGE (object);

  self->box = NULL;
  G_OBJECT_CLASS (dpop_member_page_parent_class)->dispose (object);
}

static void
dpop_member_page_finalize (GObject *object)
{
  DpopMemberPage *self = DPOP_MEMBER_PAGE (object);

  dpop_member_sight_free (self->sight);
  g_free (self->print);
  G_OBJECT_CLASS (dpop_member_page_parent_class)->finalize (object);
}

static void
dpop_member_page_class_init (DpopMemberPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dpop_member_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = dpop_member_page_finalize;
  DPOP_PAGE_CLASS (klass)->refresh = dpop_member_page_refresh;
  DPOP_PAGE_CLASS (klass)->focus_first = dpop_member_page_focus_first;
}

static void
dpop_member_page_init (DpopMemberPage *self)
{
  GtkWidget *clamp = adw_clamp_new ();

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  gtk_widget_set_margin_start (self->box, 12);
  gtk_widget_set_margin_end (self->box, 12);
  gtk_widget_set_margin_top (self->box, 24);
  gtk_widget_set_margin_bottom (self->box, 24);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 720);
  adw_clamp_set_child (ADW_CLAMP (clamp), self->box);
  self->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), clamp);
  dpop_page_set_content (DPOP_PAGE (self), self->scrolled);
  dpop_page_set_title (DPOP_PAGE (self), _("Member"));
}

DpopPage *
dpop_member_page_new (DpopSession *session, const CosmicId *member)
{
  DpopMemberPage *self = g_object_new (DPOP_TYPE_MEMBER_PAGE, "session", session, NULL);

  self->member = *member;
  dpop_member_page_refresh (DPOP_PAGE (self), NULL);
  return DPOP_PAGE (self);
}
