/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-comment-card.h"

#include "dpop-decision-parts-private.h"
#include "dpop-moment.h"
#include "dpop-spoken-name.h"
#include "dpop-wrapping-label.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

struct _DpopCommentCard
{
  GtkBox parent_instance;

  CosmicId id;
  char *name;
  GtkWidget *answer;
};

G_DEFINE_FINAL_TYPE (DpopCommentCard, dpop_comment_card, GTK_TYPE_BOX)

enum
{
  ANSWER,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

const CosmicId *
dpop_comment_card_get_id (DpopCommentCard *self)
{
  return &self->id;
}

const char *
dpop_comment_card_get_name (DpopCommentCard *self)
{
  return self->name;
}

void
dpop_comment_card_set_answerable (DpopCommentCard *self, gboolean answerable)
{
  gtk_widget_set_visible (self->answer, answerable);
}

static void
on_answer (GtkButton *button, DpopCommentCard *self)
{
  g_signal_emit (self, signals[ANSWER], 0);
}

static void
dpop_comment_card_finalize (GObject *object)
{
  g_free (DPOP_COMMENT_CARD (object)->name);
  G_OBJECT_CLASS (dpop_comment_card_parent_class)->finalize (object);
}

static void
dpop_comment_card_class_init (DpopCommentCardClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dpop_comment_card_finalize;
  signals[ANSWER] = g_signal_new ("answer", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
}

static void
dpop_comment_card_init (DpopCommentCard *self)
{
  gtk_box_set_spacing (GTK_BOX (self), 12);
}

static const char *
text_of (const DpopCommentRow *row)
{
  if (row->text != NULL)
    return row->text;
  return row->readable == DPOP_PROJECTION_TEXT_ERASED ? _("This comment was deleted for everyone.")
                                                      : _("This comment cannot be read here.");
}

static GtkWidget *
new_head (const DpopCommentRow *row, const char *name)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  g_autofree char *moment = dpop_moment_now (row->time);
  GtkWidget *who = dpop_wrapping_label_new (name, "heading");
  GtkWidget *when = dpop_wrapping_label_new (moment, "dim-label");

  gtk_widget_add_css_class (when, "caption");
  gtk_box_append (GTK_BOX (head), who);
  gtk_box_append (GTK_BOX (head), when);
  return head;
}

GtkWidget *
dpop_comment_card_new (const DpopCommentRow *row, const char *name, const char *answers)
{
  DpopCommentCard *self = g_object_new (DPOP_TYPE_COMMENT_CARD, NULL);
  GtkWidget *avatar = adw_avatar_new (32, name, TRUE);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  g_autofree char *about = answers != NULL ? g_strdup_printf (_("answers %s"), answers) : NULL;
  g_autofree char *label = g_strdup_printf (_("Answer %s"), name);

  self->id = row->id;
  self->name = g_strdup (name);
  gtk_widget_set_valign (avatar, GTK_ALIGN_START);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (words), new_head (row, name));
  if (about != NULL)
    gtk_box_append (GTK_BOX (words), dpop_wrapping_label_new (about, "dim-label"));
  gtk_box_append (GTK_BOX (words), dpop_decision_parts_reading (text_of (row)));
  self->answer = gtk_button_new_with_label (_("Answer"));
  gtk_widget_add_css_class (self->answer, "flat");
  gtk_widget_add_css_class (self->answer, "caption");
  gtk_widget_set_halign (self->answer, GTK_ALIGN_START);
  dpop_spoken_name_set (self->answer, label);
  g_signal_connect (self->answer, "clicked", G_CALLBACK (on_answer), self);
  gtk_box_append (GTK_BOX (words), self->answer);
  gtk_box_append (GTK_BOX (self), avatar);
  gtk_box_append (GTK_BOX (self), words);
  return GTK_WIDGET (self);
}
