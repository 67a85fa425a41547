/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-home-page.h"

#include "dpop-command-confirm.h"
#include "dpop-command-rotate.h"
#include "dpop-home-card.h"
#include "dpop-moment.h"
#include "dpop-shell.h"

#include <glib/gi18n-lib.h>

#define CARDS_MAX 8
#define NEWS_MAX  12

/* What was new when the organisation was opened stays in sight until it is locked. */
#define FIRST_KEY "dpop-home-first"

struct _DpopHomePage
{
  DpopPage parent_instance;

  GtkWidget *greeting;
  GtkWidget *cards;
  GtkWidget *quiet;
  GtkWidget *more;
  GtkWidget *news_title;
  GtkWidget *news;
  GtkWidget *all;

  gboolean asking;      /* the view is being read */
  gboolean asked_again; /* and once more afterwards */
  gboolean wants_focus;
};

G_DEFINE_FINAL_TYPE (DpopHomePage, dpop_home_page, DPOP_TYPE_PAGE)

static void dpop_home_page_refresh (DpopPage *page, DpopProjectorChanges *changes);

/* --- What a card's button does. -------------------------------------------------------------- */

static gpointer
run_confirm (DpopProfile *profile, gpointer data, GError **error)
{
  DpopCommandConfirmResult *result = g_new0 (DpopCommandConfirmResult, 1);

  if (dpop_command_confirm (profile, result, error))
    return result;
  g_free (result);
  return NULL;
}

static void
on_confirmed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DpopHomePage) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree DpopCommandConfirmResult *confirmed
      = dpop_session_run_finish (DPOP_SESSION (source), result, &error);
  g_autofree char *text = NULL;

  if (confirmed == NULL)
    {
      dpop_shell_fail (GTK_WIDGET (self), error);
      return;
    }
  text = g_strdup_printf (ngettext ("%u entry is final now.", "%u entries are final now.",
                                    confirmed->covered),
                          confirmed->covered);
  dpop_shell_toast (GTK_WIDGET (self), text);
}

static gpointer
run_rotate (DpopProfile *profile, gpointer data, GError **error)
{
  guint *count = g_new0 (guint, 1);

  if (dpop_command_confirm_can (profile) ? dpop_command_confirm (profile, NULL, error)
                                         : dpop_command_rotate_due_alone (profile, count, error))
    return count;
  g_free (count);
  return NULL;
}

static void
on_rotated (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DpopHomePage) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree guint *count = dpop_session_run_finish (DPOP_SESSION (source), result, &error);

  if (count != NULL)
    dpop_shell_toast (GTK_WIDGET (self), _("The locks are changed."));
  else
    dpop_shell_fail (GTK_WIDGET (self), error);
}

static void
on_chosen (DpopHomeCard *card, DpopHomePage *self)
{
  DpopSession *session = dpop_page_get_session (DPOP_PAGE (self));

  switch (dpop_home_card_get_act (card))
    {
    case DPOP_HOME_CARD_LOOK:
      dpop_shell_go (GTK_WIDGET (self), DPOP_PLACE_DECISION, dpop_home_card_get_decision (card));
      break;
    case DPOP_HOME_CARD_DELIVER:
      dpop_shell_go (GTK_WIDGET (self), DPOP_PLACE_EXCHANGE, NULL);
      break;
    case DPOP_HOME_CARD_CONFIRM:
      dpop_session_run_async (session, run_confirm, NULL, NULL, g_free, NULL, on_confirmed,
                              g_object_ref (self));
      break;
    case DPOP_HOME_CARD_LOCK:
      dpop_session_run_async (session, run_rotate, NULL, NULL, g_free, NULL, on_rotated,
                              g_object_ref (self));
      break;
    case DPOP_HOME_CARD_STEPS:
      dpop_shell_go (GTK_WIDGET (self), DPOP_PLACE_NEXT_STEPS, NULL);
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
on_more_clicked (GtkButton *button, DpopHomePage *self)
{
  dpop_shell_go (GTK_WIDGET (self), DPOP_PLACE_DECISIONS, NULL);
}

static void
on_all_clicked (GtkButton *button, DpopHomePage *self)
{
  dpop_shell_go (GTK_WIDGET (self), DPOP_PLACE_HISTORY, NULL);
}

/* --- What waits. ----------------------------------------------------------------------------- */

static void
clear (GtkWidget *box, void (*remove) (gpointer box, GtkWidget *child))
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (box)) != NULL)
    remove (box, child);
}

static void
remove_from_box (gpointer box, GtkWidget *child)
{
  gtk_box_remove (box, child);
}

static void
remove_from_list (gpointer list, GtkWidget *child)
{
  gtk_list_box_remove (list, child);
}

static void
show_greeting (DpopHomePage *self, guint waiting)
{
  g_autofree char *text = NULL;

  if (waiting == 0)
    text = g_strdup (_("Nothing waits for you"));
  else
    text = g_strdup_printf (ngettext ("%u thing waits for you", "%u things wait for you", waiting),
                            waiting);
  gtk_label_set_label (GTK_LABEL (self->greeting), text);
}

/* The card whose button has the focus; its place among the cards is found again. */
static gint
focused_card (DpopHomePage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  gint place = 0;

  for (GtkWidget *card = gtk_widget_get_first_child (self->cards); card != NULL;
       card = gtk_widget_get_next_sibling (card), place++)
    if (focus != NULL && gtk_widget_is_ancestor (focus, card))
      return place;
  return -1;
}

static void
focus_card (DpopHomePage *self, gint place)
{
  GtkWidget *card = gtk_widget_get_first_child (self->cards);

  while (place-- > 0 && card != NULL && gtk_widget_get_next_sibling (card) != NULL)
    card = gtk_widget_get_next_sibling (card);
  if (card != NULL)
    dpop_home_card_focus (DPOP_HOME_CARD (card));
}

static void
show_items (DpopHomePage *self, const GPtrArray *items)
{
  const gint focused = focused_card (self);

  if (focused >= 0)
    gtk_root_set_focus (gtk_widget_get_root (GTK_WIDGET (self)), NULL);
  clear (self->cards, remove_from_box);
  for (guint i = 0; i < MIN (items->len, CARDS_MAX); i++)
    {
      GtkWidget *card = dpop_home_card_new (items->pdata[i], i == 0);

      g_signal_connect_object (card, "chosen", G_CALLBACK (on_chosen), self, 0);
      gtk_box_append (GTK_BOX (self->cards), card);
    }
  show_greeting (self, items->len);
  gtk_widget_set_visible (self->quiet, items->len == 0);
  gtk_widget_set_visible (self->more, items->len > CARDS_MAX);
  if (focused >= 0 || self->wants_focus)
    focus_card (self, MAX (focused, 0));
  self->wants_focus = FALSE;
}

/* --- What happened. -------------------------------------------------------------------------- */

typedef struct
{
  DpopPlace place;
  CosmicId id;
} Target;

#define TARGET_KEY "dpop-target"

static void
on_news_activated (GtkListBox *list, GtkListBoxRow *row, DpopHomePage *self)
{
  const Target *target = g_object_get_data (G_OBJECT (row), TARGET_KEY);

  if (target != NULL)
    dpop_shell_go (GTK_WIDGET (self), target->place, &target->id);
}

static Target *
target_of (const DpopHomeNews *news)
{
  Target *target = g_new0 (Target, 1);

  if (!cosmic_id_is_zero (&news->decision))
    *target = (Target){ DPOP_PLACE_DECISION, news->decision };
  else if (!cosmic_id_is_zero (&news->subject))
    *target = (Target){ DPOP_PLACE_MEMBER, news->subject };
  else
    *target = (Target){ DPOP_PLACE_ENTRY, news->operation };
  return target;
}

static void
add_news (DpopHomePage *self, const DpopHomeNews *news)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *sentence = g_markup_escape_text (news->sentence, -1);
  g_autofree char *when = dpop_moment_now (news->time);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), sentence);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), when);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), TARGET_KEY, target_of (news), g_free);
  gtk_list_box_append (GTK_LIST_BOX (self->news), row);
}

static void
show_news (DpopHomePage *self, const DpopHomeView *first, const DpopHomeView *now)
{
  guint shown = 0;

  clear (self->news, remove_from_list);
  for (guint i = 0; now != first && i < now->news->len && shown < NEWS_MAX; i++, shown++)
    add_news (self, now->news->pdata[i]);
  for (guint i = 0; i < first->news->len && shown < NEWS_MAX; i++, shown++)
    add_news (self, first->news->pdata[i]);
  gtk_widget_set_visible (self->news_title, shown > 0);
  gtk_widget_set_visible (self->news, shown > 0);
  gtk_widget_set_visible (self->all, first->more || now->more || shown == NEWS_MAX);
}

static gpointer
note_seen (DpopProfile *profile, gpointer newest, GError **error)
{
  return GINT_TO_POINTER (dpop_home_view_note_seen (profile, *(gint64 *) newest, error));
}

static void
forget_first (DpopSession *session, GParamSpec *pspec, gpointer data)
{
  if (dpop_session_get_state (session) != DPOP_SESSION_OPEN)
    g_object_set_data (G_OBJECT (session), FIRST_KEY, NULL);
}

/* The first view since the organisation was opened, kept with the session. Takes VIEW if it is the
 * first. */
static const DpopHomeView *
first_view (DpopHomePage *self, DpopHomeView *view)
{
  DpopSession *session = dpop_page_get_session (DPOP_PAGE (self));
  DpopHomeView *first = g_object_get_data (G_OBJECT (session), FIRST_KEY);

  if (first != NULL)
    return first;
  g_object_set_data_full (G_OBJECT (session), FIRST_KEY, view,
                          (GDestroyNotify) dpop_home_view_free);
  g_signal_handlers_disconnect_by_func (session, forget_first, NULL);
  g_signal_connect (session, "notify::state", G_CALLBACK (forget_first), NULL);
  dpop_session_run_async (session, note_seen, g_memdup2 (&view->newest, sizeof view->newest),
                          g_free, NULL, NULL, NULL, NULL);
  return view;
}

/* --- The page. ------------------------------------------------------------------------------- */

static gpointer
read_home (DpopProfile *profile, gpointer data, GError **error)
{
  return dpop_home_view_new (profile, NEWS_MAX, error);
}

static void
on_home (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DpopHomePage) self = data;
  g_autoptr (GError) error = NULL;
  DpopHomeView *view = dpop_session_run_finish (DPOP_SESSION (source), result, &error);
  const DpopHomeView *first;

  self->asking = FALSE;
  if (view == NULL)
    {
      dpop_shell_fail (GTK_WIDGET (self), error);
      return;
    }
  first = first_view (self, view);
  show_items (self, view->items);
  show_news (self, first, view);
  if (first != view)
    dpop_home_view_free (view);
  if (self->asked_again)
    dpop_home_page_refresh (DPOP_PAGE (self), NULL);
}

/* One question at a time, however fast things change. */
static void
dpop_home_page_refresh (DpopPage *page, DpopProjectorChanges *changes)
{
  DpopHomePage *self = DPOP_HOME_PAGE (page);

  self->asked_again = self->asking;
  if (self->asking)
    return;
  self->asking = TRUE;
  dpop_session_run_async (dpop_page_get_session (page), read_home, NULL, NULL,
                          (GDestroyNotify) dpop_home_view_free, NULL, on_home,
                          g_object_ref (page));
}

static void
dpop_home_page_focus_first (DpopPage *page)
{
  DpopHomePage *self = DPOP_HOME_PAGE (page);

  self->wants_focus = self->asking;
  focus_card (self, 0);
}

static void
dpop_home_page_class_init (DpopHomePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  DPOP_PAGE_CLASS (klass)->refresh = dpop_home_page_refresh;
  DPOP_PAGE_CLASS (klass)->focus_first = dpop_home_page_focus_first;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/dpop/Dpop/dpop-home-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DpopHomePage, greeting);
  gtk_widget_class_bind_template_child (widget_class, DpopHomePage, cards);
  gtk_widget_class_bind_template_child (widget_class, DpopHomePage, quiet);
  gtk_widget_class_bind_template_child (widget_class, DpopHomePage, more);
  gtk_widget_class_bind_template_child (widget_class, DpopHomePage, news_title);
  gtk_widget_class_bind_template_child (widget_class, DpopHomePage, news);
  gtk_widget_class_bind_template_child (widget_class, DpopHomePage, all);
  gtk_widget_class_bind_template_callback (widget_class, on_more_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_all_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_news_activated);
}

static void
dpop_home_page_init (DpopHomePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

DpopPage *
dpop_home_page_new (DpopSession *session)
{
  DpopPage *page = g_object_new (DPOP_TYPE_HOME_PAGE, "session", session, NULL);

  dpop_home_page_refresh (page, NULL);
  return page;
}
