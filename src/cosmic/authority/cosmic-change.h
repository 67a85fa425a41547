/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-state.h"

G_BEGIN_DECLS

/* What it means for readers that an entry of a state is another now: of the entries that cosmic
 * itself keeps, those that something shown to people may hang on. */
typedef enum
{
  COSMIC_CHANGE_OTHER,
  COSMIC_CHANGE_PERSONAL, /* the personal part of operation ID came, or was erased */
  COSMIC_CHANGE_VERDICT,  /* whether operation ID has effect; in any stream */
  /* In the authority stream: */
  COSMIC_CHANGE_DEVICE,   /* the device with key ID */
  COSMIC_CHANGE_DEVICE_OF, /* whether a device is member ID's */
  COSMIC_CHANGE_ERASED,   /* operation ID is to be erased: hidden from now on */
  COSMIC_CHANGE_ERASED_MEMBER, /* all that is about member ID is */
  COSMIC_CHANGE_CHARTER,
} CosmicChange;

/* The key under which a log tells of a personal part: it stands in no state. */
CosmicKey    cosmic_change_personal_key (const CosmicId *operation);

/* ID is set for what names one. */
CosmicChange cosmic_change_read (const CosmicKey *key, gboolean authority, CosmicId *id);

/* Operations of a stream that have no effect: (element-type CosmicId), ascending. */
GArray      *cosmic_change_verdicts (const CosmicState *state);

G_END_DECLS
