/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-operation.h"

G_BEGIN_DECLS

/* The canonical order of one stream within one batch (design 4.3): topological over the stream's
 * own edges (previous and parents that are in the same batch and stream), and of what is ready the
 * smallest (class, depth, id) first. Depth is the longest way within the batch, from 0.
 *
 * CLASS_OF gives the class of a kind. OPERATIONS are borrowed pointers to CosmicOperation, all of
 * one stream, each once. The result holds the same pointers, in order; NULL when the edges close a
 * circle, which no honest hash links can. */
GPtrArray *cosmic_order_stream (const GPtrArray *operations,
                                guint8 (*class_of) (guint16 kind, gpointer data), gpointer data);

G_END_DECLS
