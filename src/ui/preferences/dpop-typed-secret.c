/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-typed-secret.h"

#include "dpop-caps-lock.h"

#include <glib/gi18n-lib.h>
#include <string.h>

DpopTypedSecret
dpop_typed_secret_new (const char *label)
{
  DpopTypedSecret self = { gtk_box_new (GTK_ORIENTATION_VERTICAL, 6), gtk_password_entry_new () };
  GtkWidget *heading = g_object_new (GTK_TYPE_LABEL, "label", label, "xalign", 0.0, "wrap", TRUE,
                                     NULL);
  GtkWidget *caps = g_object_new (GTK_TYPE_LABEL, "label", _("Caps Lock is on."), "xalign", 0.0,
                                  "wrap", TRUE, "visible", FALSE, "accessible-role",
                                  GTK_ACCESSIBLE_ROLE_STATUS, NULL);

  gtk_widget_add_css_class (heading, "heading");
  gtk_widget_add_css_class (caps, "warning");
  g_object_set (self.entry, "show-peek-icon", TRUE, "activates-default", TRUE, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self.entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
  gtk_box_append (GTK_BOX (self.box), heading);
  gtk_box_append (GTK_BOX (self.box), self.entry);
  gtk_box_append (GTK_BOX (self.box), caps);
  dpop_caps_lock_watch (self.entry, caps);
  return self;
}

CosmicSecret *
dpop_typed_secret_dup (const DpopTypedSecret *self)
{
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->entry));

  return *typed != '\0' ? cosmic_secret_copy (typed, strlen (typed)) : NULL;
}

const char *
dpop_typed_secret_words (const GError *error)
{
  if (g_error_matches (error, DPOP_VAULT_ERROR, DPOP_VAULT_ERROR_WRONG_PASSPHRASE))
    return _("That is not the passphrase. Look at capital letters and the keyboard's language, "
             "and try again.");
  return error->message;
}
