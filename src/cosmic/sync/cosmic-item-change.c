/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-item-node-private.h"

/* Inserting and removing. The way down is walked once to see whether there is anything to do; then
 * once more, when each node on it is copied, changed and written on the way back up. */

/* --- Stored sums. ----------------------------------------------------------------------------- */

static CosmicItemSum
to_stored (CosmicItemSum sum)
{
  sum.count = GUINT64_TO_LE (sum.count);
  for (guint i = 0; i < 4; i++)
    sum.words[i] = GUINT64_TO_LE (sum.words[i]);
  return sum;
}

void
cosmic_item_sum_add (CosmicItemSum *stored, const CosmicId *id)
{
  CosmicItemLanes lanes = { 0 };

  cosmic_item_lanes_add_stored (&lanes, stored);
  cosmic_item_lanes_add_id (&lanes, id);
  *stored = to_stored (cosmic_item_lanes_carry (&lanes));
}

void
cosmic_item_sum_remove (CosmicItemSum *stored, const CosmicId *id)
{
  CosmicItemLanes all = { 0 }, one = { 0 };
  CosmicItemSum sum, part;

  cosmic_item_lanes_add_stored (&all, stored);
  cosmic_item_lanes_add_id (&one, id);
  sum = cosmic_item_lanes_carry (&all);
  part = cosmic_item_lanes_carry (&one);
  *stored = to_stored (cosmic_item_sum_between (&part, &sum));
}

CosmicItemSum
cosmic_item_node_sum (const CosmicItemNode *node)
{
  CosmicItemLanes lanes = { 0 };

  for (guint i = 0; i < GUINT16_FROM_LE (node->n); i++)
    if (node->level == 0)
      cosmic_item_lanes_add_id (&lanes, &node->items[i].id);
    else
      cosmic_item_lanes_add_stored (&lanes, &node->children[i].sum);
  return to_stored (cosmic_item_lanes_carry (&lanes));
}

/* --- Nodes in hand. --------------------------------------------------------------------------- */

/* A walk that changes nodes. */
typedef struct
{
  CosmicItemSet *set;
  const CosmicItem *item;
  CosmicItemHeader header;
  GError **error;
} Change;

static guint
count_of (const CosmicItemNode *node)
{
  return GUINT16_FROM_LE (node->n);
}

static void
set_count (CosmicItemNode *node, guint n)
{
  node->n = GUINT16_TO_LE ((guint16) n);
}

static guint
most_of (const CosmicItemNode *node)
{
  return node->level == 0 ? LEAF_MAX : INNER_MAX;
}

static gsize
width_of (const CosmicItemNode *node)
{
  return node->level == 0 ? sizeof (CosmicItem) : sizeof (CosmicItemChild);
}

static guint8 *
entry (CosmicItemNode *node, guint index)
{
  return (guint8 *) node->items + index * width_of (node);
}

static gboolean
load (Change *change, guint64 number, guint level, CosmicItemNode *node)
{
  const CosmicItemNode *stored
      = cosmic_item_set_node (change->set, number, level, change->error);

  if (stored == NULL)
    return FALSE;
  memcpy (node, stored, cosmic_item_node_size (level, count_of (stored)));
  return TRUE;
}

static gboolean
save (Change *change, guint64 number, const CosmicItemNode *node)
{
  CosmicItemNodes nodes = change->set->nodes;

  return nodes.table->write (nodes.self, number, node,
                             cosmic_item_node_size (GUINT16_FROM_LE (node->level),
                                                    count_of (node)),
                             change->error);
}

static gboolean
give_up (Change *change, guint64 number)
{
  CosmicItemNodes nodes = change->set->nodes;

  return nodes.table->free (nodes.self, number, change->error);
}

static gboolean
save_header (Change *change)
{
  CosmicItemNodes nodes = change->set->nodes;
  CosmicItemHeader header = change->header;

  header.version = GUINT32_TO_LE (header.version);
  header.levels = GUINT32_TO_LE (header.levels);
  header.root = GUINT64_TO_LE (header.root);
  header.next = GUINT64_TO_LE (header.next);
  return nodes.table->write (nodes.self, 0, &header, sizeof header, change->error);
}

static void
put_in (CosmicItemNode *node, guint index, gconstpointer what)
{
  guint n = count_of (node);

  memmove (entry (node, index + 1), entry (node, index), (n - index) * width_of (node));
  memcpy (entry (node, index), what, width_of (node));
  set_count (node, n + 1);
}

static void
take_out (CosmicItemNode *node, guint index)
{
  guint n = count_of (node);

  memmove (entry (node, index), entry (node, index + 1), (n - index - 1) * width_of (node));
  set_count (node, n - 1);
}

/* --- Inserting. ------------------------------------------------------------------------------- */

/* Puts WHAT at INDEX of NODE, and saves it. When NODE is full its end becomes a node of its own,
 * described in RIGHT (whose number is else 0). At the very END of the set the new node has nothing
 * but WHAT: what comes in order leaves full nodes behind. */
static gboolean
put (Change *change, guint64 number, CosmicItemNode *node, guint index, gconstpointer what,
     gboolean end, CosmicItemChild *right)
{
  CosmicItemNode other = { .level = node->level };
  guint n = count_of (node), keep;

  right->number = 0;
  if (n < most_of (node))
    {
      put_in (node, index, what);
      return save (change, number, node);
    }
  keep = end && index == n ? n : (n + 1) / 2;
  memcpy (other.items, entry (node, keep), (n - keep) * width_of (node));
  set_count (&other, n - keep);
  set_count (node, keep);
  if (index > keep || keep == n)
    put_in (&other, index - keep, what);
  else
    put_in (node, index, what);
  right->number = GUINT64_TO_LE (change->header.next);
  right->sum = cosmic_item_node_sum (&other);
  right->low = other.level == 0 ? other.items[0] : other.children[0].low;
  return save (change, number, node) && save (change, change->header.next++, &other);
}

static gboolean
insert_below (Change *change, guint64 number, guint level, gboolean end, CosmicItemChild *right)
{
  CosmicItemNode node, left;
  CosmicItemChild split, *child;
  CosmicItem stored = cosmic_item_swapped (*change->item);
  guint index;

  if (!load (change, number, level, &node))
    return FALSE;
  if (level == 0)
    return put (change, number, &node, cosmic_item_node_leaf_index (&node, change->item), &stored,
                end, right);
  index = cosmic_item_node_child_index (&node, change->item);
  child = &node.children[index];
  if (!insert_below (change, GUINT64_FROM_LE (child->number), level - 1,
                     end && index + 1 == count_of (&node), &split))
    return FALSE;
  right->number = 0;
  if (split.number == 0)
    {
      cosmic_item_sum_add (&child->sum, &change->item->id);
      return save (change, number, &node);
    }
  if (!load (change, GUINT64_FROM_LE (child->number), level - 1, &left))
    return FALSE;
  child->sum = cosmic_item_node_sum (&left);
  return put (change, number, &node, index + 1, &split, end, right);
}

/* A root above ROOT and RIGHT. */
static gboolean
grow (Change *change, const CosmicItemChild *right)
{
  CosmicItemNode left, root = { .level = GUINT16_TO_LE ((guint16) change->header.levels) };

  if (!load (change, change->header.root, change->header.levels - 1, &left))
    return FALSE;
  set_count (&root, 2);
  root.children[0] = (CosmicItemChild){ GUINT64_TO_LE (change->header.root),
                                        cosmic_item_node_sum (&left), cosmic_item_first };
  root.children[1] = *right;
  change->header.root = change->header.next++;
  change->header.levels++;
  return save (change, change->header.root, &root);
}

gboolean
cosmic_item_set_insert (CosmicItemSet *self, const CosmicItem *item, gboolean *added,
                        GError **error)
{
  Change change = { .set = self, .item = item, .error = error };
  CosmicItemChild right = { 0 };
  gboolean found;

  g_return_val_if_fail (item->order < COSMIC_ORDER_END, FALSE);
  if (!cosmic_item_set_contains (self, item, &found, error)
      || !cosmic_item_set_header (self, &change.header, error))
    return FALSE;
  if (added != NULL)
    *added = !found;
  if (found)
    return TRUE;
  if (change.header.levels == 0)
    {
      CosmicItemNode leaf = { .n = GUINT16_TO_LE (1), .items = { cosmic_item_swapped (*item) } };

      change.header.root = change.header.next++;
      change.header.levels = 1;
      if (!save (&change, change.header.root, &leaf))
        return FALSE;
    }
  else if (!insert_below (&change, change.header.root, change.header.levels - 1, TRUE, &right)
           || (right.number != 0 && !grow (&change, &right)))
    return FALSE;
  cosmic_item_sum_add (&change.header.total, &item->id);
  return save_header (&change);
}

/* --- Removing. -------------------------------------------------------------------------------- */

/* Joins the children INDEX and INDEX + 1 of NODE, if they fit into one. */
static gboolean
join (Change *change, CosmicItemNode *node, guint index, gboolean *joined)
{
  guint level = GUINT16_FROM_LE (node->level);
  CosmicItemChild *child = &node->children[index];
  CosmicItemNode left, right;
  guint n, more;

  *joined = FALSE;
  if (!load (change, GUINT64_FROM_LE (child[0].number), level - 1, &left)
      || !load (change, GUINT64_FROM_LE (child[1].number), level - 1, &right))
    return FALSE;
  n = count_of (&left);
  more = count_of (&right);
  if (n + more > most_of (&left))
    return TRUE;
  memcpy (entry (&left, n), right.items, more * width_of (&right));
  set_count (&left, n + more);
  child->sum = cosmic_item_node_sum (&left);
  *joined = TRUE;
  if (!save (change, GUINT64_FROM_LE (child[0].number), &left)
      || !give_up (change, GUINT64_FROM_LE (child[1].number)))
    return FALSE;
  take_out (node, index + 1);
  return TRUE;
}

/* LEFT says how many entries the node has left; with none it is gone. */
static gboolean
remove_below (Change *change, guint64 number, guint level, guint *left)
{
  CosmicItemNode node;
  CosmicItemChild *child;
  gboolean joined = FALSE;
  guint index, below;

  if (!load (change, number, level, &node))
    return FALSE;
  if (level == 0)
    take_out (&node, cosmic_item_node_leaf_index (&node, change->item));
  else
    {
      index = cosmic_item_node_child_index (&node, change->item);
      child = &node.children[index];
      if (!remove_below (change, GUINT64_FROM_LE (child->number), level - 1, &below))
        return FALSE;
      cosmic_item_sum_remove (&child->sum, &change->item->id);
      if (below == 0)
        take_out (&node, index);
      else if (below < (level == 1 ? LEAF_MAX : INNER_MAX) / 2)
        {
          if (index + 1 < count_of (&node) && !join (change, &node, index, &joined))
            return FALSE;
          if (!joined && index > 0 && !join (change, &node, index - 1, &joined))
            return FALSE;
        }
    }
  *left = count_of (&node);
  return *left > 0 ? save (change, number, &node) : give_up (change, number);
}

/* A root with one child is no use. */
static gboolean
shrink (Change *change)
{
  while (change->header.levels > 1)
    {
      CosmicItemNode root;

      if (!load (change, change->header.root, change->header.levels - 1, &root))
        return FALSE;
      if (count_of (&root) > 1)
        return TRUE;
      if (!give_up (change, change->header.root))
        return FALSE;
      change->header.root = GUINT64_FROM_LE (root.children[0].number);
      change->header.levels--;
    }
  return TRUE;
}

gboolean
cosmic_item_set_remove (CosmicItemSet *self, const CosmicItem *item, gboolean *removed,
                        GError **error)
{
  Change change = { .set = self, .item = item, .error = error };
  gboolean found;
  guint left;

  if (!cosmic_item_set_contains (self, item, &found, error)
      || !cosmic_item_set_header (self, &change.header, error))
    return FALSE;
  if (removed != NULL)
    *removed = found;
  if (!found)
    return TRUE;
  if (!remove_below (&change, change.header.root, change.header.levels - 1, &left))
    return FALSE;
  if (left == 0)
    {
      change.header.root = 0;
      change.header.levels = 0;
    }
  else if (!shrink (&change))
    return FALSE;
  cosmic_item_sum_remove (&change.header.total, &item->id);
  return save_header (&change);
}
