/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-agreement.h"
#include "fixture-random.h"

G_BEGIN_DECLS

/* Up to seven witnesses' keys, ascending; and one machine in the seat of one of them, whose effects
 * are gathered and whose promises are written at once unless a test holds the disk. */
#define SEATS_MAX 7

typedef struct
{
  guint n;
  guint f;
  CosmicId party;
  CosmicId chain;
  CosmicSecret *keys[SEATS_MAX];
  GArray *witnesses;
  CosmicId previous;
  gint64 previous_time;
} AgreementSeats;

void agreement_seats_init  (AgreementSeats *self, guint n, guint f, guint64 seed);
void agreement_seats_clear (AgreementSeats *self);
/* The first height after PREVIOUS. */
void agreement_seats_height (const AgreementSeats *self, CosmicAgreementHeight *height);
#define AGREEMENT_SEATS_HEIGHT 5

/* A checkpoint of that height that says NUMBER; the caller unrefs. */
GBytes *agreement_seats_checkpoint (const AgreementSeats *self, guint8 number, gint64 time);
/* Who proposes in a round. */
guint   agreement_seats_proposer   (const AgreementSeats *self, guint32 round);

/* Messages of a witness; the caller unrefs. PROOF is a round whose prevotes of WHO (bits) are the
 * candidate's proof; negative for none. */
GBytes *agreement_seats_propose (const AgreementSeats *self, guint witness, guint32 round,
                                 GBytes *checkpoint, gint64 proof, guint who);
GBytes *agreement_seats_vote    (const AgreementSeats *self, guint witness, guint32 round,
                                 CosmicStep step, GBytes *checkpoint);

extern const CosmicId agreement_list; /* of every checkpoint here */

/* --- One of them at work. --------------------------------------------------------------------- */

typedef struct
{
  const AgreementSeats *seats;
  guint me;
  CosmicAgreement *machine;
  gint64 now;
  gboolean disk_held;
  GBytes *disk;       /* the last promise */
  GPtrArray *effects; /* of CosmicAgreementEffect, since the last agreement_seat_forget() */
} AgreementSeat;

/* Begins the height with something to confirm and live sessions; from PROMISE, if any. */
void agreement_seat_init   (AgreementSeat *self, const AgreementSeats *seats, guint me,
                            GBytes *promise);
void agreement_seat_clear  (AgreementSeat *self);
void agreement_seat_drain  (AgreementSeat *self);
void agreement_seat_forget (AgreementSeat *self);

CosmicAgreementReceipt agreement_seat_receive (AgreementSeat *self, GBytes *message);
/* Receives what others sent; takes MESSAGE over. */
void agreement_seat_hear    (AgreementSeat *self, GBytes *message);
void agreement_seat_judge   (AgreementSeat *self, GBytes *checkpoint, CosmicVerdict verdict);
void agreement_seat_timeout (AgreementSeat *self, guint32 round, CosmicStep step);

/* The last effect of a kind since the last agreement_seat_forget(), or NULL; borrowed. */
const CosmicAgreementEffect *agreement_seat_last (const AgreementSeat *self,
                                                  CosmicAgreementKind kind);
guint agreement_seat_count (const AgreementSeat *self, CosmicAgreementKind kind);
/* The one message of a step and round that was sent since then; NULL when there is none. The caller
 * unrefs. */
CosmicWitnessMessage *agreement_seat_sent (const AgreementSeat *self, guint32 round,
                                           CosmicStep step);
/* That it voted for CHECKPOINT, NULL for nil. */
void agreement_seat_assert_vote (const AgreementSeat *self, guint32 round, CosmicStep step,
                                 GBytes *checkpoint);
void agreement_seat_assert_silent (const AgreementSeat *self, guint32 round, CosmicStep step);

G_END_DECLS
