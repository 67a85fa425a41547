/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-ballot-row.h"

#include <glib/gi18n-lib.h>

struct _DpopBallotRow
{
  GtkButton parent_instance;

  DpopBallotRowKind kind;
  gboolean chosen;
  GtkWidget *mark;
  GtkWidget *sign; /* at the end: it is chosen */
};

G_DEFINE_FINAL_TYPE (DpopBallotRow, dpop_ballot_row, GTK_TYPE_BUTTON)

static const char *const classes[] = { "yes", "no", "abstain", "one", "several" };

/* Yes, no and abstain carry their mark always, options only when they are chosen. */
static const char *
mark_text (const DpopBallotRow *self)
{
  switch (self->kind)
    {
    case DPOP_BALLOT_ROW_YES:
      return "✓";
    case DPOP_BALLOT_ROW_NO:
      return "✕";
    case DPOP_BALLOT_ROW_ABSTAIN:
      return "–";
    case DPOP_BALLOT_ROW_ONE:
    case DPOP_BALLOT_ROW_SEVERAL:
    default:
      return self->chosen ? "✓" : "";
    }
}

void
dpop_ballot_row_set_chosen (DpopBallotRow *self, gboolean chosen)
{
  self->chosen = chosen;
  gtk_label_set_label (GTK_LABEL (self->mark), mark_text (self));
  gtk_widget_set_opacity (self->sign, chosen ? 1.0 : 0.0);
  if (chosen)
    gtk_widget_add_css_class (GTK_WIDGET (self), "chosen");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "chosen");
  gtk_accessible_update_state (
      GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_CHECKED,
      chosen ? GTK_ACCESSIBLE_TRISTATE_TRUE : GTK_ACCESSIBLE_TRISTATE_FALSE, -1);
}

gboolean
dpop_ballot_row_get_chosen (DpopBallotRow *self)
{
  return self->chosen;
}

static void
dpop_ballot_row_class_init (DpopBallotRowClass *klass)
{
}

static void
dpop_ballot_row_init (DpopBallotRow *self)
{
}

static GtkWidget *
new_words (const char *name, const char *description)
{
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *title = g_object_new (GTK_TYPE_LABEL, "label", name, "xalign", 0.0, "wrap", TRUE,
                                   "wrap-mode", PANGO_WRAP_WORD_CHAR, NULL);

  gtk_widget_add_css_class (title, "ballot-name");
  gtk_box_append (GTK_BOX (words), title);
  if (description != NULL && *description != '\0')
    {
      GtkWidget *more = g_object_new (GTK_TYPE_LABEL, "label", description, "xalign", 0.0, "wrap",
                                      TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, NULL);

      gtk_widget_add_css_class (more, "dim-label");
      gtk_widget_add_css_class (more, "ballot-more");
      gtk_box_append (GTK_BOX (words), more);
    }
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  return words;
}

static void
fill (DpopBallotRow *self, const char *name, const char *description)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  self->mark = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                             "valign", GTK_ALIGN_CENTER, NULL);
  gtk_widget_add_css_class (self->mark, "ballot-mark");
  self->sign = g_object_new (GTK_TYPE_IMAGE, "icon-name", "object-select-symbolic",
                             "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  gtk_box_append (GTK_BOX (box), self->mark);
  gtk_box_append (GTK_BOX (box), new_words (name, description));
  gtk_box_append (GTK_BOX (box), self->sign);
  gtk_button_set_child (GTK_BUTTON (self), box);
}

GtkWidget *
dpop_ballot_row_new (DpopBallotRowKind kind, const char *name, const char *description)
{
  const GtkAccessibleRole role
      = kind == DPOP_BALLOT_ROW_SEVERAL ? GTK_ACCESSIBLE_ROLE_CHECKBOX : GTK_ACCESSIBLE_ROLE_RADIO;
  DpopBallotRow *self = g_object_new (DPOP_TYPE_BALLOT_ROW, "accessible-role", role, NULL);

  self->kind = kind;
  gtk_widget_add_css_class (GTK_WIDGET (self), "ballot-row");
  gtk_widget_add_css_class (GTK_WIDGET (self), classes[kind]);
  fill (self, name, description);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  description != NULL ? description : "", -1);
  dpop_ballot_row_set_chosen (self, FALSE);
  return GTK_WIDGET (self);
}
