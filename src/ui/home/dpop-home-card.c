/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-home-card.h"

#include "dpop-moment.h"
#include "dpop-spoken-name.h"

#include <glib/gi18n-lib.h>

struct _DpopHomeCard
{
  AdwBin parent_instance;

  DpopHomeKind kind;
  CosmicId decision;
  GtkWidget *button;
};

G_DEFINE_FINAL_TYPE (DpopHomeCard, dpop_home_card, ADW_TYPE_BIN)

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* --- Words. ---------------------------------------------------------------------------------- */

/* What stands large: for what is about a decision, its title. */
static char *
title_of (const DpopHomeItem *item)
{
  switch (item->kind)
    {
    case DPOP_HOME_DELIVER:
      return g_strdup_printf (ngettext ("%u entry of yours has not been delivered yet",
                                        "%u entries of yours have not been delivered yet", item->n),
                              item->n);
    case DPOP_HOME_LOCK_OUT:
      return g_strdup_printf (ngettext ("%u person can still read what is written",
                                        "%u people can still read what is written", item->n),
                              item->n);
    case DPOP_HOME_CONFIRM:
      return g_strdup_printf (ngettext ("%u entry waits for your confirmation",
                                        "%u entries wait for your confirmation", item->n),
                              item->n);
    case DPOP_HOME_FOUNDING:
      return g_strdup_printf (ngettext ("%u thing was put off at the founding",
                                        "%u things were put off at the founding", item->n),
                              item->n);
    case DPOP_HOME_VOTE:
    case DPOP_HOME_COUNT:
    case DPOP_HOME_CLOSE:
    case DPOP_HOME_ENACT:
    case DPOP_HOME_OPEN:
    default:
      return g_strdup (item->title);
    }
}

static char *
voted_of (const DpopHomeItem *item)
{
  return g_strdup_printf (ngettext ("%lu of %lu has voted", "%lu of %lu have voted",
                                    (gulong) item->votes),
                          (gulong) item->votes, (gulong) item->entitled);
}

static char *
words_of_vote (const DpopHomeItem *item)
{
  g_autofree char *voted = voted_of (item);
  g_autofree char *when = item->time > 0 ? dpop_moment_now (item->time) : NULL;

  if (when == NULL)
    /* Translators: "The vote is open. 3 of 58 have voted." */
    return g_strdup_printf (_("The vote is open. %s."), voted);
  return g_strdup_printf (_("The vote is open until %s. %s."), when, voted);
}

static char *
words_of_decision (const DpopHomeItem *item)
{
  g_autofree char *voted = voted_of (item);
  g_autofree char *when = dpop_moment_now (item->time);

  switch (item->kind)
    {
    case DPOP_HOME_VOTE:
      return words_of_vote (item);
    case DPOP_HOME_COUNT:
      return g_strdup_printf (_("The time to vote is over, and the votes can be counted. %s."),
                              voted);
    case DPOP_HOME_CLOSE:
      return g_strdup_printf (_("You may close the vote. %s."), voted);
    case DPOP_HOME_ENACT:
      return g_strdup (_("It was accepted, and waits to be carried out."));
    case DPOP_HOME_OPEN:
      return g_strdup_printf (_("Proposed %s. You may open the vote."), when);
    case DPOP_HOME_DELIVER:
    case DPOP_HOME_LOCK_OUT:
    case DPOP_HOME_CONFIRM:
    case DPOP_HOME_FOUNDING:
    default:
      return NULL;
    }
}

static char *
words_of (const DpopHomeItem *item)
{
  switch (item->kind)
    {
    case DPOP_HOME_DELIVER:
      return g_strdup (_("They are safe on this computer. A transfer file carries them to a record "
                         "keeper, where they count."));
    case DPOP_HOME_LOCK_OUT:
      return g_strdup (_("They have left, or lost what let them read. When the locks are changed "
                         "they read nothing that is written from then on."));
    case DPOP_HOME_CONFIRM:
      return g_strdup (_("This computer is the record keeper: what it confirms is final."));
    case DPOP_HOME_FOUNDING:
      return g_strdup (_("Look at them when you have the time; each can be done by itself."));
    case DPOP_HOME_VOTE:
    case DPOP_HOME_COUNT:
    case DPOP_HOME_CLOSE:
    case DPOP_HOME_ENACT:
    case DPOP_HOME_OPEN:
    default:
      return words_of_decision (item);
    }
}

static const char *
label_of (DpopHomeKind kind)
{
  switch (kind)
    {
    case DPOP_HOME_VOTE:
      return _("Vote");
    case DPOP_HOME_DELIVER:
      return _("Make a transfer file");
    case DPOP_HOME_COUNT:
      return _("Count now");
    case DPOP_HOME_CLOSE:
      return _("Close the vote");
    case DPOP_HOME_ENACT:
      return _("Carry it out");
    case DPOP_HOME_OPEN:
      return _("Open the vote");
    case DPOP_HOME_LOCK_OUT:
      return _("Change the locks");
    case DPOP_HOME_FOUNDING:
      return _("Look at them");
    case DPOP_HOME_CONFIRM:
    default:
      return _("Confirm");
    }
}

/* --- The card. ------------------------------------------------------------------------------- */

DpopHomeCardAct
dpop_home_card_get_act (DpopHomeCard *self)
{
  switch (self->kind)
    {
    case DPOP_HOME_DELIVER:
      return DPOP_HOME_CARD_DELIVER;
    case DPOP_HOME_COUNT:
    case DPOP_HOME_CONFIRM:
      return DPOP_HOME_CARD_CONFIRM;
    case DPOP_HOME_LOCK_OUT:
      return DPOP_HOME_CARD_LOCK;
    case DPOP_HOME_FOUNDING:
      return DPOP_HOME_CARD_STEPS;
    case DPOP_HOME_VOTE:
    case DPOP_HOME_CLOSE:
    case DPOP_HOME_ENACT:
    case DPOP_HOME_OPEN:
    default:
      return DPOP_HOME_CARD_LOOK;
    }
}

const CosmicId *
dpop_home_card_get_decision (DpopHomeCard *self)
{
  return &self->decision;
}

void
dpop_home_card_focus (DpopHomeCard *self)
{
  gtk_widget_grab_focus (self->button);
}

static void
on_clicked (GtkButton *button, DpopHomeCard *self)
{
  g_signal_emit (self, signals[CHOSEN], 0);
}

static GtkWidget *
new_label (const char *text, const char *css_class)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", text, "xalign", 0.0, "wrap", TRUE,
                                   "wrap-mode", PANGO_WRAP_WORD_CHAR, NULL);

  gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
dpop_home_card_class_init (DpopHomeCardClass *klass)
{
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
}

static void
dpop_home_card_init (DpopHomeCard *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "card");
}

GtkWidget *
dpop_home_card_new (const DpopHomeItem *item, gboolean first)
{
  DpopHomeCard *self = g_object_new (DPOP_TYPE_HOME_CARD, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  g_autofree char *title = title_of (item);
  g_autofree char *words = words_of (item);
  g_autofree char *name = NULL;

  self->kind = item->kind;
  self->decision = item->decision;
  self->button = gtk_button_new_with_label (label_of (item->kind));
  name = g_strdup_printf ("%s: %s", label_of (item->kind), title);
  dpop_spoken_name_set (self->button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_widget_set_halign (self->button, GTK_ALIGN_END);
  gtk_widget_set_margin_top (self->button, 6);
  gtk_widget_add_css_class (self->button, first ? "suggested-action" : "flat-edge");
  g_signal_connect (self->button, "clicked", G_CALLBACK (on_clicked), self);
  gtk_widget_add_css_class (box, "card-inside");
  gtk_box_append (GTK_BOX (box), new_label (title, "title-4"));
  gtk_box_append (GTK_BOX (box), new_label (words, "dim-label"));
  gtk_box_append (GTK_BOX (box), self->button);
  adw_bin_set_child (ADW_BIN (self), box);
  return GTK_WIDGET (self);
}
