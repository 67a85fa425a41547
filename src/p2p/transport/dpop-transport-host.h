/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-hello.h"

G_BEGIN_DECLS

/* What transport asks of whoever runs it: which organisations are open, a signature, and who is
 * admitted. All in the thread that runs it. */

/* A question that waits for its answer. Answered exactly once, now or later; what it was about may
 * be gone by then, and that is no harm. */
typedef struct _DpopTransportQuestion DpopTransportQuestion;

/* Takes QUESTION over. */
void dpop_transport_question_answer (DpopTransportQuestion *question, gboolean is_admitted);

typedef struct
{
  /* Appends a DpopHelloKey for each discovery key of each organisation that is open. */
  void (*keys) (GArray *keys, gpointer self);
  DpopHelloSign sign;
  /* Is DEVICE one with which PARTY exchanges? It has proved that it is that device. Answers
   * QUESTION, within the time of a hello. */
  void (*admit) (const CosmicId *party, const CosmicId *device, DpopTransportQuestion *question,
                 gpointer self);
} DpopTransportHostTable;

/* Passed by value; SELF is borrowed and outlives whatever it was given to. */
typedef struct
{
  const DpopTransportHostTable *table;
  gpointer self;
} DpopTransportHost;

G_END_DECLS
