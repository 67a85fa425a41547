/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-edge-json.h"
#include "fuzz.h"

#include <string.h>

/* What json-glib 1.6 writes wrongly: numbers that float (1e308 as 1e+308.0) and control characters
 * in keys (as they are). */
static gboolean
is_written_wrongly (JsonNode *node)
{
  g_autoptr (GList) nodes = NULL, keys = NULL;

  if (JSON_NODE_HOLDS_VALUE (node))
    return json_node_get_value_type (node) == G_TYPE_DOUBLE;
  if (JSON_NODE_HOLDS_ARRAY (node))
    nodes = json_array_get_elements (json_node_get_array (node));
  else if (JSON_NODE_HOLDS_OBJECT (node))
    {
      nodes = json_object_get_values (json_node_get_object (node));
      keys = json_object_get_members (json_node_get_object (node));
    }
  for (GList *item = keys; item != NULL; item = item->next)
    for (const char *at = item->data; *at != '\0'; at++)
      if ((guchar) *at < 0x20)
        return TRUE;
  for (GList *item = nodes; item != NULL; item = item->next)
    if (is_written_wrongly (item->data))
      return TRUE;
  return FALSE;
}

/* What passes the scanner, json-glib reads, and what it writes of it passes again and is the
 * same. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const char *text = (const char *) data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL, again = NULL;
  g_autofree char *written = NULL;

  if (!dpop_edge_json_scan (text, size, DPOP_EDGE_JSON_SIZE_MAX, &error))
    {
      g_assert_error (error, DPOP_EDGE_ERROR, error->code);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      return 0;
    }
  node = dpop_edge_json_parse (text, size, DPOP_EDGE_JSON_SIZE_MAX, &error);
  g_assert_no_error (error);
  if (is_written_wrongly (node))
    return 0;
  written = json_to_string (node, FALSE);
  again = dpop_edge_json_parse (written, strlen (written), 8 * DPOP_EDGE_JSON_SIZE_MAX, &error);
  g_assert_no_error (error);
  g_assert_true (json_node_equal (node, again));
  return 0;
}

GBytes *
fuzz_seed (guint n)
{
  static const char *const seeds[] = {
    "{\"a\": [1, -2.5e3, true, false, null], \"b\": {\"a\": \"\\u00e4\\ud83d\\ude00\\n\\/\"}}",
    "{\"a\": 1, \"\\u0061\": 2}",
    "[9223372036854775807, -9223372036854775808, 9223372036854775808]",
    "[[[[[[[[{\"a\": [[[[[[[[1]]]]]]]]}]]]]]]]]",
    "var x = 01; // NaN",
    "\"\\ud800\"",
  };

  return n < G_N_ELEMENTS (seeds) ? g_bytes_new_static (seeds[n], strlen (seeds[n])) : NULL;
}
