/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-discovery.h"

G_BEGIN_DECLS

/* What is seen of others. It outlasts Avahi's restarts. */
typedef struct _DpopBrowser DpopBrowser;

typedef enum
{
  DPOP_BROWSER_APPEARED,
  DPOP_BROWSER_CHANGED,
  DPOP_BROWSER_DISAPPEARED,
} DpopBrowserNews;

typedef struct
{
  gboolean (*is_own) (const char *instance, gpointer data);
  /* May end the browser. */
  void (*tell) (DpopBrowserNews news, const char *instance, gpointer data);
  gpointer data;
} DpopBrowserHooks;

DpopBrowser *dpop_browser_new  (const DpopBrowserHooks *hooks);
/* Afterwards no hook is called. */
void         dpop_browser_free (DpopBrowser *self);

/* Avahi is there under the unique name OWNER; is no more. */
void dpop_browser_attach (DpopBrowser *self, GDBusConnection *connection, const char *owner);
void dpop_browser_detach (DpopBrowser *self);
/* Hears of all once more. */
void dpop_browser_look_again (DpopBrowser *self);

GStrv      dpop_browser_list_peers     (DpopBrowser *self);
GPtrArray *dpop_browser_list_addresses (DpopBrowser *self, const char *instance);

G_END_DECLS
