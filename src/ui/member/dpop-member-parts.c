/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-member-sections-private.h"

#include "dpop-spoken-name.h"

#define FOCUS_KEY "dpop-focus-key"

GtkWidget *
dpop_member_parts_group (const char *title, const char *description)
{
  GtkWidget *group = adw_preferences_group_new ();

  if (title != NULL)
    adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  if (description != NULL)
    adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), description);
  return group;
}

GtkWidget *
dpop_member_parts_row (GtkWidget *group, const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *escaped_title = g_markup_escape_text (title, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), escaped_title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  if (subtitle != NULL)
    {
      g_autofree char *escaped = g_markup_escape_text (subtitle, -1);

      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), escaped);
      adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
    }
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  return row;
}

void
dpop_member_parts_set_key (GtkWidget *widget, const char *key)
{
  g_object_set_data_full (G_OBJECT (widget), FOCUS_KEY, g_strdup (key), g_free);
}

void
dpop_member_parts_choose (GtkWidget *row, const char *key, GCallback chosen, gpointer data,
                          GClosureNotify free_data)
{
  GtkWidget *arrow = gtk_image_new_from_icon_name ("go-next-symbolic");

  gtk_accessible_update_state (GTK_ACCESSIBLE (arrow), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), arrow);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  dpop_member_parts_set_key (row, key);
  g_signal_connect_data (row, "activated", chosen, data, free_data, 0);
}

GtkWidget *
dpop_member_parts_button (GtkWidget *row, const char *label, const char *name, const char *key)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  dpop_spoken_name_set (button, name);
  dpop_member_parts_set_key (button, key);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return button;
}

char *
dpop_member_parts_key (const char *what, const CosmicId *id, guint number)
{
  g_autofree char *text = id != NULL ? cosmic_id_to_text (id) : g_strdup ("");

  return g_strdup_printf ("%s/%s/%u", what, text, number);
}

char *
dpop_member_parts_focus_key (GtkWidget *box)
{
  GtkRoot *root = gtk_widget_get_root (box);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus == NULL || !gtk_widget_is_ancestor (focus, box))
    return NULL;
  for (; focus != box; focus = gtk_widget_get_parent (focus))
    {
      const char *key = g_object_get_data (G_OBJECT (focus), FOCUS_KEY);

      if (key != NULL)
        return g_strdup (key);
    }
  return g_strdup ("");
}

gboolean
dpop_member_parts_focus (GtkWidget *box, const char *key)
{
  for (GtkWidget *child = gtk_widget_get_first_child (box); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (g_strcmp0 (g_object_get_data (G_OBJECT (child), FOCUS_KEY), key) == 0)
      return gtk_widget_grab_focus (child);
    else if (dpop_member_parts_focus (child, key))
      return TRUE;
  return FALSE;
}
