/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define DPOP_TRANSPORT_ERROR (dpop_transport_error_quark ())
GQuark dpop_transport_error_quark (void);

typedef enum
{
  DPOP_TRANSPORT_ERROR_FAILED,      /* this computer could not do its part */
  DPOP_TRANSPORT_ERROR_UNREACHABLE, /* nobody answers there, or not in time */
  DPOP_TRANSPORT_ERROR_FOREIGN,     /* who answers there is not DPOP, or another version of it */
  DPOP_TRANSPORT_ERROR_STRANGER,    /* DPOP, but no organisation in common */
  DPOP_TRANSPORT_ERROR_REFUSED,     /* one of the two does not admit the other */
  DPOP_TRANSPORT_ERROR_SELF,        /* this computer itself */
} DpopTransportError;

/* Sets ERROR; FALSE always. */
gboolean dpop_transport_fail (GError **error, DpopTransportError code, const char *message);

G_END_DECLS
