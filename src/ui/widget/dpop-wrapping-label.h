/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A label that goes on in a second line, from the start; TEXT and CSS_CLASS may be NULL. */
GtkWidget *dpop_wrapping_label_new (const char *text, const char *css_class);

G_END_DECLS
