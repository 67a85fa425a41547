/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-id.h"
#include "dpop-random.h"

G_BEGIN_DECLS

/* One attempt to be let in over a channel (design 4.11): messages in, messages out; no clock, no
 * thread. The newcomer asks, both sides show a short code for people to compare, the other side
 * lets the newcomer in or does not, and the first transfer file goes over in pieces.
 *
 * Messages [format], whole, numbers little endian:
 *
 *   1 ask       version 1 (1), commitment (32)          newcomer
 *   2 turn      nonce (32)                              inviter
 *   3 show      nonce (32), request (1 to 8192)         newcomer
 *   4 refused   why (1)                                 inviter, at any time after the request
 *   5 welcome   size of the file (8), its hash (32)     inviter
 *   6 piece     1 to 65536 bytes of it, in order        inviter
 *   7 arrived                               newcomer, once all came and the hash is right
 *
 *   commitment = BLAKE2b-256 of "dpop join commit 1" NUL, the newcomer's nonce, request
 *   code       = the first 8 bytes of BLAKE2b-256 of "dpop join code 1" NUL, exporter, the
 *                newcomer's device key, the inviter's device key, commitment, the newcomer's nonce,
 *                the inviter's nonce, as a number modulo 10^7: "123 4567"
 *   hash       = BLAKE2b-256 of "dpop join file 1" NUL, the file
 *
 * The exporter is that of the channel, the same at both ends and nowhere else. Who stands in the
 * middle has two channels, and wants both codes to be alike. Towards the newcomer they must send
 * their nonce before they see the newcomer's, and towards the inviter they are bound to theirs
 * before they see the inviter's: whatever they compute, each attempt succeeds with a chance of
 * 10^-7 (below 2^-23), and each that fails is seen by two people. */
#define COSMIC_ADMISSION_VERSION     1
#define COSMIC_ADMISSION_NONCE_SIZE  32
#define COSMIC_ADMISSION_REQUEST_MAX 8192
#define COSMIC_ADMISSION_PIECE_MAX   65536
#define COSMIC_ADMISSION_FILE_MAX    (G_GUINT64_CONSTANT (1) << 40)
#define COSMIC_ADMISSION_MESSAGE_MAX (1 + COSMIC_ADMISSION_PIECE_MAX)

typedef enum
{
  COSMIC_ADMISSION_NEWCOMER,
  COSMIC_ADMISSION_INVITER,
} CosmicAdmissionSide;

typedef enum
{
  COSMIC_ADMISSION_GREETING, /* no code yet */
  COSMIC_ADMISSION_COMPARE,  /* the code is there; someone, or the invitation, decides */
  COSMIC_ADMISSION_SENDING,  /* the file is under way */
  COSMIC_ADMISSION_DONE,
  COSMIC_ADMISSION_REFUSED,
  COSMIC_ADMISSION_VERSION_OTHER, /* the peer speaks another version */
  COSMIC_ADMISSION_BROKEN,   /* not what was due */
  COSMIC_ADMISSION_DAMAGED,  /* the file is not the one that was promised */
} CosmicAdmissionState;

typedef enum
{
  COSMIC_ADMISSION_WHY_DECLINED = 1, /* someone said no */
  COSMIC_ADMISSION_WHY_INVALID,      /* the request is not good, or not for this computer */
  COSMIC_ADMISSION_WHY_USED,         /* the invitation was used, withdrawn, or has expired */
  COSMIC_ADMISSION_WHY_LATER,        /* not now: ask again */
} CosmicAdmissionWhy;

/* What the two have in common, the same on both sides. */
typedef struct
{
  guint8 exporter[32];
  CosmicId newcomer; /* device keys */
  CosmicId inviter;
} CosmicAdmissionBond;

typedef struct _CosmicAdmission CosmicAdmission;

/* REQUEST: the newcomer's, of 1 to COSMIC_ADMISSION_REQUEST_MAX bytes; NULL on the inviter's
 * side. */
CosmicAdmission *cosmic_admission_new  (CosmicAdmissionSide side, const CosmicAdmissionBond *bond,
                                        GBytes *request, DpopRandom random);
void             cosmic_admission_free (CosmicAdmission *self);

/* Takes a message. *PIECE (unref; NULL when there is none) is the next part of the file: to be
 * written down, but of no worth before it is DONE. */
CosmicAdmissionState cosmic_admission_take (CosmicAdmission *self, gconstpointer message,
                                            gsize size, GBytes **piece);
/* The next message to send (unref); NULL for none now. */
GBytes              *cosmic_admission_next (CosmicAdmission *self);

CosmicAdmissionState cosmic_admission_state (const CosmicAdmission *self);
/* "123 4567"; NULL while greeting. */
const char          *cosmic_admission_code (const CosmicAdmission *self);
/* The inviter's: what is asked, bound to the code; NULL while greeting. Whoever asks is the device
 * of the bond: the request must be that device's own. */
GBytes              *cosmic_admission_request (const CosmicAdmission *self);
CosmicAdmissionWhy   cosmic_admission_why (const CosmicAdmission *self);
/* Bytes of the file that have been sent, or have come. */
guint64              cosmic_admission_progress (const CosmicAdmission *self, guint64 *total);

/* The inviter's answers, in COMPARE; FALSE elsewhere. FILE may be a mapped one. */
gboolean cosmic_admission_welcome (CosmicAdmission *self, GBytes *file);
gboolean cosmic_admission_refuse  (CosmicAdmission *self, CosmicAdmissionWhy why);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CosmicAdmission, cosmic_admission_free)

G_END_DECLS
