/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-edge-roll-review.h"

/* Finds for each row of a roll the member that it is about. Fills MEMBER, MATCH and DOUBT of each
 * of ROWS, red ones excepted, and sets MENTIONED for every member that some row, red ones included,
 * may be about. */
void dpop_edge_roll_match (const DpopEdgeRoll *roll, const DpopEdgeRollMember *members,
                           guint n_members, DpopEdgeRollReviewRow *rows, gboolean *mentioned);

/* Never NULL. */
const char *dpop_edge_roll_member_field (const DpopEdgeRollMember *member, DpopEdgeRollField field);
const char *dpop_edge_roll_member_extra (const DpopEdgeRollMember *member, const char *heading);

/* The full name, made of the others where it is not given. */
char *dpop_edge_roll_member_name (const DpopEdgeRollMember *member);
