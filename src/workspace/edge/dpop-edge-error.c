/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-edge-error.h"

G_DEFINE_QUARK (dpop - edge - error - quark, dpop_edge_error)
