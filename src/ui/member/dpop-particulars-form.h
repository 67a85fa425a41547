/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-member-details.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* A member's particulars, to be typed. Signals "changed", and "activate" when Enter is pressed in
 * one of the lines. */
#define DPOP_TYPE_PARTICULARS_FORM (dpop_particulars_form_get_type ())
G_DECLARE_FINAL_TYPE (DpopParticularsForm, dpop_particulars_form, DPOP, PARTICULARS_FORM, AdwBin)

/* BRIEF: what is seldom known at first is folded away. */
GtkWidget         *dpop_particulars_form_new   (gboolean brief);
/* Borrows nothing; NULL: all empty. */
void               dpop_particulars_form_set   (DpopParticularsForm *self,
                                                const DpopMemberDetails *details);
/* What was given, with what was typed since; to be freed. */
DpopMemberDetails *dpop_particulars_form_get   (DpopParticularsForm *self);
gboolean           dpop_particulars_form_is_empty (DpopParticularsForm *self);
void               dpop_particulars_form_focus (DpopParticularsForm *self,
                                                DpopMemberDetailsField field);

/* What is typed, as a text to be kept, and back. */
char              *dpop_particulars_form_to_text   (DpopParticularsForm *self);
void               dpop_particulars_form_from_text (DpopParticularsForm *self, const char *text);

G_END_DECLS
