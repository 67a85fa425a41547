/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-practice-people-private.h"

G_BEGIN_DECLS

/* What invented members do: the commands of workspace/command, signed by their computers instead of
 * this one. All within the caller's transaction; DPOP_PROFILE_ERROR_REFUSED's reason tells when a
 * rule does not allow it. PERSON has a computer, but where it says otherwise. */

typedef struct
{
  const CosmicId *scope; /* NULL: the organisation */
  guint rule;
  DpopBallotKind ballot;
  const CosmicId *repeats;
  const char *title;
  const char *question;
} DpopPracticeActPropose;

gboolean dpop_practice_act_propose (DpopPracticePeople *people, const DpopPracticePerson *person,
                                    const DpopPracticeActPropose *input, CosmicId *decision,
                                    GError **error);
/* ANSWERS may be NULL. Needs the rows of what was said before. */
gboolean dpop_practice_act_comment (DpopPracticePeople *people, const DpopPracticePerson *person,
                                    const CosmicId *decision, const CosmicId *scope,
                                    const CosmicId *answers, const char *text, GError **error);
/* CANDIDATE may be NULL. */
gboolean dpop_practice_act_option  (DpopPracticePeople *people, const DpopPracticePerson *person,
                                    const CosmicId *decision, const CosmicId *scope,
                                    const CosmicId *candidate, const char *name,
                                    CosmicId *operation, GError **error);
/* With all that stands; where the rule asks for "none of these", it is the option of that name, or
 * is added. Confirmed at once, as closes are. */
gboolean dpop_practice_act_open    (DpopPracticePeople *people, const DpopPracticePerson *person,
                                    const CosmicId *decision, GError **error);
/* PERSON may have no computer: then somebody enters it who may. */
gboolean dpop_practice_act_vote    (DpopPracticePeople *people, const DpopPracticePerson *person,
                                    const CosmicId *decision, guint mood, GError **error);
gboolean dpop_practice_act_close   (DpopPracticePeople *people, const DpopPracticePerson *person,
                                    const CosmicId *decision, GError **error);
gboolean dpop_practice_act_stop    (DpopPracticePeople *people, const DpopPracticePerson *person,
                                    const CosmicId *decision, DpopStopReason why,
                                    const char *text, GError **error);
/* As the record keeper that this computer is; nothing where it is none. */
gboolean dpop_practice_act_confirm (DpopPracticePeople *people, GError **error);

/* The decision as it stands for MEMBER (may be NULL); NULL when it is none. */
DpopDecision *dpop_practice_act_look (DpopPracticePeople *people, const CosmicId *decision,
                                      const CosmicId *member, GError **error);
/* The name of an option; NULL when it cannot be read. To be freed. */
char *dpop_practice_act_option_name (DpopPracticePeople *people, const CosmicId *option);

G_END_DECLS
