/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* A page of the window: a header bar with its title, and below it what it is about. In a template,
 * children of type "start", "end" and "title" go to the header bar (an "end" child declared first
 * stands outermost), any other is the content.
 *
 * Properties: "title", "session" (set once, may be NULL), "show-back" (the pager's). */
#define DPOP_TYPE_PAGE (dpop_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (DpopPage, dpop_page, DPOP, PAGE, AdwBin)

struct _DpopPageClass
{
  AdwBinClass parent_class;

  /* Something was committed, and the page is on screen, or comes there again. CHANGES NULL: look at
   * everything. What a person is typing stays. */
  void (*refresh) (DpopPage *self, DpopProjectorChanges *changes);
  /* Ctrl+F. NULL: there is nothing to search. */
  void (*search) (DpopPage *self);
  /* Where the focus goes when the page appears; NULL: to the first that can have it. */
  void (*focus_first) (DpopPage *self);
  /* Asked before the page goes for good; FALSE: not now (it asks the person, and pops itself
   * later). NULL: it may go. */
  gboolean (*leave) (DpopPage *self);

  gpointer reserved[4];
};

const char  *dpop_page_get_title   (DpopPage *self);
void         dpop_page_set_title   (DpopPage *self, const char *title);
/* Borrowed; NULL for pages of no organisation. */
DpopSession *dpop_page_get_session (DpopPage *self);

/* Into the header bar, for pages without a template. */
void dpop_page_pack_end    (DpopPage *self, GtkWidget *widget);
void dpop_page_set_content (DpopPage *self, GtkWidget *content);

/* For the pager. A page that is off screen remembers that something changed. */
void dpop_page_refresh     (DpopPage *self, DpopProjectorChanges *changes);
void dpop_page_search      (DpopPage *self);
void dpop_page_focus_first (DpopPage *self);
gboolean dpop_page_leave   (DpopPage *self);

G_END_DECLS
