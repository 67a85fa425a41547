/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-charter-names.h"

G_BEGIN_DECLS

/* What founders are asked before their organisation begins, as answers to a ready charter. The
 * answers come filled in with what the charter says already; whatever is answered otherwise changes
 * the charter that is founded, and nothing else of it changes. */

/* Who may put a question forward that concerns the whole. */
typedef enum
{
  DPOP_CHARTER_PROPOSERS_APPLICANTS = 1, /* members, and who has asked to become one */
  DPOP_CHARTER_PROPOSERS_MEMBERS,        /* every member */
  DPOP_CHARTER_PROPOSERS_ROLES,          /* the offices of the whole; without offices, its roles */
} DpopCharterProposers;

typedef struct
{
  char *label; /* empty: there is no such role */
} DpopCharterRoleAnswer;

typedef struct
{
  gint64 notice_ms; /* from proposal to opening */
  DpopCharterQuorum quorum;
} DpopCharterRuleAnswer;

typedef struct
{
  char *name;    /* the organisation's; empty at first */
  GArray *roles; /* (element-type DpopCharterRoleAnswer), by the charter's index; so the next */
  GArray *rules; /* (element-type DpopCharterRuleAnswer) */
  DpopCharterProposers proposers;
} DpopCharterAnswers;

/* What CHARTER and NAMES say already. */
DpopCharterAnswers *dpop_charter_answers_new  (const DpopCharter *charter,
                                               const DpopCharterNames *names);
void                dpop_charter_answers_free (DpopCharterAnswers *self);

DpopCharterRoleAnswer *dpop_charter_answers_role (const DpopCharterAnswers *self, guint index);
DpopCharterRuleAnswer *dpop_charter_answers_rule (const DpopCharterAnswers *self, guint index);

/* What is founded: CHARTER and NAMES, which SELF was made from, with the answers in place. What a
 * description said of a rule that was changed is dropped, and so is the charter's own, which speaks
 * to its authors. WHY (may be NULL) is set when the result would be refused; its place counts in
 * the roles and rules that are left. */
gboolean dpop_charter_answers_apply (const DpopCharterAnswers *self, const DpopCharter *charter,
                                     const DpopCharterNames *names, DpopCharter **out_charter,
                                     DpopCharterNames **out_names, DpopCharterFinding *why);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DpopCharterAnswers, dpop_charter_answers_free)

G_END_DECLS
