/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What invented members are called, and what they say. Names are people's, and not translated; all
 * else is in the language of whoever practises. */

#define DPOP_PRACTICE_TEXT_PEOPLE 60

typedef struct
{
  const char *given;
  const char *family;
} DpopPracticeName;

const DpopPracticeName *dpop_practice_text_name (guint number);

/* What someone thinks of a proposal. */
typedef enum
{
  DPOP_PRACTICE_FOR,
  DPOP_PRACTICE_AGAINST,
  DPOP_PRACTICE_ASKS,
  DPOP_PRACTICE_N_VIEWS,
} DpopPracticeView;

/* A proposal to be decided by yes or no, and what is said about it. Not translated yet. */
typedef struct
{
  const char *title;
  const char *question;
  const char *views[DPOP_PRACTICE_N_VIEWS];
} DpopPracticeMotion;

/* The first are those that the past is made of. */
enum
{
  DPOP_PRACTICE_MOTION_ACCEPTED,
  DPOP_PRACTICE_MOTION_REJECTED,
  DPOP_PRACTICE_MOTION_REPEATED,
  DPOP_PRACTICE_MOTION_OPEN,
  DPOP_PRACTICE_MOTION_DISCUSSED,
  DPOP_PRACTICE_MOTION_UNIT,
  DPOP_PRACTICE_MOTION_NEW, /* and all from here on: what members come up with later */
};

extern const DpopPracticeMotion dpop_practice_text_motions[];
extern const guint dpop_practice_text_n_motions;

/* NULL when TITLE is of somebody else's. */
const DpopPracticeMotion *dpop_practice_text_find (const char *title);

/* Sentences that fit any proposal; NULL-terminated, not translated yet. */
const char *const *dpop_practice_text_sentences (DpopPracticeView view);
/* To be said of one with several options, and as an answer to whom one answers. */
const char *const *dpop_practice_text_about_options (void);
const char *const *dpop_practice_text_answers (void);
/* Options that fit any proposal. */
const char *const *dpop_practice_text_options (void);

G_END_DECLS
