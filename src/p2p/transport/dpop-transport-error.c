/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-transport-error.h"

G_DEFINE_QUARK (dpop-transport-error-quark, dpop_transport_error)

gboolean
dpop_transport_fail (GError **error, DpopTransportError code, const char *message)
{
  g_set_error_literal (error, DPOP_TRANSPORT_ERROR, (gint) code, message);
  return FALSE;
}
