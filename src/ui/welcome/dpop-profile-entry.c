/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-profile-entry.h"

#include "dpop-passphrase-choice.h"
#include "dpop-profile-folder.h"
#include "dpop-spoken-name.h"

#include <glib/gi18n-lib.h>

struct _DpopProfileEntry
{
  AdwBin parent_instance;

  GtkWidget *choice;
  GtkWidget *label;
  GtkWidget *failure;
};

G_DEFINE_FINAL_TYPE (DpopProfileEntry, dpop_profile_entry, ADW_TYPE_BIN)

char *
dpop_profile_entry_dup_label (DpopProfileEntry *self)
{
  g_return_val_if_fail (DPOP_IS_PROFILE_ENTRY (self), NULL);
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->label))));
}

CosmicSecret *
dpop_profile_entry_dup_passphrase (DpopProfileEntry *self)
{
  g_return_val_if_fail (DPOP_IS_PROFILE_ENTRY (self), NULL);
  return dpop_passphrase_choice_dup (DPOP_PASSPHRASE_CHOICE (self->choice));
}

gboolean
dpop_profile_entry_complain (DpopProfileEntry *self)
{
  DpopPassphraseChoice *choice = DPOP_PASSPHRASE_CHOICE (self->choice);
  g_autofree char *label = dpop_profile_entry_dup_label (self);
  const gboolean fits = dpop_profile_label_fits (label);

  gtk_widget_set_visible (self->failure, !fits);
  if (!dpop_passphrase_choice_get_acceptable (choice))
    {
      dpop_passphrase_choice_complain (choice);
      return TRUE;
    }
  if (!fits)
    gtk_widget_grab_focus (self->label);
  return !fits;
}

static gboolean
dpop_profile_entry_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (DPOP_PROFILE_ENTRY (widget)->choice);
}

static void
dpop_profile_entry_class_init (DpopProfileEntryClass *klass)
{
  GTK_WIDGET_CLASS (klass)->grab_focus = dpop_profile_entry_grab_focus;
}

static void
dpop_profile_entry_init (DpopProfileEntry *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *group = adw_preferences_group_new ();

  self->choice = dpop_passphrase_choice_new ();
  self->label = adw_entry_row_new ();
  self->failure = gtk_label_new (_("Type a name of one line, and up to 80 letters."));
  dpop_spoken_name_entry_row (ADW_ENTRY_ROW (self->label));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->label), _("Name on this computer"));
  adw_entry_row_set_activates_default (ADW_ENTRY_ROW (self->label), TRUE);
  adw_preferences_group_set_description (
      ADW_PREFERENCES_GROUP (group),
      _("Everybody who uses this computer can read this name. What the organisation is called "
        "stays encrypted unless you write it here."));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->label);
  gtk_label_set_wrap (GTK_LABEL (self->failure), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->failure), 0);
  gtk_widget_add_css_class (self->failure, "error");
  gtk_widget_set_visible (self->failure, FALSE);
  gtk_widget_set_margin_top (group, 12);
  gtk_box_append (GTK_BOX (box), self->choice);
  gtk_box_append (GTK_BOX (box), group);
  gtk_box_append (GTK_BOX (box), self->failure);
  adw_bin_set_child (ADW_BIN (self), box);
}

GtkWidget *
dpop_profile_entry_new (const char *label)
{
  DpopProfileEntry *self = g_object_new (DPOP_TYPE_PROFILE_ENTRY, NULL);
  g_autofree char *spare = label == NULL ? dpop_profile_folder_free_label (NULL) : NULL;

  gtk_editable_set_text (GTK_EDITABLE (self->label), label != NULL ? label : spare);
  return GTK_WIDGET (self);
}
