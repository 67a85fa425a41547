/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Small pieces that the pages of a decision are set from. */

#define DPOP_DECISION_PARTS_COLUMN 720

/* One that can be selected, for what people wrote. */
GtkWidget *dpop_decision_parts_reading (const char *text);
/* A heading, to screen readers too. */
GtkWidget *dpop_decision_parts_heading (const char *text);
/* A button with a label: large text goes on in a second line. Gives BUTTON back. */
GtkWidget *dpop_decision_parts_wrap    (GtkWidget *button);
/* A pill in the middle; CSS_CLASS may be NULL. */
GtkWidget *dpop_decision_parts_button  (const char *label, const char *css_class,
                                        GCallback clicked, gpointer data);
/* A small button at the start. */
GtkWidget *dpop_decision_parts_link    (const char *label, GCallback clicked, gpointer data);
/* A column in a scroller, for a page's content; *COLUMN is its box. */
GtkWidget *dpop_decision_parts_column  (GtkWidget **column);
void       dpop_decision_parts_clear   (GtkWidget *box);
/* Shows TEXT, or hides the label where it is NULL. */
void       dpop_decision_parts_say     (GtkWidget *label, const char *text);
/* Text that wraps and grows, without swallowing Tab; *VIEW is the text itself, named NAME. */
GtkWidget *dpop_decision_parts_text    (const char *name, int height, GtkWidget **view);
/* All of it; the caller frees. */
char      *dpop_decision_parts_typed   (GtkWidget *view);
/* For what went wrong; hidden at first. */
GtkWidget *dpop_decision_parts_failure (void);

G_END_DECLS
