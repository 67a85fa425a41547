/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Why a claim has no effect. The number is part of the state, so it never changes its meaning.
 * Numbers from 100 on belong to the application above. */
typedef guint16 CosmicReason;

enum
{
  COSMIC_REASON_NONE = 0,            /* it acts */
  COSMIC_REASON_UNKNOWN_KIND = 1,    /* not in the active rules version */
  COSMIC_REASON_BAD_BODY = 2,        /* missing, of another type, or out of range */
  COSMIC_REASON_WRONG_STREAM = 3,    /* this kind does not belong here */
  COSMIC_REASON_UNKNOWN_AUTHOR = 4,  /* no such device */
  COSMIC_REASON_AUTHOR_REMOVED = 5,  /* outside the cut of a removal */
  COSMIC_REASON_FORKED = 6,          /* the log is frozen: two copies of one computer */
  COSMIC_REASON_STALE_KEY = 7,       /* enveloped with a key that was not current at its base, or
                                        is of another scope than it must be */
  COSMIC_REASON_NOT_ALLOWED = 8,     /* the charter does not permit it */
  COSMIC_REASON_NO_SUCH_SUBJECT = 9, /* what it names does not exist */
  COSMIC_REASON_ALREADY = 10,        /* it is so already, or exists already */
  COSMIC_REASON_EXPIRED = 11,        /* an invitation past its time */
  COSMIC_REASON_BAD_PROOF = 12,      /* a proof or a signature inside it does not hold */
  COSMIC_REASON_NEEDS_DECISION = 13, /* an office falls only by a decision */
  COSMIC_REASON_HAS_DEVICE = 14,     /* on behalf of someone who has a computer */
  COSMIC_REASON_PERSONAL = 15,       /* a personal part is missing, or there where none may be */
  COSMIC_REASON_LAST_ONE = 16,       /* nobody would be left to do it */
  COSMIC_REASON_APPLICATION = 100,
};

G_END_DECLS
