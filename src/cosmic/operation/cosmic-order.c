/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-order.h"

typedef struct
{
  CosmicOperation *operation;
  guint8 class;
  guint waiting; /* edges to operations that are not out yet */
  guint depth;
  GArray *followers; /* of guint, indices */
} Vertex;

typedef struct
{
  Vertex *vertices;
  guint count;
  GHashTable *index; /* CosmicId -> vertex number + 1 */
  guint *heap;       /* ready vertices, smallest first */
  guint heap_size;
} Graph;

static gint
compare (const Graph *graph, guint a, guint b)
{
  const Vertex *x = &graph->vertices[a], *y = &graph->vertices[b];

  if (x->class != y->class)
    return x->class < y->class ? -1 : 1;
  if (x->depth != y->depth)
    return x->depth < y->depth ? -1 : 1;
  return cosmic_id_compare (&x->operation->id, &y->operation->id);
}

static void
heap_push (Graph *graph, guint vertex)
{
  guint at = graph->heap_size++;

  while (at > 0 && compare (graph, vertex, graph->heap[(at - 1) / 2]) < 0)
    {
      graph->heap[at] = graph->heap[(at - 1) / 2];
      at = (at - 1) / 2;
    }
  graph->heap[at] = vertex;
}

static guint
heap_pop (Graph *graph)
{
  guint top = graph->heap[0], last = graph->heap[--graph->heap_size], at = 0;

  for (;;)
    {
      guint child = 2 * at + 1;

      if (child >= graph->heap_size)
        break;
      if (child + 1 < graph->heap_size
          && compare (graph, graph->heap[child + 1], graph->heap[child]) < 0)
        child++;
      if (compare (graph, last, graph->heap[child]) <= 0)
        break;
      graph->heap[at] = graph->heap[child];
      at = child;
    }
  graph->heap[at] = last;
  return top;
}

static void
add_edge (Graph *graph, guint vertex, const CosmicId *cause)
{
  guint before = GPOINTER_TO_UINT (g_hash_table_lookup (graph->index, cause));

  if (before == 0)
    return;
  if (graph->vertices[before - 1].followers == NULL)
    graph->vertices[before - 1].followers = g_array_new (FALSE, FALSE, sizeof (guint));
  g_array_append_val (graph->vertices[before - 1].followers, vertex);
  graph->vertices[vertex].waiting++;
}

static void
graph_build (Graph *graph, const GPtrArray *operations,
             guint8 (*class_of) (guint16 kind, gpointer data), gpointer data)
{
  graph->count = operations->len;
  graph->vertices = g_new0 (Vertex, operations->len);
  graph->heap = g_new (guint, operations->len);
  graph->index = g_hash_table_new (cosmic_id_hash, cosmic_id_equal);
  for (guint i = 0; i < operations->len; i++)
    {
      CosmicOperation *operation = operations->pdata[i];

      graph->vertices[i].operation = operation;
      graph->vertices[i].class = class_of (operation->header.kind, data);
      g_hash_table_insert (graph->index, &operation->id, GUINT_TO_POINTER (i + 1));
    }
  for (guint i = 0; i < operations->len; i++)
    {
      const CosmicHeader *header = &graph->vertices[i].operation->header;

      if (header->seq > 0)
        add_edge (graph, i, &header->previous);
      for (guint j = 0; j < header->n_parents; j++)
        add_edge (graph, i, &header->parents[j]);
    }
  for (guint i = 0; i < operations->len; i++)
    if (graph->vertices[i].waiting == 0)
      heap_push (graph, i);
}

static void
graph_clear (Graph *graph)
{
  for (guint i = 0; i < graph->count; i++)
    if (graph->vertices[i].followers != NULL)
      g_array_unref (graph->vertices[i].followers);
  g_free (graph->vertices);
  g_free (graph->heap);
  g_hash_table_unref (graph->index);
}

/* Depth is final when a vertex becomes ready: all its causes are out by then. */
static void
release_followers (Graph *graph, const Vertex *vertex)
{
  for (guint i = 0; vertex->followers != NULL && i < vertex->followers->len; i++)
    {
      guint next = g_array_index (vertex->followers, guint, i);
      Vertex *follower = &graph->vertices[next];

      follower->depth = MAX (follower->depth, vertex->depth + 1);
      if (--follower->waiting == 0)
        heap_push (graph, next);
    }
}

GPtrArray *
cosmic_order_stream (const GPtrArray *operations,
                     guint8 (*class_of) (guint16 kind, gpointer data), gpointer data)
{
  g_autoptr (GPtrArray) order = g_ptr_array_sized_new (operations->len);
  Graph graph = { 0 };

  graph_build (&graph, operations, class_of, data);
  while (graph.heap_size > 0)
    {
      const Vertex *vertex = &graph.vertices[heap_pop (&graph)];

      g_ptr_array_add (order, vertex->operation);
      release_followers (&graph, vertex);
    }
  graph_clear (&graph);
  return order->len == operations->len ? g_steal_pointer (&order) : NULL;
}
