/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-particulars-form.h"

#include "dpop-spoken-name.h"

#include <glib/gi18n-lib.h>

struct _DpopParticularsForm
{
  AdwBin parent_instance;

  GtkWidget *rows[DPOP_MEMBER_DETAILS_N_TEXTS]; /* the note's is a text */
  GtkWidget *address;
  GtkWidget *more;    /* the row that unfolds FURTHER; NULL: nothing is folded away */
  GtkWidget *further;
  GtkWidget *extras; /* the group of further fields */
  GPtrArray *extra_rows;
  DpopMemberDetails *given; /* what it began with; never NULL */
  gboolean brief;
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (DpopParticularsForm, dpop_particulars_form, ADW_TYPE_BIN)

enum
{
  CHANGED,
  ACTIVATE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const struct
{
  DpopMemberDetailsField field;
  const char *title;
  gboolean first; /* asked for in any case */
} asked[] = {
  { DPOP_MEMBER_DETAILS_NAME, N_("Name"), TRUE },
  { DPOP_MEMBER_DETAILS_EMAIL, N_("E-mail"), TRUE },
  { DPOP_MEMBER_DETAILS_PHONE, N_("Telephone"), FALSE },
  { DPOP_MEMBER_DETAILS_ADDRESS, N_("Street and house number"), FALSE },
  { DPOP_MEMBER_DETAILS_POSTCODE, N_("Postcode"), FALSE },
  { DPOP_MEMBER_DETAILS_CITY, N_("City"), FALSE },
  { DPOP_MEMBER_DETAILS_COUNTRY, N_("Country"), FALSE },
  { DPOP_MEMBER_DETAILS_BORN, N_("Born, as 1984-02-29"), FALSE },
  { DPOP_MEMBER_DETAILS_JOINED, N_("Joined, as 2026-05-03"), FALSE },
  { DPOP_MEMBER_DETAILS_NUMBER, N_("Member number"), FALSE },
  { DPOP_MEMBER_DETAILS_GIVEN_NAME, N_("Given name"), FALSE },
  { DPOP_MEMBER_DETAILS_FAMILY_NAME, N_("Family name"), FALSE },
};

/* --- Lines. ---------------------------------------------------------------------------------- */

static void
on_typed (GtkEditable *row, DpopParticularsForm *self)
{
  if (!self->filling)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_activated (GtkWidget *row, DpopParticularsForm *self)
{
  g_signal_emit (self, signals[ACTIVATE], 0);
}

static GtkWidget *
new_line (DpopParticularsForm *self, const char *title)
{
  GtkWidget *row = adw_entry_row_new ();

  dpop_spoken_name_entry_row (ADW_ENTRY_ROW (row));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_editable_get_delegate (GTK_EDITABLE (row))),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_signal_connect_object (row, "changed", G_CALLBACK (on_typed), self, 0);
  g_signal_connect_object (row, "entry-activated", G_CALLBACK (on_activated), self, 0);
  return row;
}

static GtkWidget **
place_of (DpopParticularsForm *self, DpopMemberDetailsField field)
{
  return field == DPOP_MEMBER_DETAILS_ADDRESS ? &self->address : &self->rows[field];
}

static void
on_note_typed (GtkTextBuffer *note, DpopParticularsForm *self)
{
  on_typed (NULL, self);
}

static GtkWidget *
new_note (DpopParticularsForm *self)
{
  GtkWidget *row = adw_preferences_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *title = gtk_label_new (_("Note"));
  GtkWidget *text = gtk_text_view_new ();

  gtk_widget_add_css_class (title, "caption");
  gtk_widget_add_css_class (title, "dim-label");
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (text), FALSE);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (text), GTK_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (text, "inline-text");
  gtk_widget_set_size_request (text, -1, 60);
  gtk_accessible_update_property (GTK_ACCESSIBLE (text), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Note"),
                                  -1);
  g_signal_connect_object (gtk_text_view_get_buffer (GTK_TEXT_VIEW (text)), "changed",
                           G_CALLBACK (on_note_typed), self, 0);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), text);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_widget_set_focusable (row, FALSE);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Note"),
                                  -1);
  self->rows[DPOP_MEMBER_DETAILS_NOTE] = text;
  return row;
}

/* --- What is folded away. -------------------------------------------------------------------- */

static void
unfold (DpopParticularsForm *self)
{
  if (self->more == NULL)
    return;
  gtk_widget_set_visible (self->more, FALSE);
  gtk_widget_set_visible (self->further, TRUE);
}

static void
on_more (AdwActionRow *row, DpopParticularsForm *self)
{
  unfold (self);
  gtk_widget_child_focus (self->further, GTK_DIR_TAB_FORWARD);
}

static GtkWidget *
new_more (DpopParticularsForm *self)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *arrow = gtk_image_new_from_icon_name ("pan-down-symbolic");

  gtk_accessible_update_state (GTK_ACCESSIBLE (arrow), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Further particulars"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), arrow);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_signal_connect_object (row, "activated", G_CALLBACK (on_more), self, 0);
  return row;
}

/* --- Putting in and taking out. -------------------------------------------------------------- */

static void
put (DpopParticularsForm *self, DpopMemberDetailsField field, const char *text)
{
  if (field == DPOP_MEMBER_DETAILS_NOTE)
    gtk_text_buffer_set_text (
        gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->rows[DPOP_MEMBER_DETAILS_NOTE])), text, -1);
  else
    gtk_editable_set_text (GTK_EDITABLE (*place_of (self, field)), text);
}

static char *
take (DpopParticularsForm *self, DpopMemberDetailsField field)
{
  GtkTextBuffer *note;
  GtkTextIter start, end;

  if (field != DPOP_MEMBER_DETAILS_NOTE)
    return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (*place_of (self, field)))));
  note = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->rows[DPOP_MEMBER_DETAILS_NOTE]));
  gtk_text_buffer_get_bounds (note, &start, &end);
  return g_strchomp (gtk_text_buffer_get_text (note, &start, &end, FALSE));
}

static char *
address_text (const DpopMemberDetails *details)
{
  return details->address != NULL ? g_strjoinv (", ", details->address) : g_strdup ("");
}

/* One line here, parted by commas where it has several; as it was unless it was changed. */
static void
take_address (DpopParticularsForm *self, DpopMemberDetails *details)
{
  g_autofree char *typed = take (self, DPOP_MEMBER_DETAILS_ADDRESS);
  g_autofree char *before = address_text (self->given);

  if (g_strcmp0 (typed, before) == 0)
    details->address = g_strdupv (self->given->address);
  else if (*typed != '\0')
    {
      details->address = g_strsplit (typed, ",", DPOP_MEMBER_DETAILS_LINES_MAX);
      for (guint i = 0; details->address[i] != NULL; i++)
        g_strstrip (details->address[i]);
    }
}

static void
fill_extras (DpopParticularsForm *self)
{
  for (guint i = 0; i < self->extra_rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self->extras), self->extra_rows->pdata[i]);
  g_ptr_array_set_size (self->extra_rows, 0);
  for (guint i = 0; i < self->given->n_extras; i++)
    {
      GtkWidget *row = new_line (self, self->given->extras[i].heading);

      gtk_editable_set_text (GTK_EDITABLE (row), self->given->extras[i].text);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->extras), row);
      g_ptr_array_add (self->extra_rows, row);
    }
  gtk_widget_set_visible (self->extras, self->given->n_extras > 0);
}

void
dpop_particulars_form_set (DpopParticularsForm *self, const DpopMemberDetails *details)
{
  g_autofree char *address = NULL;

  g_return_if_fail (DPOP_IS_PARTICULARS_FORM (self));
  dpop_member_details_free (self->given);
  self->given = dpop_member_details_new ();
  for (guint i = 0; details != NULL && i < DPOP_MEMBER_DETAILS_N_TEXTS; i++)
    dpop_member_details_set (self->given, i, dpop_member_details_get (details, i));
  if (details != NULL)
    self->given->address = g_strdupv (details->address);
  for (guint i = 0; details != NULL && i < details->n_extras; i++)
    dpop_member_details_add_extra (self->given, details->extras[i].heading,
                                   details->extras[i].text);
  self->filling = TRUE;
  for (guint i = 0; i < DPOP_MEMBER_DETAILS_N_TEXTS; i++)
    put (self, i, dpop_member_details_get (self->given, i));
  address = address_text (self->given);
  put (self, DPOP_MEMBER_DETAILS_ADDRESS, address);
  fill_extras (self);
  self->filling = FALSE;
}

DpopMemberDetails *
dpop_particulars_form_get (DpopParticularsForm *self)
{
  DpopMemberDetails *details = dpop_member_details_new ();

  g_return_val_if_fail (DPOP_IS_PARTICULARS_FORM (self), details);
  for (guint i = 0; i < DPOP_MEMBER_DETAILS_N_TEXTS; i++)
    {
      g_autofree char *text = take (self, i);

      dpop_member_details_set (details, i, text);
    }
  take_address (self, details);
  for (guint i = 0; i < self->extra_rows->len; i++)
    dpop_member_details_add_extra (details, self->given->extras[i].heading,
                                   gtk_editable_get_text (self->extra_rows->pdata[i]));
  return details;
}

gboolean
dpop_particulars_form_is_empty (DpopParticularsForm *self)
{
  for (guint i = 0; i <= DPOP_MEMBER_DETAILS_ADDRESS; i++)
    {
      g_autofree char *text = take (self, i);

      if (*text != '\0')
        return FALSE;
    }
  return TRUE;
}

void
dpop_particulars_form_focus (DpopParticularsForm *self, DpopMemberDetailsField field)
{
  g_return_if_fail (DPOP_IS_PARTICULARS_FORM (self));
  if (field > DPOP_MEMBER_DETAILS_ADDRESS)
    return;
  if (field != DPOP_MEMBER_DETAILS_NAME && field != DPOP_MEMBER_DETAILS_EMAIL)
    unfold (self);
  gtk_widget_grab_focus (*place_of (self, field));
}

/* --- As a text. ------------------------------------------------------------------------------ */

#define TEXT_GROUP "particulars"

char *
dpop_particulars_form_to_text (DpopParticularsForm *self)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();

  if (dpop_particulars_form_is_empty (self))
    return NULL;
  for (guint i = 0; i <= DPOP_MEMBER_DETAILS_ADDRESS; i++)
    {
      g_autofree char *key = g_strdup_printf ("field-%u", i);
      g_autofree char *text = take (self, i);

      if (*text != '\0')
        g_key_file_set_string (file, TEXT_GROUP, key, text);
    }
  return g_key_file_to_data (file, NULL, NULL);
}

void
dpop_particulars_form_from_text (DpopParticularsForm *self, const char *text)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();

  if (!g_key_file_load_from_data (file, text, strlen (text), G_KEY_FILE_NONE, NULL))
    return;
  self->filling = TRUE;
  for (guint i = 0; i <= DPOP_MEMBER_DETAILS_ADDRESS; i++)
    {
      g_autofree char *key = g_strdup_printf ("field-%u", i);
      g_autofree char *kept = g_key_file_get_string (file, TEXT_GROUP, key, NULL);

      if (kept == NULL)
        continue;
      put (self, i, kept);
      if (i != DPOP_MEMBER_DETAILS_NAME && i != DPOP_MEMBER_DETAILS_EMAIL)
        unfold (self);
    }
  self->filling = FALSE;
}

/* --- The widget. ----------------------------------------------------------------------------- */

static void
build (DpopParticularsForm *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *first = adw_preferences_group_new ();

  self->further = adw_preferences_group_new ();
  for (guint i = 0; i < G_N_ELEMENTS (asked); i++)
    {
      GtkWidget *row = new_line (self, _(asked[i].title));

      *place_of (self, asked[i].field) = row;
      adw_preferences_group_add (
          ADW_PREFERENCES_GROUP (asked[i].first ? first : self->further), row);
    }
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->further), new_note (self));
  if (self->brief)
    {
      self->more = new_more (self);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (first), self->more);
      gtk_widget_set_visible (self->further, FALSE);
    }
  self->extras = adw_preferences_group_new ();
  gtk_widget_set_visible (self->extras, FALSE);
  gtk_box_append (GTK_BOX (column), first);
  gtk_box_append (GTK_BOX (column), self->further);
  gtk_box_append (GTK_BOX (column), self->extras);
  adw_bin_set_child (ADW_BIN (self), column);
}

static void
dpop_particulars_form_finalize (GObject *object)
{
  DpopParticularsForm *self = DPOP_PARTICULARS_FORM (object);

  dpop_member_details_free (self->given);
  g_ptr_array_unref (self->extra_rows);
  G_OBJECT_CLASS (dpop_particulars_form_parent_class)->finalize (object);
}

static void
dpop_particulars_form_class_init (DpopParticularsFormClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dpop_particulars_form_finalize;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ACTIVATE] = g_signal_new ("activate", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
dpop_particulars_form_init (DpopParticularsForm *self)
{
  self->given = dpop_member_details_new ();
  self->extra_rows = g_ptr_array_new ();
}

GtkWidget *
dpop_particulars_form_new (gboolean brief)
{
  DpopParticularsForm *self = g_object_new (DPOP_TYPE_PARTICULARS_FORM, NULL);

  self->brief = brief;
  build (self);
  return GTK_WIDGET (self);
}
