/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-import-row-list.h"

/* --- Items. ---------------------------------------------------------------------------------- */

struct _DpopImportItem
{
  GObject parent_instance;

  DpopImportRow *row;
};

G_DEFINE_FINAL_TYPE (DpopImportItem, dpop_import_item, G_TYPE_OBJECT)

const DpopImportRow *
dpop_import_item_get_row (DpopImportItem *self)
{
  g_return_val_if_fail (DPOP_IS_IMPORT_ITEM (self), NULL);
  return self->row;
}

static void
dpop_import_item_finalize (GObject *object)
{
  dpop_import_row_unref (DPOP_IMPORT_ITEM (object)->row);
  G_OBJECT_CLASS (dpop_import_item_parent_class)->finalize (object);
}

static void
dpop_import_item_class_init (DpopImportItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dpop_import_item_finalize;
}

static void
dpop_import_item_init (DpopImportItem *self)
{
}

/* --- The list. ------------------------------------------------------------------------------- */

struct _DpopImportRowList
{
  GObject parent_instance;

  GPtrArray *rows; /* of DpopImportRow, as they are shown */
};

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (DpopImportRowList, dpop_import_row_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static GType
get_item_type (GListModel *model)
{
  return DPOP_TYPE_IMPORT_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  return DPOP_IMPORT_ROW_LIST (model)->rows->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  GPtrArray *rows = DPOP_IMPORT_ROW_LIST (model)->rows;
  DpopImportItem *item;

  if (position >= rows->len)
    return NULL;
  item = g_object_new (DPOP_TYPE_IMPORT_ITEM, NULL);
  item->row = g_rc_box_acquire (rows->pdata[position]);
  return item;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

/* --- What is in it. -------------------------------------------------------------------------- */

static gboolean
waits (const DpopImportRow *row)
{
  return row->group == DPOP_IMPORT_MEND || row->group == DPOP_IMPORT_DECIDE;
}

static gboolean
is_in (const DpopImportRow *row, guint group)
{
  return group == DPOP_IMPORT_ALL || row->group == group
         || (group == DPOP_IMPORT_REMARKS && row->remark);
}

static GPtrArray *
select_rows (const DpopImportSight *sight, guint group)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) dpop_import_row_unref);

  for (guint later = 0; later < 2; later++)
    for (guint i = 0; i < sight->rows->len; i++)
      {
        DpopImportRow *row = sight->rows->pdata[i];

        if (is_in (row, group) && waits (row) == (later == 0))
          g_ptr_array_add (rows, g_rc_box_acquire (row));
      }
  return rows;
}

static gboolean
looks_the_same (const DpopImportRow *one, const DpopImportRow *other)
{
  return one->table_row == other->table_row && one->group == other->group
         && one->remark == other->remark && g_strcmp0 (one->name, other->name) == 0
         && g_strcmp0 (one->words, other->words) == 0;
}

/* What stays as it was stays on the screen where it is. */
void
dpop_import_row_list_set (DpopImportRowList *self, const DpopImportSight *sight, guint group)
{
  g_autoptr (GPtrArray) before = self->rows;
  GPtrArray *after = select_rows (sight, group);
  const guint most = MIN (before->len, after->len);
  guint head = 0, tail = 0;

  g_return_if_fail (DPOP_IS_IMPORT_ROW_LIST (self));
  while (head < most && looks_the_same (before->pdata[head], after->pdata[head]))
    head++;
  while (tail < most - head
         && looks_the_same (before->pdata[before->len - 1 - tail],
                            after->pdata[after->len - 1 - tail]))
    tail++;
  self->rows = after;
  if (before->len - head - tail > 0 || after->len - head - tail > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), head, before->len - head - tail,
                                after->len - head - tail);
}

static void
dpop_import_row_list_finalize (GObject *object)
{
  g_ptr_array_unref (DPOP_IMPORT_ROW_LIST (object)->rows);
  G_OBJECT_CLASS (dpop_import_row_list_parent_class)->finalize (object);
}

static void
dpop_import_row_list_class_init (DpopImportRowListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dpop_import_row_list_finalize;
}

static void
dpop_import_row_list_init (DpopImportRowList *self)
{
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) dpop_import_row_unref);
}

DpopImportRowList *
dpop_import_row_list_new (void)
{
  return g_object_new (DPOP_TYPE_IMPORT_ROW_LIST, NULL);
}
