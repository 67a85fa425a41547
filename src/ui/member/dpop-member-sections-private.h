/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-member-act.h"
#include "dpop-member-sight.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The sections of a member's page, made of a sight: each a group of rows, or NULL where there is
 * nothing to say and nothing to do. What is chosen in them is told to the page. */
typedef struct
{
  void (*act)      (gpointer page, const DpopMemberAct *act);
  void (*edit)     (gpointer page);
  void (*invite)   (gpointer page);
  void (*history)  (gpointer page);
  void (*decision) (gpointer page, const CosmicId *decision);
} DpopMemberSectionsTable;

typedef struct
{
  const DpopMemberSight *sight;
  const DpopMemberSectionsTable *table;
  gpointer page;
} DpopMemberSections;

GtkWidget *dpop_member_sections_head        (const DpopMemberSections *self);
GtkWidget *dpop_member_sections_particulars (const DpopMemberSections *self);
GtkWidget *dpop_member_sections_readers     (const DpopMemberSections *self);
GtkWidget *dpop_member_sections_groups      (const DpopMemberSections *self);
GtkWidget *dpop_member_sections_roles       (const DpopMemberSections *self);
GtkWidget *dpop_member_sections_computers   (const DpopMemberSections *self);
GtkWidget *dpop_member_sections_votes       (const DpopMemberSections *self);
GtkWidget *dpop_member_sections_proposed    (const DpopMemberSections *self);
GtkWidget *dpop_member_sections_membership  (const DpopMemberSections *self);

/* --- What they are made of. ------------------------------------------------------------------ */

GtkWidget *dpop_member_parts_group  (const char *title, const char *description);
/* TITLE is text, not markup; so is SUBTITLE, which may be NULL. */
GtkWidget *dpop_member_parts_row    (GtkWidget *group, const char *title, const char *subtitle);
/* Makes ROW one that is chosen, named KEY for the focus; CHOSEN gets DATA. */
void       dpop_member_parts_choose (GtkWidget *row, const char *key, GCallback chosen,
                                     gpointer data, GClosureNotify free_data);
/* A button at the end of ROW. NAME is what a screen reader says. */
GtkWidget *dpop_member_parts_button (GtkWidget *row, const char *label, const char *name,
                                     const char *key);
void       dpop_member_parts_set_key (GtkWidget *widget, const char *key);
/* Where the focus stands, to be found again; the caller frees. NULL: not in BOX. */
char      *dpop_member_parts_focus_key (GtkWidget *box);
gboolean   dpop_member_parts_focus     (GtkWidget *box, const char *key);
/* A key of its own for what is about ID; the caller frees. */
char      *dpop_member_parts_key       (const char *what, const CosmicId *id, guint number);

G_END_DECLS
