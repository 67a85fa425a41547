/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-fold.h"
#include "dpop-claim.h"
#include "dpop-wording.h"

G_BEGIN_DECLS

/* What is said about something: a stream of its own, opened by whoever comments first. Two who do
 * so at the same time open one each; what is shown is all of them together, so none of them is the
 * right one. A discussion does not read what it is about: one may go on when a decision is over.
 *
 * Kinds and bodies, all [format]; SPEAKER as in dpop-decision.h:
 *  96 discuss  (ayayay)  nonce, the stream that it is about, scope (zero: party, else a unit)
 *  97 comment  (mayay)   the comment that it answers?, speaker
 *
 * The personal part of a comment is a wording without a title, under the key of the scope. */
enum
{
  DPOP_KIND_DISCUSS = 96,
  DPOP_KIND_COMMENT = 97,
};
#define DPOP_DISCUSS_TYPE "(ayayay)"
#define DPOP_COMMENT_TYPE "(mayay)"

/* What its state says. [format] */
enum
{
  DPOP_TAG_DISCUSSION = 0x50, /* -> (ayay): about, scope */
  DPOP_TAG_COMMENT = 0x51,    /* operation -> (mayayxtu): answers?, speaker, time, height, number */
  DPOP_TAG_COMMENTS = 0x52,   /* -> u: how many */
};

typedef struct
{
  CosmicId about;
  CosmicId scope;
} DpopDiscussion;

typedef struct
{
  CosmicId operation;
  gboolean is_answer;
  CosmicId answers;
  CosmicId speaker;
  gint64 time; /* of the batch that has it, ms */
  guint64 height;
  guint32 number; /* of the discussion's comments, in the order they were folded */
} DpopComment;

extern const CosmicKind dpop_kind_discuss, dpop_kind_comment;

/* All of them, sorted by number, dpop_discussion_n_kinds long. */
extern const CosmicKind *const dpop_discussion_kinds[];
extern const guint dpop_discussion_n_kinds;

/* FALSE when STATE is no discussion's. */
gboolean dpop_discussion_query    (const CosmicState *state, DpopDiscussion *discussion);
/* FALSE when there is no such comment. */
gboolean dpop_discussion_comment  (const CosmicState *state, const CosmicId *operation,
                                   DpopComment *comment);
/* (element-type DpopComment), as they came. An answer can come before what it answers, or be to
 * something that was without effect: comments of one batch stand side by side. */
GArray  *dpop_discussion_comments (const CosmicState *state);

DpopClaim *dpop_discussion_command_discuss (const CosmicId *nonce, const CosmicId *about,
                                            const CosmicId *scope);
/* ANSWERS may be NULL. NULL, with FAULT (may be NULL), for a text that cannot stand. */
DpopClaim *dpop_discussion_command_comment (const CosmicId *scope, const CosmicId *answers,
                                            const CosmicId *speaker, const char *text,
                                            DpopWordingFault *fault);

G_END_DECLS
