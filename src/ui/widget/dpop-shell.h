/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-page.h"

G_BEGIN_DECLS

/* What a page may ask of the window it stands in. The window implements it; pages find it from any
 * widget of theirs, so that no page knows the window. Without a window nothing happens. */
#define DPOP_TYPE_SHELL (dpop_shell_get_type ())
G_DECLARE_INTERFACE (DpopShell, dpop_shell, DPOP, SHELL, GtkWidget)

/* Where one can go by name. */
typedef enum
{
  DPOP_PLACE_HOME,
  DPOP_PLACE_DECISIONS,
  DPOP_PLACE_DECISION, /* with its id; so the next of the same form */
  DPOP_PLACE_MEMBERS,
  DPOP_PLACE_MEMBER,
  DPOP_PLACE_RULES,
  DPOP_PLACE_HISTORY,
  DPOP_PLACE_ENTRY,
  DPOP_PLACE_EXCHANGE, /* the topic is the path of a file to take in, or NULL */
  DPOP_PLACE_PREFERENCES,
  DPOP_PLACE_HELP, /* with a topic */
  DPOP_PLACE_IMPORT, /* members from a table; the topic is its path, or NULL */
  DPOP_PLACE_NEXT_STEPS, /* what was put off at the founding */
} DpopPlace;

struct _DpopShellInterface
{
  GTypeInterface parent;

  void (*toast) (DpopShell *self, AdwToast *toast);
  void (*announce) (DpopShell *self, const char *text);
  void (*push) (DpopShell *self, DpopPage *page);
  void (*pop) (DpopShell *self);
  void (*go) (DpopShell *self, DpopPlace place, const CosmicId *id, const char *topic);
  gboolean (*has) (DpopShell *self, DpopPlace place);
};

/* A short message at the foot of the window; it is announced too. */
void dpop_shell_toast      (GtkWidget *from, const char *text);
/* The same with a button, "Undo" as a rule. FREE_DATA may be NULL. */
typedef void (*DpopShellUndo) (gpointer data);
void dpop_shell_toast_undo (GtkWidget *from, const char *text, const char *label,
                            DpopShellUndo undo, gpointer data, GDestroyNotify free_data);
/* What went wrong, in its own sentence. Cancelling says nothing. */
void dpop_shell_fail       (GtkWidget *from, const GError *error);
/* Says something to screen readers, in the status line that everybody sees. */
void dpop_shell_announce   (GtkWidget *from, const char *text);

/* PAGE comes over what is shown; back leads here again. */
void dpop_shell_push (GtkWidget *from, DpopPage *page);
/* Back, from the page that FROM stands in. */
void dpop_shell_pop  (GtkWidget *from);
/* ID for places that have one. */
void dpop_shell_go   (GtkWidget *from, DpopPlace place, const CosmicId *id);
/* To a place that has a topic. */
void dpop_shell_go_topic (GtkWidget *from, DpopPlace place, const char *topic);
/* Whether there is such a place. */
gboolean dpop_shell_has (GtkWidget *from, DpopPlace place);
void dpop_shell_help (GtkWidget *from, const char *topic);

G_END_DECLS
