/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define COSMIC_LOG_ERROR (cosmic_log_error_quark ())
GQuark cosmic_log_error_quark (void);

typedef enum
{
  COSMIC_LOG_ERROR_DAMAGED,     /* what is stored contradicts itself */
  COSMIC_LOG_ERROR_INVALID,     /* what came is not well formed, or not truly signed */
  COSMIC_LOG_ERROR_OTHER_PARTY, /* it belongs to another organisation */
  COSMIC_LOG_ERROR_NO_KEY,      /* a key that is needed is not at hand */
  COSMIC_LOG_ERROR_CONFLICT,    /* two certificates at one height: nothing goes on */
  COSMIC_LOG_ERROR_DIVERGED,    /* this computer computes another state than was certified */
  COSMIC_LOG_ERROR_NOT_WITNESS, /* this computer cannot confirm */
  COSMIC_LOG_ERROR_UPDATE,      /* a rules version that this program does not know */
  COSMIC_LOG_ERROR_LIMIT,       /* larger than what the format allows */
} CosmicLogError;

G_END_DECLS
