/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* An invitation that is typed, pasted, dropped or chosen as a file. What is typed is looked at
 * meanwhile: mistakes are told by their line, and what is missing is not one yet. */
#define DPOP_TYPE_INVITATION_ENTRY (dpop_invitation_entry_get_type ())
G_DECLARE_FINAL_TYPE (DpopInvitationEntry, dpop_invitation_entry, DPOP, INVITATION_ENTRY, AdwBin)

GtkWidget *dpop_invitation_entry_new       (void);
/* Reads it from the file PATH, and says so when that fails. */
void       dpop_invitation_entry_read_file (DpopInvitationEntry *self, const char *path);
void       dpop_invitation_entry_set_text  (DpopInvitationEntry *self, const char *text);
/* The caller wipes and frees. */
char      *dpop_invitation_entry_dup_text  (DpopInvitationEntry *self);
/* What is the matter with it, said beside it; FALSE: it can be used. */
gboolean   dpop_invitation_entry_complain  (DpopInvitationEntry *self);

G_END_DECLS
