/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-command-import-private.h"

#include "dpop-command-details.h"
#include "dpop-command-private.h"
#include "dpop-member-query.h"
#include "dpop-unit.h"

#include <glib/gi18n-lib.h>

static void
person_clear (gpointer data)
{
  DpopCommandImportPerson *person = data;

  dpop_member_details_free (person->details);
  g_free (person->address);
  g_free (person->extras);
}

void
dpop_command_import_free (DpopCommandImport *self)
{
  if (self == NULL)
    return;
  dpop_edge_roll_review_free (self->review);
  dpop_edge_roll_free (self->roll);
  dpop_edge_csv_free (self->csv);
  g_clear_pointer (&self->members, g_array_unref);
  g_clear_pointer (&self->persons, g_array_unref);
  g_clear_pointer (&self->unit_names, g_ptr_array_unref);
  g_clear_pointer (&self->units, g_array_unref);
  g_clear_pointer (&self->mapping, g_array_unref);
  g_clear_pointer (&self->file, g_bytes_unref);
  g_free (self->decisions);
  g_free (self);
}

/* --- Who is there. ---------------------------------------------------------------------------- */

typedef struct
{
  DpopProfile *profile;
  DpopCommandImport *self;
} Gather;

static gboolean
take_unit (const DpopUnit *unit, gpointer data)
{
  const Gather *gather = data;
  g_autoptr (GVariant) personal = dpop_profile_personal (gather->profile, &unit->name,
                                                         DPOP_UNIT_NAME_PERSONAL_TYPE, NULL);
  char *name = personal != NULL ? dpop_unit_name_decode (personal) : NULL;

  if (name == NULL)
    return TRUE;
  g_ptr_array_add (gather->self->unit_names, name);
  g_array_append_val (gather->self->units, unit->id);
  return TRUE;
}

static const char *
unit_name (const DpopCommandImport *self, const DpopMember *member)
{
  for (guint i = 0; member->standing.n_units > 0 && i < self->units->len; i++)
    if (cosmic_id_same (&g_array_index (self->units, CosmicId, i), &member->standing.units[0]))
      return self->unit_names->pdata[i];
  return NULL;
}

static const char *
state_name (DpopMemberState state)
{
  static const DpopEdgeRollState states[] = {
    [DPOP_MEMBER_APPLICANT] = DPOP_EDGE_ROLL_APPLICANT,
    [DPOP_MEMBER_MEMBER] = DPOP_EDGE_ROLL_MEMBER,
    [DPOP_MEMBER_SUSPENDED] = DPOP_EDGE_ROLL_SUSPENDED,
    [DPOP_MEMBER_FORMER] = DPOP_EDGE_ROLL_FORMER,
  };

  return dpop_edge_roll_state_name (states[state]);
}

/* A list's fields and ours. An address has one line in a list. */
static const struct
{
  DpopEdgeRollField column;
  DpopMemberDetailsField field;
} fields[] = {
  { DPOP_EDGE_ROLL_GIVEN_NAME, DPOP_MEMBER_DETAILS_GIVEN_NAME },
  { DPOP_EDGE_ROLL_FAMILY_NAME, DPOP_MEMBER_DETAILS_FAMILY_NAME },
  { DPOP_EDGE_ROLL_FULL_NAME, DPOP_MEMBER_DETAILS_NAME },
  { DPOP_EDGE_ROLL_EMAIL, DPOP_MEMBER_DETAILS_EMAIL },
  { DPOP_EDGE_ROLL_PHONE, DPOP_MEMBER_DETAILS_PHONE },
  { DPOP_EDGE_ROLL_POSTCODE, DPOP_MEMBER_DETAILS_POSTCODE },
  { DPOP_EDGE_ROLL_CITY, DPOP_MEMBER_DETAILS_CITY },
  { DPOP_EDGE_ROLL_COUNTRY, DPOP_MEMBER_DETAILS_COUNTRY },
  { DPOP_EDGE_ROLL_BORN, DPOP_MEMBER_DETAILS_BORN },
  { DPOP_EDGE_ROLL_JOINED, DPOP_MEMBER_DETAILS_JOINED },
  { DPOP_EDGE_ROLL_NUMBER, DPOP_MEMBER_DETAILS_NUMBER },
  { DPOP_EDGE_ROLL_NOTE, DPOP_MEMBER_DETAILS_NOTE },
};

static const char **
list_extras (const DpopMemberDetails *details)
{
  const char **extras = g_new0 (const char *, 2 * (gsize) details->n_extras + 1);

  for (guint i = 0; i < details->n_extras; i++)
    {
      extras[2 * i] = details->extras[i].heading;
      extras[2 * i + 1] = details->extras[i].text;
    }
  return extras;
}

static void
show_details (DpopCommandImportPerson *person, DpopEdgeRollMember *shown)
{
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    shown->fields[fields[i].column] = dpop_member_details_get (person->details, fields[i].field);
  if (person->details->address != NULL)
    person->address = g_strjoinv (", ", person->details->address);
  shown->fields[DPOP_EDGE_ROLL_STREET] = person->address;
  person->extras = list_extras (person->details);
  shown->extras = person->extras;
}

static gboolean
take_member (const DpopMember *member, gpointer data)
{
  const Gather *gather = data;
  DpopCommandImport *self = gather->self;
  DpopCommandImportPerson person = { .id = member->id };
  DpopEdgeRollMember shown = { 0 };

  G_STATIC_ASSERT (sizeof shown.id == COSMIC_ID_SIZE);
  memcpy (shown.id, member->id.bytes, COSMIC_ID_SIZE);
  person.details = dpop_command_details_read (gather->profile, &member->details);
  if (person.details != NULL)
    show_details (&person, &shown);
  else
    self->n_unreadable++;
  shown.fields[DPOP_EDGE_ROLL_UNIT] = unit_name (self, member);
  shown.fields[DPOP_EDGE_ROLL_STATE] = state_name (member->standing.state);
  g_array_append_val (self->persons, person);
  g_array_append_val (self->members, shown);
  return TRUE;
}

static gboolean
gather_members (DpopCommandImport *self, DpopProfile *profile, GError **error)
{
  const CosmicState *authority = dpop_profile_state (profile, NULL, error);
  Gather gather = { profile, self };

  self->unit_names = g_ptr_array_new_with_free_func (g_free);
  self->units = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  self->persons = g_array_new (FALSE, FALSE, sizeof (DpopCommandImportPerson));
  g_array_set_clear_func (self->persons, person_clear);
  self->members = g_array_new (FALSE, FALSE, sizeof (DpopEdgeRollMember));
  if (authority == NULL)
    return FALSE;
  dpop_unit_each (authority, take_unit, &gather);
  g_ptr_array_add (self->unit_names, NULL);
  dpop_member_query_each (authority, take_member, &gather);
  return TRUE;
}

/* --- The file. -------------------------------------------------------------------------------- */

static void
take_options (DpopCommandImport *self, const DpopCommandImportOptions *options)
{
  if (options->csv != NULL)
    self->csv_options = *options->csv;
  if (options->roll != NULL)
    self->roll_options = *options->roll;
  if (options->review != NULL)
    self->review_options = *options->review;
  self->mapping = g_array_new (FALSE, FALSE, sizeof (DpopEdgeRollField));
  if (self->roll_options.mapping != NULL)
    g_array_append_vals (self->mapping, self->roll_options.mapping, self->roll_options.n_mapping);
  self->roll_options.units = (const char *const *) self->unit_names->pdata;
}

/* CSV under MAPPING; both stay the caller's. */
static DpopEdgeRoll *
read_roll (const DpopCommandImport *self, const DpopEdgeCsv *csv, const GArray *mapping,
           GError **error)
{
  DpopEdgeRollOptions options = self->roll_options;

  options.mapping = mapping->len > 0 ? (const DpopEdgeRollField *) (gpointer) mapping->data : NULL;
  options.n_mapping = mapping->len;
  return dpop_edge_roll_read (csv, &options, error);
}

/* Takes ROLL, and makes the review anew. */
static void
take_roll (DpopCommandImport *self, DpopEdgeRoll *roll)
{
  g_clear_pointer (&self->review, dpop_edge_roll_review_free);
  g_clear_pointer (&self->roll, dpop_edge_roll_free);
  self->roll = roll;
  self->review = dpop_edge_roll_review_new (roll, (gpointer) self->members->data,
                                            self->members->len, &self->review_options);
}

static DpopEdgeCsv *
parse (const DpopCommandImport *self, const DpopEdgeCsvOptions *options, GError **error)
{
  gsize size;
  gconstpointer bytes = g_bytes_get_data (self->file, &size);

  return dpop_edge_csv_parse (bytes, size, options, error);
}

/* Takes CSV. */
static gboolean
take_csv (DpopCommandImport *self, DpopEdgeCsv *csv, GError **error)
{
  DpopEdgeRoll *roll = read_roll (self, csv, self->mapping, error);

  if (roll == NULL)
    {
      dpop_edge_csv_free (csv);
      return FALSE;
    }
  take_roll (self, roll);
  dpop_edge_csv_free (self->csv);
  self->csv = csv;
  g_free (self->decisions);
  self->decisions = g_new0 (guint8, dpop_edge_csv_n_rows (csv) + 1);
  return TRUE;
}

DpopCommandImport *
dpop_command_import_new (DpopProfile *profile, GBytes *file,
                         const DpopCommandImportOptions *given, GError **error)
{
  const DpopCommandImportOptions options
      = given != NULL ? *given : (DpopCommandImportOptions){ NULL, NULL, NULL };
  g_autoptr (DpopCommandImport) self = g_new0 (DpopCommandImport, 1);
  DpopEdgeCsv *csv;
  CosmicId own;

  if (!dpop_profile_own_member (profile, &own, error) || !gather_members (self, profile, error))
    return NULL;
  self->file = g_bytes_ref (file);
  take_options (self, &options);
  csv = parse (self, &self->csv_options, error);
  return csv != NULL && take_csv (self, csv, error) ? g_steal_pointer (&self) : NULL;
}

/* --- Mending it. ------------------------------------------------------------------------------ */

gboolean
dpop_command_import_mend (DpopCommandImport *self, guint row, guint column, const char *text,
                          GError **error)
{
  g_autofree char *before = NULL;
  DpopEdgeRoll *roll;
  guint table_row;

  g_return_val_if_fail (row < dpop_edge_roll_n_rows (self->roll)
                            && column < dpop_edge_csv_n_columns (self->csv),
                        FALSE);
  table_row = dpop_edge_roll_row (self->roll, row)->table_row;
  before = g_strdup (dpop_edge_csv_field (self->csv, table_row, column));
  if (!dpop_edge_csv_mend (self->csv, table_row, column, text))
    {
      g_set_error_literal (error, DPOP_EDGE_ERROR, DPOP_EDGE_ERROR_TOO_LARGE,
                           _("This is too long for a list of members. Shorten it."));
      return FALSE;
    }
  roll = read_roll (self, self->csv, self->mapping, error);
  if (roll != NULL)
    take_roll (self, roll);
  else
    dpop_edge_csv_mend (self->csv, table_row, column, before);
  return roll != NULL;
}

/* One column a field: another that a person had said to be FIELD is not any more. */
static GArray *
map_column (const DpopCommandImport *self, guint column, DpopEdgeRollField field)
{
  const DpopEdgeRollField by_heading = DPOP_EDGE_ROLL_BY_HEADING;
  GArray *mapping = g_array_new (FALSE, FALSE, sizeof (DpopEdgeRollField));

  g_array_append_vals (mapping, self->mapping->data, self->mapping->len);
  while (mapping->len <= column)
    g_array_append_val (mapping, by_heading);
  for (guint i = 0; i < mapping->len; i++)
    if (field < DPOP_EDGE_ROLL_N_FIELDS
        && g_array_index (mapping, DpopEdgeRollField, i) == field)
      g_array_index (mapping, DpopEdgeRollField, i) = DPOP_EDGE_ROLL_EXTRA;
  g_array_index (mapping, DpopEdgeRollField, column) = field;
  return mapping;
}

gboolean
dpop_command_import_map (DpopCommandImport *self, guint column, DpopEdgeRollField field,
                         GError **error)
{
  g_autoptr (GArray) mapping = NULL;
  DpopEdgeRoll *roll;

  g_return_val_if_fail (column < dpop_edge_csv_n_columns (self->csv), FALSE);
  mapping = map_column (self, column, field);
  roll = read_roll (self, self->csv, mapping, error);
  if (roll == NULL)
    return FALSE;
  take_roll (self, roll);
  g_array_unref (self->mapping);
  self->mapping = g_steal_pointer (&mapping);
  return TRUE;
}

gboolean
dpop_command_import_read (DpopCommandImport *self, const DpopEdgeCsvOptions *options,
                          GError **error)
{
  DpopEdgeCsv *csv = parse (self, options, error);
  GArray *before = self->mapping;

  if (csv == NULL)
    return FALSE;
  self->mapping = g_array_new (FALSE, FALSE, sizeof (DpopEdgeRollField));
  if (take_csv (self, csv, error))
    {
      self->csv_options = *options;
      g_array_unref (before);
      return TRUE;
    }
  g_array_unref (self->mapping);
  self->mapping = before;
  return FALSE;
}

const DpopEdgeCsv *
dpop_command_import_csv (const DpopCommandImport *self)
{
  return self->csv;
}

const DpopEdgeRoll *
dpop_command_import_roll (const DpopCommandImport *self)
{
  return self->roll;
}

const DpopEdgeRollReview *
dpop_command_import_review (const DpopCommandImport *self)
{
  return self->review;
}

const CosmicId *
dpop_command_import_member (const DpopCommandImport *self, guint place)
{
  g_return_val_if_fail (place < self->persons->len, &cosmic_id_zero);
  return &g_array_index (self->persons, DpopCommandImportPerson, place).id;
}

guint
dpop_command_import_n_unreadable (const DpopCommandImport *self)
{
  return self->n_unreadable;
}

/* --- What becomes of a row. ------------------------------------------------------------------- */

void
dpop_command_import_decide (DpopCommandImport *self, guint row, DpopCommandImportDecision decision)
{
  g_return_if_fail (row < dpop_edge_roll_n_rows (self->roll));
  self->decisions[dpop_edge_roll_row (self->roll, row)->table_row] = (guint8) decision;
}

static void
set_address (DpopMemberDetails *details, const char *line)
{
  g_strfreev (details->address);
  details->address = *line != '\0' ? g_strdupv ((char *[]){ (char *) line, NULL }) : NULL;
}

static void
set_extra (DpopMemberDetails *details, const char *heading, const char *text)
{
  for (guint i = 0; i < details->n_extras; i++)
    if (g_strcmp0 (details->extras[i].heading, heading) == 0)
      {
        g_free (details->extras[i].text);
        details->extras[i].text = g_strdup (text);
        return;
      }
  dpop_member_details_add_extra (details, heading, text);
}

static void
set_field (DpopMemberDetails *details, DpopEdgeRollField column, const char *text)
{
  if (column == DPOP_EDGE_ROLL_STREET)
    set_address (details, text);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (fields[i].column == column)
      dpop_member_details_set (details, fields[i].field, text);
}

static DpopMemberDetails *
new_details (const DpopCommandImport *self, guint row)
{
  const DpopEdgeRollRow *read = dpop_edge_roll_row (self->roll, row);
  DpopMemberDetails *details = dpop_member_details_new ();

  for (guint column = 0; column < DPOP_EDGE_ROLL_N_FIELDS; column++)
    set_field (details, column, read->fields[column]);
  for (guint i = 0; i < dpop_edge_roll_n_extras (self->roll); i++)
    if (*read->extras[i] != '\0')
      dpop_member_details_add_extra (details, dpop_edge_roll_extra_heading (self->roll, i),
                                     read->extras[i]);
  return details;
}

static DpopMemberDetails *
changed_details (const DpopCommandImport *self, guint row, const DpopMemberDetails *old)
{
  const DpopEdgeRollReviewRow *reviewed = dpop_edge_roll_review_row (self->review, row);
  g_autoptr (GVariant) encoded = g_variant_ref_sink (dpop_member_details_encode (old));
  DpopMemberDetails *details = dpop_member_details_decode (encoded);

  for (guint i = 0; reviewed->changes != NULL && i < reviewed->changes->len; i++)
    {
      const DpopEdgeRollChange *change = &g_array_index (reviewed->changes, DpopEdgeRollChange, i);

      if (change->field == DPOP_EDGE_ROLL_EXTRA)
        set_extra (details, dpop_edge_roll_extra_heading (self->roll, change->extra),
                   change->new_text);
      else
        set_field (details, change->field, change->new_text);
    }
  return details;
}

DpopMemberDetails *
dpop_command_import_details (const DpopCommandImport *self, guint row,
                             const DpopMemberDetails *old)
{
  return old != NULL ? changed_details (self, row, old) : new_details (self, row);
}

static DpopCommandImportAction
reviewed_action (const DpopCommandImport *self, guint row)
{
  const DpopEdgeRollReviewRow *reviewed = dpop_edge_roll_review_row (self->review, row);
  DpopCommandImportDecision decision
      = self->decisions[dpop_edge_roll_row (self->roll, row)->table_row];
  gboolean possible = reviewed->status == DPOP_EDGE_ROLL_REVIEW_POSSIBLE;

  if (decision == DPOP_COMMAND_IMPORT_LEAVE_OUT || reviewed->status == DPOP_EDGE_ROLL_REVIEW_RED
      || (possible && decision == DPOP_COMMAND_IMPORT_AS_REVIEWED))
    return DPOP_COMMAND_IMPORT_IS_LEFT;
  if (reviewed->status == DPOP_EDGE_ROLL_REVIEW_NEW
      || (possible && (decision == DPOP_COMMAND_IMPORT_NEW || reviewed->member < 0)))
    return dpop_edge_roll_row (self->roll, row)->state == DPOP_EDGE_ROLL_FORMER
               ? DPOP_COMMAND_IMPORT_IS_LEFT
               : DPOP_COMMAND_IMPORT_ADDS;
  return reviewed->changes != NULL && reviewed->changes->len > 0 ? DPOP_COMMAND_IMPORT_CHANGES
                                                                 : DPOP_COMMAND_IMPORT_KEEPS;
}

DpopCommandImportAction
dpop_command_import_action (const DpopCommandImport *self, guint row)
{
  DpopCommandImportAction action = reviewed_action (self, row);
  const DpopEdgeRollReviewRow *reviewed = dpop_edge_roll_review_row (self->review, row);
  g_autoptr (DpopMemberDetails) details = NULL;
  const DpopMemberDetails *old = NULL;

  if (action == DPOP_COMMAND_IMPORT_KEEPS || action == DPOP_COMMAND_IMPORT_IS_LEFT)
    return action;
  if (action == DPOP_COMMAND_IMPORT_CHANGES)
    old = g_array_index (self->persons, DpopCommandImportPerson, reviewed->member).details;
  details = dpop_command_import_details (self, row, old);
  return dpop_member_details_fits (details, NULL) ? action : DPOP_COMMAND_IMPORT_IS_LEFT;
}
