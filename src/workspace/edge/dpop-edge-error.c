/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-edge-error.h"

G_DEFINE_QUARK (dpop_edge_error_quark, dpop_edge_error)
