/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-projector.h"
#include "dpop-reader.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Lists over rows of the read model, as GListModel: of any length at the cost of what is looked at.
 * A list knows the order of its rows by their numbers alone, and reads rows when they are asked
 * for, a stretch at a time. Searching, filtering and sorting is done by the database.
 *
 * With a threaded reader an item is given out empty until its row has come; then the list replaces
 * it and says so. One thread, that of the list's making.
 *
 * After a commit dpop_list_refresh() brings it up to date, and "items-changed" tells of exactly the
 * rows that came, went, moved or changed. */
#define DPOP_TYPE_LIST (dpop_list_get_type ())
G_DECLARE_DERIVABLE_TYPE (DpopList, dpop_list, DPOP, LIST, GObject)

/* An item: a row, which never changes. ROW is NULL until it has come. */
#define DPOP_TYPE_LIST_ITEM (dpop_list_item_get_type ())
G_DECLARE_DERIVABLE_TYPE (DpopListItem, dpop_list_item, DPOP, LIST_ITEM, GObject)

struct _DpopListItemClass
{
  GObjectClass parent_class;
};

struct _DpopListClass
{
  GObjectClass parent_class;

  GType item_type;
  /* What the list is asked: a copy of the filters as they are now, to be handed to the reader. */
  gpointer (*copy_query) (DpopList *self);
  GDestroyNotify free_query;
  /* In the reader's thread. */
  GArray *(*order) (DpopDatabase *database, gpointer query, GError **error);
  gpointer (*get)  (DpopDatabase *database, gint64 number, GError **error);
  GDestroyNotify free_row;
  /* Whether the row behind ITEM has to be read again after CHANGES; ROW NULL: it has not come. */
  gboolean (*is_stale) (const DpopProjectorChanges *changes, gint64 number, gconstpointer row);
};

/* For subclasses, when a filter is another: asks for the order anew. */
void dpop_list_requery (DpopList *self);

/* What was committed. NULL: look at everything again. */
void dpop_list_refresh (DpopList *self, DpopProjectorChanges *changes);

/* Why the last question to the database failed; NULL when it did not. Told by "notify::failure". */
const GError *dpop_list_get_failure (DpopList *self);
/* Whether the order of the rows is still being found out. */
gboolean      dpop_list_is_loading  (DpopList *self);

gint64        dpop_list_item_get_number (DpopListItem *self);
gconstpointer dpop_list_item_get_row    (DpopListItem *self);

G_END_DECLS
