/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-edge-json-scan.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What is wrong, or doubtful, at a place of a JSON document. */
typedef struct
{
  gboolean fatal;
  char *pointer; /* RFC 6901: "/roles/2/permissions/0"; "" is the whole document */
  char *message; /* one sentence or two: what is wrong there, and what is allowed */
} DpopEdgeJsonProblem;

void dpop_edge_json_problem_free (DpopEdgeJsonProblem *self);

/* A document that was scanned, and then parsed. NULL with ERROR where it is not JSON. */
JsonNode *dpop_edge_json_parse (const char *text, gsize size, gsize max_size, GError **error);

/* A reader walks down a document, knows where it is, and collects every problem on its way instead
 * of ending at the first. What it reads from a wrong place is a neutral value. */
typedef struct
{
  GString *pointer;    /* where it is */
  GPtrArray *problems; /* (element-type DpopEdgeJsonProblem) */
} DpopEdgeJson;

DpopEdgeJson *dpop_edge_json_new (void);
void dpop_edge_json_free (DpopEdgeJson *self);
/* Whether there is a fatal problem. */
gboolean dpop_edge_json_failed (const DpopEdgeJson *self);

void dpop_edge_json_complain (DpopEdgeJson *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* At POINTER instead of where the reader is. */
void dpop_edge_json_note (DpopEdgeJson *self, gboolean fatal, const char *pointer,
                          const char *message);

/* Going down by a key or index gives the length to come back to. */
gsize dpop_edge_json_enter (DpopEdgeJson *self, const char *key);
gsize dpop_edge_json_enter_index (DpopEdgeJson *self, guint index);
void dpop_edge_json_leave (DpopEdgeJson *self, gsize mark);

/* NODE as an object with no other keys than KEYS (NULL-terminated; NULL allows any), NULL where it
 * is none. NODE may be NULL, after a complaint about what is missing: then there is no second. */
JsonObject *dpop_edge_json_object (DpopEdgeJson *self, JsonNode *node, const char *const *keys);
/* NODE as an array of at most LIMIT elements. */
JsonArray *dpop_edge_json_array (DpopEdgeJson *self, JsonNode *node, guint limit);
/* The member KEY of OBJECT; complains where it is NEEDED and missing. OBJECT may be NULL. */
JsonNode *dpop_edge_json_member (DpopEdgeJson *self, JsonObject *object, const char *key,
                                 gboolean needed);

/* The text of NODE, borrowed; NULL where it is none. */
const char *dpop_edge_json_text (DpopEdgeJson *self, JsonNode *node);
gboolean dpop_edge_json_boolean (DpopEdgeJson *self, JsonNode *node);
/* An integer from LEAST to MOST; LEAST where it is none. */
gint64 dpop_edge_json_integer (DpopEdgeJson *self, JsonNode *node, gint64 least, gint64 most);

/* Says that WORD is not one of ALLOWED (NULL-terminated), which, and what it may have been. */
void dpop_edge_json_complain_word (DpopEdgeJson *self, const char *word,
                                   const char *const *allowed);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DpopEdgeJson, dpop_edge_json_free)

G_END_DECLS
