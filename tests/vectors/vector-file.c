/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vector-file.h"

struct _VectorFile
{
  char *name;
  GString *text;
  gboolean first; /* vector */
};

VectorFile *
vector_file_new (const char *name)
{
  VectorFile *self = g_new0 (VectorFile, 1);

  self->name = g_strdup (name);
  self->text = g_string_new ("[");
  self->first = TRUE;
  return self;
}

void
vector_file_begin (VectorFile *self, const char *name)
{
  g_string_append (self->text, self->first ? "\n{\n" : "\n},\n{\n");
  g_string_append_printf (self->text, "\"name\": \"%s\"", name);
  self->first = FALSE;
}

static void
begin_field (VectorFile *self, const char *field)
{
  g_string_append_printf (self->text, ",\n\"%s\": ", field);
}

static void
append_hex (GString *text, gconstpointer bytes, gsize size)
{
  const guint8 *at = bytes;

  g_string_append_c (text, '"');
  for (gsize i = 0; i < size; i++)
    g_string_append_printf (text, "%02x", at[i]);
  g_string_append_c (text, '"');
}

static void
append_text (GString *text, const char *plain)
{
  for (const char *at = plain; *at != '\0'; at++)
    g_assert_true (g_ascii_isprint (*at) && *at != '"' && *at != '\\');
  g_string_append_printf (text, "\"%s\"", plain);
}

void
vector_file_text (VectorFile *self, const char *field, const char *text)
{
  begin_field (self, field);
  append_text (self->text, text);
}

void
vector_file_number (VectorFile *self, const char *field, guint64 number)
{
  begin_field (self, field);
  g_string_append_printf (self->text, "%" G_GUINT64_FORMAT, number);
}

void
vector_file_flag (VectorFile *self, const char *field, gboolean flag)
{
  begin_field (self, field);
  g_string_append (self->text, flag ? "true" : "false");
}

void
vector_file_bytes (VectorFile *self, const char *field, gconstpointer bytes, gsize size)
{
  begin_field (self, field);
  append_hex (self->text, bytes, size);
}

void
vector_file_blob (VectorFile *self, const char *field, GBytes *bytes)
{
  vector_file_bytes (self, field, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

void
vector_file_id (VectorFile *self, const char *field, const CosmicId *id)
{
  vector_file_bytes (self, field, id->bytes, COSMIC_ID_SIZE);
}

static void
append_basic (GString *text, GVariant *value)
{
  switch (g_variant_classify (value))
    {
    case G_VARIANT_CLASS_STRING:
      append_text (text, g_variant_get_string (value, NULL));
      break;
    case G_VARIANT_CLASS_BOOLEAN:
      g_string_append (text, g_variant_get_boolean (value) ? "true" : "false");
      break;
    default:
      {
        g_autofree char *number = g_variant_print (value, FALSE);

        /* A byte prints in hexadecimal, which JSON does not know. */
        if (g_variant_is_of_type (value, G_VARIANT_TYPE_BYTE))
          g_string_append_printf (text, "%u", g_variant_get_byte (value));
        else
          g_string_append (text, number);
      }
    }
}

static void
append_value (GString *text, GVariant *value)
{
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_BYTESTRING))
    {
      gsize size;
      gconstpointer bytes = g_variant_get_fixed_array (value, &size, 1);

      append_hex (text, bytes, size);
    }
  else if (g_variant_is_container (value))
    {
      g_string_append_c (text, '[');
      for (gsize i = 0; i < g_variant_n_children (value); i++)
        {
          g_autoptr (GVariant) child = g_variant_get_child_value (value, i);

          if (i > 0)
            g_string_append (text, ", ");
          append_value (text, child);
        }
      g_string_append_c (text, ']');
    }
  else
    append_basic (text, value);
}

void
vector_file_variant (VectorFile *self, const char *field, GVariant *value)
{
  g_autoptr (GVariant) sunk = g_variant_ref_sink (value);

  begin_field (self, field);
  append_value (self->text, sunk);
}

static gboolean
add_entry (const CosmicKey *key, GBytes *value, gpointer data)
{
  GVariant *fields[] = { cosmic_codec_new_bytes (key->bytes, key->size),
                         cosmic_codec_new_bytes (g_bytes_get_data (value, NULL),
                                                 g_bytes_get_size (value)) };

  g_variant_builder_add_value (data, g_variant_new_tuple (fields, 2));
  return TRUE;
}

void
vector_file_state (VectorFile *self, const CosmicState *state)
{
  GVariantBuilder entries;
  CosmicId root;

  g_variant_builder_init (&entries, G_VARIANT_TYPE ("a(ayay)"));
  cosmic_state_each (state, (CosmicKey){ .size = 0 }, add_entry, &entries);
  cosmic_state_root (state, &root);
  vector_file_variant (self, "entries", g_variant_builder_end (&entries));
  vector_file_id (self, "root", &root);
}

void
vector_file_value (VectorFile *self, const char *name, const char *what, const char *type,
                   GVariant *value)
{
  g_autoptr (GVariant) sunk = g_variant_ref_sink (value);
  g_autoptr (GBytes) bytes = cosmic_codec_encode (sunk);

  g_assert_cmpstr (g_variant_get_type_string (sunk), ==, type);
  vector_file_begin (self, name);
  vector_file_text (self, "what", what);
  vector_file_text (self, "type", type);
  vector_file_variant (self, "value", sunk);
  vector_file_blob (self, "bytes", bytes);
}

static void
write_file (VectorFile *self, const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  if (!g_file_set_contents (path, self->text->str, (gssize) self->text->len, &error))
    g_error ("%s", error->message);
}

static void
compare_file (VectorFile *self, const char *name)
{
  g_autofree char *path = g_build_filename (VECTORS_FOLDER, name, NULL);
  g_autofree char *kept = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) expected = NULL;
  g_auto (GStrv) found = NULL;
  guint line = 0;

  if (!g_file_get_contents (path, &kept, NULL, &error))
    g_error ("%s", error->message);
  if (strcmp (kept, self->text->str) == 0)
    return;
  expected = g_strsplit (kept, "\n", -1);
  found = g_strsplit (self->text->str, "\n", -1);
  while (expected[line] != NULL && g_strcmp0 (expected[line], found[line]) == 0)
    line++;
  g_error ("%s:%u: the format has changed\n- %.200s\n+ %.200s", name, line + 1,
           expected[line] != NULL ? expected[line] : "", found[line] != NULL ? found[line] : "");
}

void
vector_file_finish (VectorFile *self)
{
  const char *folder = g_getenv ("DPOP_VECTORS_WRITE");
  g_autofree char *name = g_strconcat (self->name, ".json", NULL);

  g_string_append (self->text, self->first ? "]\n" : "\n}\n]\n");
  if (folder != NULL)
    write_file (self, folder, name);
  else
    compare_file (self, name);
  g_string_free (self->text, TRUE);
  g_free (self->name);
  g_free (self);
}
