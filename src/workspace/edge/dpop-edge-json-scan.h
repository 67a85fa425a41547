/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-edge-error.h"

G_BEGIN_DECLS

/* The scanner that stands before json-glib, which falls over deep nesting, wraps large integers,
 * keeps the last of two equal keys, and takes comments, `var x=`, leading zeros and nothing at all
 * for JSON. What passes here is JSON by RFC 8259, and every reader of it sees the same document. */
#define DPOP_EDGE_JSON_SIZE_MAX (1024 * 1024)
#define DPOP_EDGE_JSON_DEPTH    64

/* Whether TEXT (SIZE bytes, no terminating NUL needed) is one JSON document of at most MAX_SIZE
 * bytes: UTF-8 without a byte order mark, at most 64 arrays and objects within each other, no key
 * twice in an object (however it is escaped), integers within 64 bits with sign, other numbers
 * within a double, no NUL and no half of a surrogate pair in a string, nothing after the end. Where
 * not, ERROR gives line and column (in characters, from 1) and what to do. */
gboolean dpop_edge_json_scan (const char *text, gsize size, gsize max_size, GError **error);

G_END_DECLS
