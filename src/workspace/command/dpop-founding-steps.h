/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-profile.h"

G_BEGIN_DECLS

/* What founders are led through after the founding. Each step may wait: what is neither done nor
 * declined is offered again on the first page. A setting of this computer alone. */
typedef enum
{
  DPOP_FOUNDING_STEP_SHEET = 1 << 0,       /* the recovery sheet */
  DPOP_FOUNDING_STEP_KEEPER = 1 << 1,      /* what it means to be the only record keeper */
  DPOP_FOUNDING_STEP_MEMBERS = 1 << 2,     /* the members' list */
  DPOP_FOUNDING_STEP_INVITATIONS = 1 << 3,
  DPOP_FOUNDING_STEP_PRACTICE = 1 << 4,    /* a practice vote */
} DpopFoundingStep;
#define DPOP_FOUNDING_STEPS_ALL ((1 << 5) - 1)

/* How transfer files travel: chosen at the founding, said in invitations. */
typedef enum
{
  DPOP_CONTACT_MAIL = 1, /* as e-mail attachments */
  DPOP_CONTACT_MEETING,  /* from hand to hand, on a stick */
  DPOP_CONTACT_FOLDER,   /* in a folder that all of them see already */
} DpopContact;

/* *WAITING is a bit for each step that is still to be offered; 0 on a
 * computer on which nothing was founded. */
gboolean dpop_founding_steps_read (DpopProfile *profile, guint *waiting, GError **error);
/* Begins them all; within no transaction. */
gboolean dpop_founding_steps_begin (DpopProfile *profile, DpopContact contact, GError **error);
/* DPOP_CONTACT_MAIL where nothing was chosen. */
DpopContact dpop_founding_steps_contact (DpopProfile *profile);

/* STEP is offered no more; within no transaction. */
gboolean dpop_founding_steps_finish (DpopProfile *profile, DpopFoundingStep step, GError **error);

G_END_DECLS
