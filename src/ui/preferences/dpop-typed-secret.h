/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-profile.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A field for the passphrase that opens the organisation now, with a line that says when Caps Lock
 * is on. */
typedef struct
{
  GtkWidget *box;   /* to be shown */
  GtkWidget *entry;
} DpopTypedSecret;

DpopTypedSecret dpop_typed_secret_new  (const char *label);
/* A copy; NULL when nothing was typed. */
CosmicSecret   *dpop_typed_secret_dup  (const DpopTypedSecret *self);
/* What went wrong with a passphrase, as a sentence; borrowed. */
const char     *dpop_typed_secret_words (const GError *error);

G_END_DECLS
