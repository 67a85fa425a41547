/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-person-page.h"

#include "dpop-decision-parts-private.h"
#include "dpop-entitled-list.h"
#include "dpop-list-growth.h"
#include "dpop-list-row.h"
#include "dpop-member-list.h"
#include "dpop-person-line.h"
#include "dpop-shell.h"
#include "dpop-spoken-name.h"

#include <glib/gi18n-lib.h>

struct _DpopPersonPage
{
  DpopPage parent_instance;

  GtkWidget *summary;
  GtkWidget *search_entry;
  GtkDropDown *filter;
  GtkStack *stack;
  GtkListView *view;
  AdwStatusPage *none;

  DpopPersonPageUse use;
  CosmicId decision;
  DpopList *people; /* a DpopEntitledList, or a DpopMemberList */
  gboolean reading;
  gboolean stale;
};

G_DEFINE_FINAL_TYPE (DpopPersonPage, dpop_person_page, DPOP_TYPE_PAGE)

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* --- Rows. ----------------------------------------------------------------------------------- */

static const DpopMemberRow *
row_of (gpointer item)
{
  if (item == NULL)
    return NULL;
  return DPOP_IS_ENTITLED_ITEM (item) ? dpop_entitled_item_get_row (item)
                                      : dpop_member_item_get_row (item);
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  gtk_list_item_set_child (item, dpop_person_line_new ());
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  gpointer person = gtk_list_item_get_item (item);
  const gboolean voted = DPOP_IS_ENTITLED_ITEM (person) && dpop_entitled_item_has_voted (person);

  dpop_person_line_set (DPOP_PERSON_LINE (gtk_list_item_get_child (item)), row_of (person),
                        voted ? _("has voted") : NULL);
  dpop_list_row_name (item);
}

static void
choose (DpopPersonPage *self, guint position)
{
  g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (self->people), position);
  const DpopMemberRow *row = row_of (item);
  g_autofree char *name = row != NULL ? dpop_person_line_name (row) : NULL;

  if (row == NULL)
    return;
  if (self->use == DPOP_PERSON_PAGE_ENTITLED)
    dpop_shell_go (GTK_WIDGET (self), DPOP_PLACE_MEMBER, &row->id);
  else
    g_signal_emit (self, signals[CHOSEN], 0, &row->id, name);
}

static void
on_activate (GtkListView *view, guint position, DpopPersonPage *self)
{
  choose (self, position);
}

/* --- What is shown. -------------------------------------------------------------------------- */

static void
show_which (DpopPersonPage *self)
{
  const gboolean any = g_list_model_get_n_items (G_LIST_MODEL (self->people)) > 0;
  const gboolean waits = self->reading || dpop_list_is_loading (self->people);

  gtk_stack_set_visible_child_name (self->stack, any || waits ? "list" : "none");
}

static void
on_search (GtkSearchEntry *entry, DpopPersonPage *self)
{
  dpop_list_row_look_away (self->view, self->people);
  g_object_set (self->people, "search", gtk_editable_get_text (GTK_EDITABLE (entry)), NULL);
}

/* Enter takes whom the search has found, if it is one. */
static void
on_enter (GtkSearchEntry *entry, DpopPersonPage *self)
{
  if (self->use != DPOP_PERSON_PAGE_ENTITLED
      && g_list_model_get_n_items (G_LIST_MODEL (self->people)) == 1)
    choose (self, 0);
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

/* Escape takes back what was searched for, then leads back. */
static void
on_escape (GtkSearchEntry *entry, DpopPersonPage *self)
{
  if (*gtk_editable_get_text (GTK_EDITABLE (entry)) != '\0')
    gtk_editable_set_text (GTK_EDITABLE (entry), "");
  else
    dpop_shell_pop (GTK_WIDGET (self));
}

static void
on_filter (GtkDropDown *filter, GParamSpec *pspec, DpopPersonPage *self)
{
  static const struct
  {
    guint voted, device;
  } filters[] = {
    { DPOP_MEMBER_ROW_EITHER, DPOP_MEMBER_ROW_EITHER },
    { DPOP_MEMBER_ROW_YES, DPOP_MEMBER_ROW_EITHER },
    { DPOP_MEMBER_ROW_NO, DPOP_MEMBER_ROW_EITHER },
    { DPOP_MEMBER_ROW_EITHER, DPOP_MEMBER_ROW_NO },
  };
  const guint selected = gtk_drop_down_get_selected (filter);

  if (!DPOP_IS_ENTITLED_LIST (self->people) || selected >= G_N_ELEMENTS (filters))
    return;
  dpop_list_row_look_away (self->view, self->people);
  g_object_set (self->people, "voted", filters[selected].voted, "device",
                filters[selected].device, NULL);
}

/* --- Who is entitled. ------------------------------------------------------------------------ */

static gpointer
read_entitled (DpopProfile *profile, gpointer data, GError **error)
{
  return dpop_entitled_new (profile, data, error);
}

static void ask_entitled (DpopPersonPage *self);

static void
on_entitled (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DpopPersonPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (DpopEntitled) entitled
      = dpop_session_run_finish (DPOP_SESSION (source), result, &error);
  g_autofree char *summary = NULL;

  self->reading = FALSE;
  if (entitled == NULL)
    {
      dpop_shell_fail (GTK_WIDGET (self), error);
      return;
    }
  summary
      = g_strdup_printf (ngettext ("%u person is entitled, %u has voted",
                                   "%u people are entitled, %u have voted", entitled->members->len),
                         entitled->members->len, entitled->n_voted);
  if (self->use == DPOP_PERSON_PAGE_ENTITLED)
    dpop_decision_parts_say (self->summary, summary);
  dpop_entitled_list_set_entitled (DPOP_ENTITLED_LIST (self->people), entitled);
  show_which (self);
  if (self->stale)
    ask_entitled (self);
}

static void
ask_entitled (DpopPersonPage *self)
{
  self->stale = self->reading;
  if (self->reading)
    return;
  self->reading = TRUE;
  dpop_session_run_async (dpop_page_get_session (DPOP_PAGE (self)), read_entitled,
                          g_memdup2 (&self->decision, sizeof self->decision), g_free,
                          (GDestroyNotify) dpop_entitled_unref, NULL, on_entitled,
                          g_object_ref (self));
}

/* --- The page. ------------------------------------------------------------------------------- */

static void
dpop_person_page_refresh (DpopPage *page, DpopProjectorChanges *changes)
{
  DpopPersonPage *self = DPOP_PERSON_PAGE (page);

  dpop_list_refresh (self->people, changes);
  if (self->use != DPOP_PERSON_PAGE_CANDIDATE)
    ask_entitled (self);
}

static void
dpop_person_page_search (DpopPage *page)
{
  gtk_widget_grab_focus (DPOP_PERSON_PAGE (page)->search_entry);
}

static void
dpop_person_page_dispose (GObject *object)
{
  DpopPersonPage *self = DPOP_PERSON_PAGE (object);

  if (self->people != NULL)
    g_signal_handlers_disconnect_by_data (self->people, self);
  g_clear_object (&self->people);
  G_OBJECT_CLASS (dpop_person_page_parent_class)->dispose (object);
}

static void
dpop_person_page_class_init (DpopPersonPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dpop_person_page_dispose;
  DPOP_PAGE_CLASS (klass)->refresh = dpop_person_page_refresh;
  DPOP_PAGE_CLASS (klass)->search = dpop_person_page_search;
  DPOP_PAGE_CLASS (klass)->focus_first = dpop_person_page_search;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/dpop/Dpop/dpop-person-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DpopPersonPage, summary);
  gtk_widget_class_bind_template_child (widget_class, DpopPersonPage, search_entry);
  gtk_widget_class_bind_template_child (widget_class, DpopPersonPage, filter);
  gtk_widget_class_bind_template_child (widget_class, DpopPersonPage, stack);
  gtk_widget_class_bind_template_child (widget_class, DpopPersonPage, view);
  gtk_widget_class_bind_template_child (widget_class, DpopPersonPage, none);
  gtk_widget_class_bind_template_callback (widget_class, on_search);
  gtk_widget_class_bind_template_callback (widget_class, on_enter);
  gtk_widget_class_bind_template_callback (widget_class, on_escape);
  gtk_widget_class_bind_template_callback (widget_class, on_filter);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 2, G_TYPE_POINTER, G_TYPE_STRING);
}

static void
dpop_person_page_init (DpopPersonPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  dpop_spoken_name_own (GTK_WIDGET (self->filter));
  dpop_list_row_tab_leaves (GTK_WIDGET (self->view));
}

static void
set_use (DpopPersonPage *self, DpopSession *session)
{
  static const char *const titles[] = {
    N_("Who Is Entitled"),
    N_("On Whose Behalf?"),
    N_("Who Stands?"),
  };
  static const char *const nobody[] = {
    N_("Nobody is found by this search and filter."),
    N_("Of those entitled, nobody without a computer is found. Who has a computer votes on it."),
    N_("No member is found by this search."),
  };
  DpopReader *reader = dpop_session_get_reader (session);

  dpop_page_set_title (DPOP_PAGE (self), _(titles[self->use]));
  adw_status_page_set_description (self->none, _(nobody[self->use]));
  gtk_widget_set_visible (GTK_WIDGET (self->filter), self->use == DPOP_PERSON_PAGE_ENTITLED);
  if (self->use == DPOP_PERSON_PAGE_CANDIDATE)
    {
      self->people = DPOP_LIST (dpop_member_list_new (reader));
      g_object_set (self->people, "states", 1u << DPOP_MEMBER_MEMBER, NULL);
      return;
    }
  self->people = DPOP_LIST (dpop_entitled_list_new (reader));
  if (self->use == DPOP_PERSON_PAGE_FOR)
    g_object_set (self->people, "device", DPOP_MEMBER_ROW_NO, NULL);
  ask_entitled (self);
}

DpopPage *
dpop_person_page_new (DpopSession *session, DpopPersonPageUse use, const CosmicId *decision)
{
  DpopPersonPage *self = g_object_new (DPOP_TYPE_PERSON_PAGE, "session", session, NULL);
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  self->use = use;
  if (decision != NULL)
    self->decision = *decision;
  set_use (self, session);
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), NULL);
  gtk_list_view_set_factory (self->view, factory);
  dpop_list_growth_show (self->view, G_LIST_MODEL (self->people));
  g_signal_connect_swapped (self->people, "items-changed", G_CALLBACK (show_which), self);
  g_signal_connect_swapped (self->people, "notify::loading", G_CALLBACK (show_which), self);
  show_which (self);
  return DPOP_PAGE (self);
}
