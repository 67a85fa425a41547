/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-import-line.h"

#include "dpop-wrap-box.h"
#include "dpop-wrapping-label.h"

#include <glib/gi18n-lib.h>

struct _DpopImportLine
{
  GtkBox parent_instance;

  GtkWidget *icon;
  GtkWidget *name;
  GtkWidget *chips;
  GtkWidget *sentence;
  char *words;
};

G_DEFINE_FINAL_TYPE (DpopImportLine, dpop_import_line, GTK_TYPE_BOX)

static const struct
{
  const char *word;
  const char *icon;
  DpopChipTone tone;
} groups[DPOP_IMPORT_N_GROUPS] = {
  [DPOP_IMPORT_MEND] = { N_("to mend"), "dialog-error-symbolic", DPOP_CHIP_ERROR },
  [DPOP_IMPORT_DECIDE] = { N_("to decide"), "dialog-question-symbolic", DPOP_CHIP_WARNING },
  [DPOP_IMPORT_ADD] = { N_("new"), "list-add-symbolic", DPOP_CHIP_SUCCESS },
  [DPOP_IMPORT_CHANGE] = { N_("changes"), "document-edit-symbolic", DPOP_CHIP_ACCENT },
  [DPOP_IMPORT_KEEP] = { N_("as it is"), "object-select-symbolic", DPOP_CHIP_QUIET },
  [DPOP_IMPORT_LEAVE] = { N_("left out"), "list-remove-symbolic", DPOP_CHIP_QUIET },
};

const char *
dpop_import_line_group_word (DpopImportGroup group)
{
  g_return_val_if_fail (group < DPOP_IMPORT_N_GROUPS, NULL);
  return _(groups[group].word);
}

DpopChipTone
dpop_import_line_group_tone (DpopImportGroup group)
{
  g_return_val_if_fail (group < DPOP_IMPORT_N_GROUPS, DPOP_CHIP_QUIET);
  return groups[group].tone;
}

void
dpop_import_line_set (DpopImportLine *self, const DpopImportRow *row)
{
  g_autofree char *line = NULL;
  const char *word;

  g_return_if_fail (DPOP_IS_IMPORT_LINE (self));
  word = dpop_import_line_group_word (row->group);
  line = g_strdup_printf (_("line %" G_GSIZE_FORMAT), row->line);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), groups[row->group].icon);
  gtk_label_set_label (GTK_LABEL (self->name), row->name);
  dpop_wrap_box_clear (DPOP_WRAP_BOX (self->chips));
  dpop_wrap_box_append (DPOP_WRAP_BOX (self->chips), dpop_chip_new (word, groups[row->group].tone));
  if (row->remark)
    dpop_wrap_box_append (DPOP_WRAP_BOX (self->chips),
                          dpop_chip_new (_("to look at"), DPOP_CHIP_WARNING));
  dpop_wrap_box_append (DPOP_WRAP_BOX (self->chips), dpop_chip_new (line, DPOP_CHIP_QUIET));
  gtk_label_set_label (GTK_LABEL (self->sentence), row->words != NULL ? row->words : "");
  gtk_widget_set_visible (self->sentence, row->words != NULL);
  g_free (self->words);
  self->words = g_strdup_printf ("%s, %s, %s. %s", row->name, word, line,
                                 row->words != NULL ? row->words : "");
}

const char *
dpop_import_line_get_words (DpopImportLine *self)
{
  return self->words;
}

static void
dpop_import_line_finalize (GObject *object)
{
  g_free (DPOP_IMPORT_LINE (object)->words);
  G_OBJECT_CLASS (dpop_import_line_parent_class)->finalize (object);
}

static void
dpop_import_line_class_init (DpopImportLineClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dpop_import_line_finalize;
}

static void
dpop_import_line_init (DpopImportLine *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  gtk_box_set_spacing (GTK_BOX (self), 12);
  gtk_widget_set_margin_top (GTK_WIDGET (self), 9);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self), 9);
  self->icon = g_object_new (GTK_TYPE_IMAGE, "valign", GTK_ALIGN_START, "margin-top", 3,
                             "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  self->name = dpop_wrapping_label_new (NULL, "heading");
  self->chips = dpop_wrap_box_new ();
  self->sentence = dpop_wrapping_label_new (NULL, "caption");
  gtk_widget_set_hexpand (column, TRUE);
  gtk_box_append (GTK_BOX (column), self->name);
  gtk_box_append (GTK_BOX (column), self->chips);
  gtk_box_append (GTK_BOX (column), self->sentence);
  gtk_box_append (GTK_BOX (self), self->icon);
  gtk_box_append (GTK_BOX (self), column);
}

GtkWidget *
dpop_import_line_new (void)
{
  return g_object_new (DPOP_TYPE_IMPORT_LINE, NULL);
}
