/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-profile.h"

G_BEGIN_DECLS

/* A computer of a member, as the organisation knows it. */
typedef struct
{
  CosmicId id;
  CosmicId member;
  gboolean own; /* it is this one */
  gboolean off;
  guint64 since;      /* height */
  guint64 off_height; /* 0: on */
} DpopCommandDevice;

/* All of MEMBER's, those switched off included; NULL: everybody's that are on. (element-type
 * DpopCommandDevice), ascending by id; to be freed. NULL with an error. */
GArray *dpop_command_device_list (DpopProfile *profile, const CosmicId *member, GError **error);

/* Switches DEVICE off: lost, sold, or copied. What it signed and this computer knows of stays; what
 * turns up later is dead. With the next confirmation it cannot read what is written from then on.
 * REASON is for the history: 0 where nothing is to be said. */
gboolean dpop_command_device_off (DpopProfile *profile, const CosmicId *device, guint16 reason,
                                  GError **error);

G_END_DECLS
