/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-welcome-page.h"

#include "dpop-emblem.h"
#include "dpop-moment.h"
#include "dpop-profile-folder.h"
#include "dpop-spoken-name.h"

#include <glib/gi18n-lib.h>

struct _DpopWelcomePage
{
  DpopPage parent_instance;

  GtkWidget *failure;
  GtkWidget *working;
  GtkWidget *choices;
  GtkWidget *ways;
  GtkWidget *here;
  GtkWidget *menu;
  GtkWidget *start;   /* the row */
  GPtrArray *rows;    /* of those on this computer */
};

G_DEFINE_FINAL_TYPE (DpopWelcomePage, dpop_welcome_page, DPOP_TYPE_PAGE)

enum
{
  START,
  JOIN,
  PRACTISE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

#define FOLDER_KEY "dpop-folder"

/* --- The three ways. ------------------------------------------------------------------------- */

static GtkWidget *
new_row (const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *escaped = g_markup_escape_text (title, -1);
  g_autofree char *below = g_markup_escape_text (subtitle, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), escaped);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), below);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  subtitle, -1);
  return row;
}

static GtkWidget *
new_picture (const char *icon)
{
  GtkWidget *image = gtk_image_new_from_icon_name (icon);

  gtk_accessible_update_state (GTK_ACCESSIBLE (image), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  return image;
}

static void
on_start (AdwActionRow *row, DpopWelcomePage *self)
{
  g_signal_emit (self, signals[START], 0);
}

static void
on_join (AdwActionRow *row, DpopWelcomePage *self)
{
  g_signal_emit (self, signals[JOIN], 0);
}

static void
on_practise (AdwActionRow *row, DpopWelcomePage *self)
{
  g_signal_emit (self, signals[PRACTISE], 0);
}

static GtkWidget *
add_way (DpopWelcomePage *self, const char *icon, const char *title, const char *subtitle,
         GCallback callback)
{
  GtkWidget *row = new_row (title, subtitle);
  GtkWidget *image = new_picture (icon);

  gtk_image_set_pixel_size (GTK_IMAGE (image), 24);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), image);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), new_picture ("go-next-symbolic"));
  gtk_widget_add_css_class (row, "way");
  g_signal_connect (row, "activated", callback, self);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->ways), row);
  return row;
}

/* --- On this computer. ----------------------------------------------------------------------- */

static char *
state_of (const DpopProfileFolder *profile)
{
  g_autofree char *when = NULL;

  if (!profile->readable)
    return g_strdup (_("Belongs to somebody else on this computer."));
  if (profile->broken)
    return g_strdup (_("Its keys are missing: it cannot be opened any more."));
  if (profile->in_use)
    return g_strdup (_("Is open."));
  if (profile->practice)
    return g_strdup (_("For practice. Nothing in it is real."));
  if (profile->last_used == 0)
    return g_strdup (_("Locked."));
  when = dpop_moment_now (profile->last_used);
  /* Translators: %s is a time, such as "today, 14:02". */
  return g_strdup_printf (_("Locked. Last used %s."), when);
}

static void
on_profile (AdwActionRow *row, DpopWelcomePage *self)
{
  const char *folder = g_object_get_data (G_OBJECT (row), FOLDER_KEY);

  gtk_widget_activate_action (GTK_WIDGET (self), "app.open-profile", "^ay", folder);
}

static void
add_profile (DpopWelcomePage *self, const DpopProfileFolder *profile)
{
  g_autofree char *state = state_of (profile);
  GtkWidget *row = new_row (profile->label, state);
  GtkWidget *emblem = dpop_emblem_new ();

  dpop_emblem_set (DPOP_EMBLEM (emblem), profile->label, NULL);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), emblem);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), new_picture ("go-next-symbolic"));
  g_object_set_data_full (G_OBJECT (row), FOLDER_KEY, g_strdup (profile->folder), g_free);
  gtk_widget_set_sensitive (row, profile->readable && !profile->broken);
  g_signal_connect (row, "activated", G_CALLBACK (on_profile), self);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->here), row);
  g_ptr_array_add (self->rows, row);
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer data)
{
  DpopWelcomePage *self = DPOP_WELCOME_PAGE (source);
  g_autoptr (GPtrArray) list = g_task_propagate_pointer (G_TASK (result), NULL);

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self->here), self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; list != NULL && i < list->len; i++)
    add_profile (self, list->pdata[i]);
  gtk_widget_set_visible (self->here, self->rows->len > 0);
}

static void
list_there (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  GPtrArray *list = dpop_profile_folder_list (NULL, &error);

  if (list != NULL)
    g_task_return_pointer (task, list, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

void
dpop_welcome_page_look (DpopWelcomePage *self)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, on_listed, NULL);

  g_task_run_in_thread (task, list_there);
}

/* --- The page. ------------------------------------------------------------------------------- */

static void
set_text (GtkWidget *label, const char *text)
{
  gtk_label_set_label (GTK_LABEL (label), text != NULL ? text : "");
  gtk_widget_set_visible (label, text != NULL);
}

void
dpop_welcome_page_fail (DpopWelcomePage *self, const char *text)
{
  g_return_if_fail (DPOP_IS_WELCOME_PAGE (self));
  set_text (self->failure, text);
}

void
dpop_welcome_page_busy (DpopWelcomePage *self, const char *text)
{
  g_return_if_fail (DPOP_IS_WELCOME_PAGE (self));
  set_text (self->working, text);
  set_text (self->failure, NULL);
  gtk_widget_set_sensitive (self->choices, text == NULL);
}

static void
dpop_welcome_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (dpop_welcome_page_parent_class)->map (widget);
  dpop_welcome_page_look (DPOP_WELCOME_PAGE (widget));
}

static void
dpop_welcome_page_focus_first (DpopPage *page)
{
  gtk_widget_grab_focus (DPOP_WELCOME_PAGE (page)->start);
}

static void
dpop_welcome_page_finalize (GObject *object)
{
  g_ptr_array_unref (DPOP_WELCOME_PAGE (object)->rows);
  G_OBJECT_CLASS (dpop_welcome_page_parent_class)->finalize (object);
}

static guint
new_signal (GObjectClass *klass, const char *name)
{
  return g_signal_new (name, G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                       G_TYPE_NONE, 0);
}

static void
dpop_welcome_page_class_init (DpopWelcomePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = dpop_welcome_page_finalize;
  widget_class->map = dpop_welcome_page_map;
  DPOP_PAGE_CLASS (klass)->focus_first = dpop_welcome_page_focus_first;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dpop/Dpop/dpop-welcome-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DpopWelcomePage, failure);
  gtk_widget_class_bind_template_child (widget_class, DpopWelcomePage, working);
  gtk_widget_class_bind_template_child (widget_class, DpopWelcomePage, choices);
  gtk_widget_class_bind_template_child (widget_class, DpopWelcomePage, ways);
  gtk_widget_class_bind_template_child (widget_class, DpopWelcomePage, here);
  gtk_widget_class_bind_template_child (widget_class, DpopWelcomePage, menu);
  signals[START] = new_signal (G_OBJECT_CLASS (klass), "start");
  signals[JOIN] = new_signal (G_OBJECT_CLASS (klass), "join");
  signals[PRACTISE] = new_signal (G_OBJECT_CLASS (klass), "practise");
}

static void
dpop_welcome_page_init (DpopWelcomePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  dpop_spoken_name_menu (GTK_MENU_BUTTON (self->menu));
  self->rows = g_ptr_array_new ();
  self->start = add_way (self, "list-add-symbolic", _("Start an organisation"),
                         _("You write its rules, and invite the others."), G_CALLBACK (on_start));
  add_way (self, "dpop-members-symbolic", _("Join an organisation"),
           _("You have an invitation: a file, or a letter with a code."), G_CALLBACK (on_join));
  add_way (self, "dpop-ballot-symbolic", _("Practise"),
           _("An invented organisation of sixty members. Nothing in it is real."),
           G_CALLBACK (on_practise));
}

DpopPage *
dpop_welcome_page_new (void)
{
  return g_object_new (DPOP_TYPE_WELCOME_PAGE, NULL);
}
