/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-window-pages-private.h"

#include "dpop-decision-page.h"
#include "dpop-decisions-page.h"
#include "dpop-entry-page.h"
#include "dpop-exchange-page.h"
#include "dpop-help-page.h"
#include "dpop-history-page.h"
#include "dpop-home-page.h"
#include "dpop-import-page.h"
#include "dpop-member-page.h"
#include "dpop-members-page.h"
#include "dpop-next-steps.h"
#include "dpop-preferences-page.h"
#include "dpop-rules-page.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  DpopPlace place;
  const char *title; /* of the sidebar's entry; NULL: not in the sidebar */
  const char *icon;
  DpopPage *(*make) (DpopSession *session, const CosmicId *id, const char *topic);
} Maker;

static DpopPage *
make_decisions (DpopSession *session, const CosmicId *id, const char *topic)
{
  return dpop_decisions_page_new (session);
}

static DpopPage *
make_decision (DpopSession *session, const CosmicId *id, const char *topic)
{
  return id != NULL ? dpop_decision_page_new (session, id) : NULL;
}

static DpopPage *
make_rules (DpopSession *session, const CosmicId *id, const char *topic)
{
  return dpop_rules_page_new (session);
}

static DpopPage *
make_members (DpopSession *session, const CosmicId *id, const char *topic)
{
  return dpop_members_page_new (session);
}

static DpopPage *
make_member (DpopSession *session, const CosmicId *id, const char *topic)
{
  return id != NULL ? dpop_member_page_new (session, id) : NULL;
}

static DpopPage *
make_import (DpopSession *session, const CosmicId *id, const char *topic)
{
  g_autoptr (GFile) file = topic != NULL ? g_file_new_for_path (topic) : NULL;

  return dpop_import_page_new (session, file);
}

static DpopPage *
make_home (DpopSession *session, const CosmicId *id, const char *topic)
{
  return dpop_home_page_new (session);
}

static DpopPage *
make_exchange (DpopSession *session, const CosmicId *id, const char *topic)
{
  return dpop_exchange_page_new (session);
}

static DpopPage *
make_history (DpopSession *session, const CosmicId *id, const char *topic)
{
  return dpop_history_page_new (session);
}

static DpopPage *
make_entry (DpopSession *session, const CosmicId *id, const char *topic)
{
  return dpop_entry_page_new (session, id);
}

static DpopPage *
make_preferences (DpopSession *session, const CosmicId *id, const char *topic)
{
  return dpop_preferences_page_new (session);
}

static DpopPage *
make_help (DpopSession *session, const CosmicId *id, const char *topic)
{
  return dpop_help_page_new (topic);
}

static DpopPage *
make_next_steps (DpopSession *session, const CosmicId *id, const char *topic)
{
  return dpop_next_steps_page_new (session);
}

/* The sidebar's entries come in this order. */
static const Maker makers[] = {
  { DPOP_PLACE_HOME, N_("Home"), "go-home-symbolic", make_home },
  { DPOP_PLACE_DECISIONS, N_("Decisions"), "dpop-decision-symbolic", make_decisions },
  { DPOP_PLACE_DECISION, NULL, NULL, make_decision },
  { DPOP_PLACE_MEMBERS, N_("Members"), "dpop-members-symbolic", make_members },
  { DPOP_PLACE_MEMBER, NULL, NULL, make_member },
  { DPOP_PLACE_IMPORT, NULL, NULL, make_import },
  { DPOP_PLACE_RULES, N_("Rules"), "dpop-rules-symbolic", make_rules },
  { DPOP_PLACE_HISTORY, N_("History"), "dpop-history-symbolic", make_history },
  { DPOP_PLACE_ENTRY, NULL, NULL, make_entry },
  { DPOP_PLACE_NEXT_STEPS, NULL, NULL, make_next_steps },
  { DPOP_PLACE_EXCHANGE, NULL, NULL, make_exchange },
  { DPOP_PLACE_PREFERENCES, NULL, NULL, make_preferences },
  { DPOP_PLACE_HELP, NULL, NULL, make_help },
};

static const Maker *
find (DpopPlace place)
{
  for (guint i = 0; i < G_N_ELEMENTS (makers); i++)
    if (makers[i].place == place)
      return &makers[i];
  return NULL;
}

DpopPage *
dpop_window_pages_new (DpopSession *session, DpopPlace place, const CosmicId *id,
                       const char *topic)
{
  const Maker *maker = find (place);

  return maker != NULL ? maker->make (session, id, topic) : NULL;
}

void
dpop_window_pages_fill (DpopSidebar *sidebar)
{
  for (guint i = 0; i < G_N_ELEMENTS (makers); i++)
    if (makers[i].title != NULL)
      dpop_sidebar_add (sidebar, makers[i].place, _(makers[i].title), makers[i].icon);
}

gboolean
dpop_window_pages_has (DpopPlace place)
{
  return find (place) != NULL;
}

void
dpop_window_pages_take_file (DpopPage *page, const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  g_return_if_fail (DPOP_IS_EXCHANGE_PAGE (page));
  dpop_exchange_page_take_file (DPOP_EXCHANGE_PAGE (page), file);
}

gboolean
dpop_window_pages_is_section (DpopPlace place)
{
  const Maker *maker = find (place);

  return maker != NULL && maker->title != NULL;
}

guint
dpop_window_pages_n_sections (void)
{
  guint count = 0;

  for (guint i = 0; i < G_N_ELEMENTS (makers); i++)
    count += makers[i].title != NULL;
  return count;
}

DpopPlace
dpop_window_pages_nth_section (guint n)
{
  for (guint i = 0; i < G_N_ELEMENTS (makers); i++)
    if (makers[i].title != NULL && n-- == 0)
      return makers[i].place;
  return DPOP_PLACE_HOME;
}

DpopPlace
dpop_window_pages_first (void)
{
  return dpop_window_pages_nth_section (0);
}
