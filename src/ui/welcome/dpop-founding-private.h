/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-charter-answers.h"
#include "dpop-founding-steps.h"
#include "dpop-step-page.h"
#include "dpop-way-in.h"

G_BEGIN_DECLS

/* An organisation that is being founded: what was answered so far. The pages share it, so that
 * going back finds what was typed. Nothing of it is on the disk before the founding. */
typedef struct
{
  DpopWayIn *owner; /* weak */

  char *kind;       /* a ready charter's; NULL: none was chosen */
  DpopCharter *charter;
  DpopCharterNames *names;
  DpopCharterAnswers *answers; /* of that kind */
  DpopContact contact;
  char *name;  /* the founder's */
  char *email;
  char *label; /* of the profile, on this computer */
} DpopFounding;

DpopFounding *dpop_founding_new     (DpopWayIn *owner);
DpopFounding *dpop_founding_ref     (DpopFounding *self);
void          dpop_founding_unref   (DpopFounding *self);
/* Answers that were given for another kind are dropped, but for the name. */
void          dpop_founding_choose  (DpopFounding *self, const char *kind);

/* A step of the path. */
typedef struct
{
  const char *question;
  const char *explanation;
  const char *next;
  GtkWidget *(*build) (DpopFounding *self, DpopStepPage *page);
  /* Keeps what was typed, right or wrong. */
  void (*save) (DpopFounding *self, DpopStepPage *page);
  /* Whether one can go on; says why not. */
  gboolean (*check) (DpopFounding *self, DpopStepPage *page);
} DpopFoundingQuestion;

extern const DpopFoundingQuestion dpop_founding_kind;
extern const DpopFoundingQuestion dpop_founding_board;
extern const DpopFoundingQuestion dpop_founding_notice;
extern const DpopFoundingQuestion dpop_founding_quorum;
extern const DpopFoundingQuestion dpop_founding_proposers;
extern const DpopFoundingQuestion dpop_founding_contact;
extern const DpopFoundingQuestion dpop_founding_person;
extern const DpopFoundingQuestion dpop_founding_passphrase;

/* Founds it; PAGE tells how it goes. */
void dpop_founding_carry_out (DpopFounding *self, DpopStepPage *page);

/* The first page. */
DpopPage *dpop_founding_page_new (DpopWayIn *owner);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DpopFounding, dpop_founding_unref)

G_END_DECLS
