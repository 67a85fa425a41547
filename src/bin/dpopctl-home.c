/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpopctl-find.h"

#include "dpop-home-view.h"

#include <glib/gi18n-lib.h>

#define NEWS_MAX 20

/* --- What waits. --- */

static char *
about_decision (const DpopHomeItem *item)
{
  g_autofree char *title = dpopctl_print_plain (item->title);
  g_autofree char *when = item->time > 0 ? dpopctl_print_time (item->time) : NULL;

  switch (item->kind)
    {
    case DPOP_HOME_VOTE:
      return when != NULL ? g_strdup_printf (_("vote on \"%s\", until %s"), title, when)
                          : g_strdup_printf (_("vote on \"%s\""), title);
    case DPOP_HOME_COUNT:
      return g_strdup_printf (_("confirm: the time to vote on \"%s\" is over"), title);
    case DPOP_HOME_CLOSE:
      return g_strdup_printf (_("close the vote on \"%s\", if it has lasted long enough"), title);
    case DPOP_HOME_ENACT:
      return g_strdup_printf (_("carry out \"%s\", which was accepted"), title);
    case DPOP_HOME_OPEN:
    default:
      return g_strdup_printf (_("open the vote on \"%s\", or leave it for later"), title);
    }
}

static char *
item_words (const DpopHomeItem *item)
{
  switch (item->kind)
    {
    case DPOP_HOME_DELIVER:
      return g_strdup_printf (ngettext ("make a transfer file: %u entry of yours is known to this "
                                        "computer alone",
                                        "make a transfer file: %u entries of yours are known to "
                                        "this computer alone",
                                        item->n),
                              item->n);
    case DPOP_HOME_LOCK_OUT:
      return g_strdup_printf (ngettext ("lock out %u person who may not read any more (rotate "
                                        "--due)",
                                        "lock out %u people who may not read any more (rotate "
                                        "--due)",
                                        item->n),
                              item->n);
    case DPOP_HOME_CONFIRM:
      return g_strdup_printf (ngettext ("confirm %u entry", "confirm %u entries", item->n),
                              item->n);
    case DPOP_HOME_FOUNDING:
      return g_strdup_printf (ngettext ("look at %u thing that was put off at the founding, in the "
                                        "window",
                                        "look at %u things that were put off at the founding, in "
                                        "the window",
                                        item->n),
                              item->n);
    default:
      return about_decision (item);
    }
}

static void
show_items (Dpopctl *self, const DpopHomeView *view)
{
  JsonArray *waits = json_array_new ();

  dpopctl_print_array (self, "waits", waits);
  dpopctl_print (self, "%s", view->items->len > 0 ? _("Waiting for you:") : _("Nothing waits."));
  for (guint i = 0; i < view->items->len; i++)
    {
      const DpopHomeItem *item = view->items->pdata[i];
      JsonObject *object = json_object_new ();
      g_autofree char *words = item_words (item);

      json_object_set_string_member (object, "kind", dpop_home_kind_name (item->kind));
      dpopctl_print_id_to (object, "decision", &item->decision);
      if (item->title != NULL)
        json_object_set_string_member (object, "title", item->title);
      else
        json_object_set_null_member (object, "title");
      dpopctl_print_time_to (object, "time", item->time);
      json_object_set_int_member (object, "entitled", (gint64) item->entitled);
      json_object_set_int_member (object, "votes", (gint64) item->votes);
      json_object_set_int_member (object, "count", item->n);
      json_array_add_object_element (waits, object);
      dpopctl_print (self, "  %s", words);
    }
}

/* --- What happened. --- */

static void
show_news (Dpopctl *self, const DpopHomeView *view)
{
  JsonArray *news = json_array_new ();

  dpopctl_print_array (self, "news", news);
  dpopctl_print_flag (self, "more", view->more);
  if (view->news->len > 0)
    dpopctl_print (self, "%s", _("Since you were last here:"));
  for (guint i = 0; i < view->news->len; i++)
    {
      const DpopHomeNews *one = view->news->pdata[i];
      JsonObject *object = json_object_new ();
      g_autofree char *sentence = dpopctl_print_plain (one->sentence);

      json_object_set_string_member (object, "text", one->sentence);
      json_object_set_int_member (object, "count", one->n);
      dpopctl_print_id_to (object, "entry", &one->operation);
      dpopctl_print_id_to (object, "decision", &one->decision);
      dpopctl_print_time_to (object, "time", one->time);
      json_array_add_object_element (news, object);
      dpopctl_print (self, "  %s", sentence);
    }
  if (view->more)
    dpopctl_print (self, "  %s", _("And more: see dpopctl audit."));
}

static gboolean
run_home (Dpopctl *self, int argc, char **argv, GError **error)
{
  gboolean seen = FALSE;
  const GOptionEntry entries[] = {
    { "seen", 0, 0, G_OPTION_ARG_NONE, &seen, NULL, NULL }, G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) words = NULL;
  g_autoptr (DpopHomeView) view = NULL;

  if (!dpopctl_arguments (argc, argv, entries, 0, 0, &words, error)
      || !dpopctl_open_founded (self, error)
      || (view = dpop_home_view_new (self->profile, NEWS_MAX, error)) == NULL
      || (seen && !dpop_home_view_note_seen (self->profile, view->newest, error)))
    return FALSE;
  show_items (self, view);
  show_news (self, view);
  return TRUE;
}

const DpopctlVerb dpopctl_home_verbs[] = {
  { "home", "[--seen]", N_("what waits for you, and what others have done since you last looked"),
    run_home },
  { NULL },
};
