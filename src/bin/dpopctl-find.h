/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-charter-names.h"
#include "dpop-member-details.h"
#include "dpopctl.h"

G_BEGIN_DECLS

/* What a person calls something, and which it is. An exact name (a member's number, e-mail address
 * or name; a group's name; a decision's title; a key or label of the rules) comes before the
 * beginning of an id, of 4 hexadecimal digits at least. Nothing that fits is
 * DPOP_PROFILE_ERROR_NOT_FOUND; several are DPOPCTL_ERROR_AMBIGUOUS, with what they are. */

#define DPOPCTL_FIND_DIGITS 4

gboolean dpopctl_find_member   (Dpopctl *self, const char *word, CosmicId *member, GError **error);
gboolean dpopctl_find_unit     (Dpopctl *self, const char *word, CosmicId *unit, GError **error);
gboolean dpopctl_find_decision (Dpopctl *self, const char *word, CosmicId *decision,
                                GError **error);
/* An option of a decision: by name, by its number in the order of `decision show`, or by id. */
gboolean dpopctl_find_option   (Dpopctl *self, const CosmicId *decision, const char *word,
                                CosmicId *option, GError **error);
gboolean dpopctl_find_device   (Dpopctl *self, const char *word, CosmicId *device, GError **error);
/* Any entry of the history, by its id. */
gboolean dpopctl_find_entry    (Dpopctl *self, const char *word, CosmicId *operation,
                                GError **error);

/* What the rules call a role, a kind of group, a way to decide; LIST is one of NAMES'. */
gboolean dpopctl_find_named (const GArray *list, const char *word, guint *index, GError **error);

/* The rules' words, NULL with ERROR when they are not to be read here. Caller frees. */
DpopCharterNames *dpopctl_find_names (Dpopctl *self, GError **error);

/* What is shown for an id; never NULL, the caller frees. "(deleted)", or the beginning of the id
 * where the name is not for this computer's eyes. */
char *dpopctl_find_member_name   (Dpopctl *self, const CosmicId *member);
char *dpopctl_find_unit_name     (Dpopctl *self, const CosmicId *unit);
char *dpopctl_find_decision_name (Dpopctl *self, const CosmicId *decision);

/* Every decision that is known here: (element-type CosmicId), in order of arrival. */
GArray *dpopctl_find_decisions (Dpopctl *self, GError **error);

G_END_DECLS
