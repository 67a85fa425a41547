/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-import-columns.h"

#include "dpop-spoken-name.h"
#include "dpop-wrapping-label.h"

#include <glib/gi18n-lib.h>

#define PLACE_KEY "dpop-column"

struct _DpopImportColumns
{
  AdwBin parent_instance;

  DpopImportTable *table;
  GtkWidget *facts;
  GtkWidget *guessed;
  GtkWidget *columns;
  GtkWidget *reading;
  GtkStringList *meanings;
  GArray *choices; /* of GtkDropDown *: those of the columns, in their order */
  GtkDropDown *separator;
  GtkDropDown *encoding;
  GtkDropDown *header;
  GtkDropDown *dates;
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (DpopImportColumns, dpop_import_columns, ADW_TYPE_BIN)

enum
{
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* --- Words. ---------------------------------------------------------------------------------- */

static const struct
{
  char sign;
  const char *name;
  const char *words;
} separators[] = {
  { ',', N_("Comma"), N_("commas") },
  { ';', N_("Semicolon"), N_("semicolons") },
  { '\t', N_("Tab"), N_("tabs") },
  { '|', N_("Vertical bar"), N_("vertical bars") },
  { DPOP_EDGE_CSV_ONE_COLUMN, N_("Nothing: one column"), N_("nothing") },
};

static const struct
{
  DpopEdgeEncoding encoding;
  const char *name;
} encodings[] = {
  { DPOP_EDGE_ENCODING_UTF_8, N_("UTF-8") },
  { DPOP_EDGE_ENCODING_WINDOWS_1252, N_("Windows, Western Europe") },
  { DPOP_EDGE_ENCODING_WINDOWS_1250, N_("Windows, Central Europe") },
  { DPOP_EDGE_ENCODING_ISO_8859_15, N_("ISO 8859-15") },
  { DPOP_EDGE_ENCODING_MAC_ROMAN, N_("Macintosh") },
  { DPOP_EDGE_ENCODING_DOS_850, N_("DOS") },
  { DPOP_EDGE_ENCODING_UTF_16_LE, N_("UTF-16, little endian") },
  { DPOP_EDGE_ENCODING_UTF_16_BE, N_("UTF-16, big endian") },
};

static guint
separator_place (char sign)
{
  for (guint i = 0; i < G_N_ELEMENTS (separators); i++)
    if (separators[i].sign == sign)
      return i;
  return GTK_INVALID_LIST_POSITION;
}

static guint
encoding_place (DpopEdgeEncoding encoding)
{
  for (guint i = 0; i < G_N_ELEMENTS (encodings); i++)
    if (encodings[i].encoding == encoding)
      return i;
  return GTK_INVALID_LIST_POSITION;
}

/* How the file was taken apart, as one would say it. */
static char *
facts_words (const DpopEdgeCsvFacts *facts)
{
  const guint separator = separator_place (facts->separator);
  const guint encoding = encoding_place (facts->text.encoding);
  g_autofree char *first = g_strdup_printf (
      /* Translators: "semicolons", "UTF-8". */
      _("The file is separated by %s, its letters are written as %s."),
      separator < G_N_ELEMENTS (separators) ? _(separators[separator].words)
                                            : _("another sign"),
      encoding < G_N_ELEMENTS (encodings) ? _(encodings[encoding].name) : "");
  const char *second = facts->header ? _("Its first line holds the headings.")
                                     : _("It has no headings: its first line is a member.");
  const char *third = facts->text.guessed || facts->text.mixed
                          ? _("Look at letters such as ä, é or ł: if they are wrong, choose "
                              "another way of writing below.")
                          : "";

  return g_strstrip (g_strjoin (" ", first, second, third, NULL));
}

/* --- What a person chooses. ------------------------------------------------------------------ */

static void show (DpopImportColumns *self);

static void
on_answered (GObject *object, const GError *error)
{
  DpopImportColumns *self = DPOP_IMPORT_COLUMNS (object);

  if (self->table == NULL) /* gone meanwhile */
    return;
  g_signal_emit (self, signals[FAILED], 0, error != NULL ? error->message : NULL);
  if (error != NULL)
    show (self);
}

static void
on_mapped (GtkDropDown *choice, GParamSpec *pspec, DpopImportColumns *self)
{
  const guint column = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (choice), PLACE_KEY));

  if (self->filling || dpop_import_table_is_busy (self->table))
    return;
  dpop_import_table_map (self->table, column,
                         (DpopEdgeRollField) gtk_drop_down_get_selected (choice), on_answered,
                         G_OBJECT (self));
}

static char
chosen_separator (DpopImportColumns *self)
{
  const guint chosen = gtk_drop_down_get_selected (self->separator);

  return chosen < G_N_ELEMENTS (separators)
             ? separators[chosen].sign
             : dpop_import_table_get_sight (self->table)->facts.separator;
}

static DpopEdgeEncoding
chosen_encoding (DpopImportColumns *self)
{
  const guint chosen = gtk_drop_down_get_selected (self->encoding);

  return chosen < G_N_ELEMENTS (encodings) ? encodings[chosen].encoding
                                           : DPOP_EDGE_ENCODING_DETECT;
}

/* What was said of the columns holds as long as they are the same columns. */
static GArray *
mapping_now (const DpopImportSight *sight)
{
  GArray *mapping = g_array_new (FALSE, FALSE, sizeof (DpopEdgeRollField));

  for (guint i = 0; i < sight->columns->len; i++)
    g_array_append_val (mapping, g_array_index (sight->columns, DpopImportColumn, i).field);
  return mapping;
}

static void
on_reading (GtkDropDown *choice, GParamSpec *pspec, DpopImportColumns *self)
{
  DpopImportReading reading = { 0 };

  if (self->filling || dpop_import_table_is_busy (self->table))
    return;
  reading.csv.separator = chosen_separator (self);
  reading.csv.encoding = chosen_encoding (self);
  reading.csv.header = gtk_drop_down_get_selected (self->header) == 0 ? DPOP_EDGE_CSV_HEADER_YES
                                                                      : DPOP_EDGE_CSV_HEADER_NO;
  reading.dates = (DpopEdgeDateOrder) gtk_drop_down_get_selected (self->dates);
  if (choice == self->dates)
    reading.mapping = mapping_now (dpop_import_table_get_sight (self->table));
  dpop_import_table_read (self->table, &reading, on_answered, G_OBJECT (self));
}

/* --- Rows. ----------------------------------------------------------------------------------- */

/* TITLE, what it is about, and below it the choice, called NAME. Takes MODEL. */
static GtkDropDown *
add_choice (GtkWidget *list, const char *title, const char *more, const char *name,
            GListModel *model)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *choice = gtk_drop_down_new (model, NULL);

  dpop_spoken_name_set (choice, name);
  gtk_widget_set_margin_top (choice, 3);
  gtk_box_append (GTK_BOX (box), dpop_wrapping_label_new (title, "heading"));
  if (more != NULL)
    gtk_box_append (GTK_BOX (box), dpop_wrapping_label_new (more, "caption"));
  gtk_box_append (GTK_BOX (box), choice);
  g_object_set (box, "margin-start", 12, "margin-end", 12, "margin-top", 9, "margin-bottom", 12,
                NULL);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  return GTK_DROP_DOWN (choice);
}

static void
add_column (DpopImportColumns *self, guint place, const DpopImportColumn *column)
{
  /* Translators: what a column of a table means is chosen; %s is its heading. */
  g_autofree char *name = g_strdup_printf (_("“%s” is"), column->heading);
  GtkDropDown *choice = add_choice (self->columns, column->heading, column->samples, name,
                                    g_object_ref (G_LIST_MODEL (self->meanings)));

  g_object_set_data (G_OBJECT (choice), PLACE_KEY, GUINT_TO_POINTER (place));
  gtk_drop_down_set_selected (choice, column->field);
  g_signal_connect_object (choice, "notify::selected", G_CALLBACK (on_mapped), self, 0);
  g_array_append_val (self->choices, choice);
}

/* Another table: other rows. They stay while only what they mean is another. */
static void
build_columns (DpopImportColumns *self, const DpopImportSight *sight)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (self->columns)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->columns), row);
  g_array_set_size (self->choices, 0);
  for (guint i = 0; i < sight->columns->len; i++)
    add_column (self, i, &g_array_index (sight->columns, DpopImportColumn, i));
}

static gboolean
are_the_same (DpopImportColumns *self, const DpopImportSight *sight)
{
  GtkWidget *row = gtk_widget_get_first_child (self->columns);

  if (self->choices->len != sight->columns->len)
    return FALSE;
  for (guint i = 0; i < sight->columns->len; i++, row = gtk_widget_get_next_sibling (row))
    {
      const DpopImportColumn *column = &g_array_index (sight->columns, DpopImportColumn, i);
      GtkWidget *heading
          = gtk_widget_get_first_child (gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (row)));
      GtkWidget *samples = gtk_widget_get_next_sibling (heading);

      if (g_strcmp0 (gtk_label_get_label (GTK_LABEL (heading)), column->heading) != 0
          || g_strcmp0 (gtk_label_get_label (GTK_LABEL (samples)), column->samples) != 0)
        return FALSE;
    }
  return TRUE;
}

static void
show (DpopImportColumns *self)
{
  const DpopImportSight *sight = dpop_import_table_get_sight (self->table);
  g_autofree char *facts = NULL;

  if (sight == NULL)
    return;
  facts = facts_words (&sight->facts);
  self->filling = TRUE;
  gtk_label_set_label (GTK_LABEL (self->facts), facts);
  gtk_widget_set_visible (self->guessed, sight->name_guessed);
  if (!are_the_same (self, sight))
    build_columns (self, sight);
  for (guint i = 0; i < self->choices->len; i++)
    gtk_drop_down_set_selected (g_array_index (self->choices, GtkDropDown *, i),
                                g_array_index (sight->columns, DpopImportColumn, i).field);
  gtk_drop_down_set_selected (self->separator, separator_place (sight->facts.separator));
  gtk_drop_down_set_selected (self->encoding, encoding_place (sight->facts.text.encoding));
  gtk_drop_down_set_selected (self->header, sight->facts.header ? 0 : 1);
  gtk_drop_down_set_selected (self->dates, sight->dates);
  self->filling = FALSE;
}

/* --- The widget. ----------------------------------------------------------------------------- */

static GListModel *
new_separators (void)
{
  GtkStringList *words = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (separators); i++)
    gtk_string_list_append (words, _(separators[i].name));
  return G_LIST_MODEL (words);
}

static GListModel *
new_encodings (void)
{
  GtkStringList *words = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (encodings); i++)
    gtk_string_list_append (words, _(encodings[i].name));
  return G_LIST_MODEL (words);
}

static GListModel *
new_words (const char *const *strings)
{
  GtkStringList *words = gtk_string_list_new (NULL);

  for (; *strings != NULL; strings++)
    gtk_string_list_append (words, _(*strings));
  return G_LIST_MODEL (words);
}

static GtkDropDown *
add_reading (DpopImportColumns *self, const char *title, GListModel *model)
{
  GtkDropDown *choice = add_choice (self->reading, title, NULL, title, model);

  g_signal_connect_object (choice, "notify::selected", G_CALLBACK (on_reading), self, 0);
  return choice;
}

static void
build_reading (DpopImportColumns *self)
{
  static const char *const headers[]
      = { N_("The headings"), N_("A member already"), NULL };
  static const char *const dates[]
      = { N_("As most of them show"), N_("The day first"), N_("The month first"), NULL };

  self->filling = TRUE;
  self->separator = add_reading (self, _("The fields are separated by"), new_separators ());
  self->encoding = add_reading (self, _("The letters are written as"), new_encodings ());
  self->header = add_reading (self, _("The first line is"), new_words (headers));
  self->dates = add_reading (self, _("In dates like 3/5/1984 stands"), new_words (dates));
  self->filling = FALSE;
}

static GtkWidget *
new_list (const char *name)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return list;
}

static void
dpop_import_columns_dispose (GObject *object)
{
  g_clear_object (&DPOP_IMPORT_COLUMNS (object)->table);
  G_OBJECT_CLASS (dpop_import_columns_parent_class)->dispose (object);
}

static void
dpop_import_columns_finalize (GObject *object)
{
  DpopImportColumns *self = DPOP_IMPORT_COLUMNS (object);

  g_object_unref (self->meanings);
  g_array_unref (self->choices);
  G_OBJECT_CLASS (dpop_import_columns_parent_class)->finalize (object);
}

static void
dpop_import_columns_class_init (DpopImportColumnsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dpop_import_columns_dispose;
  G_OBJECT_CLASS (klass)->finalize = dpop_import_columns_finalize;
  signals[FAILED] = g_signal_new ("failed", DPOP_TYPE_IMPORT_COLUMNS, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
dpop_import_columns_init (DpopImportColumns *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *again = dpop_wrapping_label_new (
      _("Each of these reads the file anew: what was said or mended before is forgotten."),
      "dim-label");

  self->choices = g_array_new (FALSE, FALSE, sizeof (GtkDropDown *));
  self->meanings = gtk_string_list_new (NULL);
  for (guint field = 0; field <= DPOP_EDGE_ROLL_IGNORED; field++)
    gtk_string_list_append (self->meanings,
                            field == DPOP_EDGE_ROLL_IGNORED
                                ? _("Not used")
                                : dpop_edge_roll_field_title ((DpopEdgeRollField) field));
  self->facts = dpop_wrapping_label_new (NULL, "dim-label");
  self->guessed = dpop_wrapping_label_new (
      _("No heading says which column is the name. One was taken for it: look whether it is the "
        "right one."),
      "warning");
  self->columns = new_list (_("Columns"));
  self->reading = new_list (_("How the file is read"));
  gtk_box_append (GTK_BOX (box),
                  dpop_wrapping_label_new (_("What does each column say?"), "title-1"));
  gtk_box_append (GTK_BOX (box), self->facts);
  gtk_box_append (GTK_BOX (box), self->guessed);
  gtk_box_append (GTK_BOX (box), self->columns);
  gtk_box_append (GTK_BOX (box), dpop_wrapping_label_new (_("How the file is read"), "title-4"));
  gtk_box_append (GTK_BOX (box), again);
  gtk_box_append (GTK_BOX (box), self->reading);
  adw_bin_set_child (ADW_BIN (self), box);
  build_reading (self);
}

GtkWidget *
dpop_import_columns_new (DpopImportTable *table)
{
  DpopImportColumns *self = g_object_new (DPOP_TYPE_IMPORT_COLUMNS, NULL);

  self->table = g_object_ref (table);
  g_signal_connect_object (table, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  show (self);
  return GTK_WIDGET (self);
}
