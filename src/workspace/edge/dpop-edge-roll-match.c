/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-edge-roll-match-private.h"

#include "dpop-edge-name.h"

#include <string.h>

/* The members stand in indexes by what they may be found by. The rows go over them in passes from
 * the strongest tie to the weakest, so that a row that fits a member well comes before one that
 * fits it less well, wherever it stands in the list. A member belongs to one row at most. Members
 * under one key are a chain; of long chains (a hundred people with the office's address) only the
 * first few free ones are looked at, which keeps the whole in proportion. */
#define CHAIN_STEPS 32

typedef enum
{
  BY_ALL, /* everything that the list has */
  BY_NUMBER,
  BY_EMAIL,
  BY_EMAIL_AND_NAME,
  BY_NAME_AND_BIRTH,
  BY_NAME,
  N_INDEXES,
} Index;

/* What somebody is found by, folded; "" is nothing. Rows and members alike. */
typedef struct
{
  char *keys[N_INDEXES]; /* NULL: not to be found that way */
  char *name;
  char *given; /* the given name or the first word */
  const char *email;
  const char *born;
} Ties;

typedef struct
{
  const DpopEdgeRoll *roll;
  const DpopEdgeRollMember *members;
  DpopEdgeRollReviewRow *rows;
  gboolean *mentioned;
  gboolean *taken;
  Ties *of_rows, *of_members;
  GHashTable *heads[N_INDEXES]; /* key → place of the first member + 1 */
  guint *next[N_INDEXES];       /* place → place of the next + 1 */
} Match;

const char *
dpop_edge_roll_member_field (const DpopEdgeRollMember *member, DpopEdgeRollField field)
{
  return member->fields[field] != NULL ? member->fields[field] : "";
}

const char *
dpop_edge_roll_member_extra (const DpopEdgeRollMember *member, const char *heading)
{
  for (const char *const *at = member->extras; at != NULL && *at != NULL; at += 2)
    if (strcmp (at[0], heading) == 0)
      return at[1] != NULL ? at[1] : "";
  return "";
}

char *
dpop_edge_roll_member_name (const DpopEdgeRollMember *member)
{
  const char *full = dpop_edge_roll_member_field (member, DPOP_EDGE_ROLL_FULL_NAME);
  const char *given = dpop_edge_roll_member_field (member, DPOP_EDGE_ROLL_GIVEN_NAME);
  const char *family = dpop_edge_roll_member_field (member, DPOP_EDGE_ROLL_FAMILY_NAME);

  if (*full != '\0')
    return g_strdup (full);
  return g_strconcat (given, *given != '\0' && *family != '\0' ? " " : "", family, NULL);
}

static char *
key_or_null (char *key, gboolean useful)
{
  if (useful)
    return key;
  g_free (key);
  return NULL;
}

static void
tie (Ties *ties, const char *full, const char *given, const char *number, const char *email,
     const char *born)
{
  g_autofree char *folded = g_utf8_casefold (email, -1);
  char *number_key = dpop_edge_name_word_key (number);
  gsize word = strcspn (full, " ");
  g_autofree char *first_word = g_strndup (full, word);

  ties->name = dpop_edge_name_key (full);
  ties->given = dpop_edge_name_key (*given != '\0' ? given : first_word);
  ties->email = email;
  ties->born = born;
  ties->keys[BY_NUMBER] = key_or_null (number_key, *number_key != '\0');
  ties->keys[BY_EMAIL] = key_or_null (g_strdup (folded), *folded != '\0');
  ties->keys[BY_EMAIL_AND_NAME]
      = key_or_null (g_strconcat (folded, " ", ties->name, NULL), *folded != '\0');
  ties->keys[BY_NAME_AND_BIRTH] = key_or_null (g_strconcat (born, " ", ties->name, NULL),
                                               *born != '\0' && *ties->name != '\0');
  ties->keys[BY_NAME] = key_or_null (g_strdup (ties->name), *ties->name != '\0');
}

static void
untie (Ties *ties)
{
  for (guint i = 0; i < N_INDEXES; i++)
    g_free (ties->keys[i]);
  g_free (ties->name);
  g_free (ties->given);
}

/* Everything that the list has columns for, one text of it all. */
static void
append_part (GString *all, const char *text)
{
  g_string_append (all, text);
  g_string_append_c (all, '\x1f');
}

static void
tie_row (const Match *self, guint row)
{
  const DpopEdgeRollRow *one = dpop_edge_roll_row (self->roll, row);
  GString *all = g_string_new (NULL);

  tie (&self->of_rows[row], one->fields[DPOP_EDGE_ROLL_FULL_NAME],
       one->fields[DPOP_EDGE_ROLL_GIVEN_NAME], one->fields[DPOP_EDGE_ROLL_NUMBER],
       one->fields[DPOP_EDGE_ROLL_EMAIL], one->fields[DPOP_EDGE_ROLL_BORN]);
  append_part (all, one->fields[DPOP_EDGE_ROLL_FULL_NAME]);
  for (guint i = 0; i < DPOP_EDGE_ROLL_N_FIELDS; i++)
    if (dpop_edge_roll_column_of (self->roll, i) >= 0)
      append_part (all, one->fields[i]);
  for (guint i = 0; i < dpop_edge_roll_n_extras (self->roll); i++)
    append_part (all, one->extras[i]);
  self->of_rows[row].keys[BY_ALL] = g_string_free (all, FALSE);
}

static void
tie_member (const Match *self, guint place)
{
  const DpopEdgeRollMember *member = &self->members[place];
  g_autofree char *full = dpop_edge_roll_member_name (member);
  GString *all = g_string_new (NULL);

  tie (&self->of_members[place], full,
       dpop_edge_roll_member_field (member, DPOP_EDGE_ROLL_GIVEN_NAME),
       dpop_edge_roll_member_field (member, DPOP_EDGE_ROLL_NUMBER),
       dpop_edge_roll_member_field (member, DPOP_EDGE_ROLL_EMAIL),
       dpop_edge_roll_member_field (member, DPOP_EDGE_ROLL_BORN));
  append_part (all, full);
  for (guint i = 0; i < DPOP_EDGE_ROLL_N_FIELDS; i++)
    if (dpop_edge_roll_column_of (self->roll, i) >= 0)
      append_part (all,
                   i == DPOP_EDGE_ROLL_FULL_NAME ? full : dpop_edge_roll_member_field (member, i));
  for (guint i = 0; i < dpop_edge_roll_n_extras (self->roll); i++)
    append_part (
        all, dpop_edge_roll_member_extra (member, dpop_edge_roll_extra_heading (self->roll, i)));
  self->of_members[place].keys[BY_ALL] = g_string_free (all, FALSE);
}

/* From the last to the first, so that chains run in the members' order. */
static void
build_index (Match *self, Index index, guint n_members)
{
  self->heads[index] = g_hash_table_new (g_str_hash, g_str_equal);
  self->next[index] = g_new0 (guint, n_members);
  for (guint place = n_members; place-- > 0;)
    {
      char *key = self->of_members[place].keys[index];

      if (key == NULL)
        continue;
      self->next[index][place] = GPOINTER_TO_UINT (g_hash_table_lookup (self->heads[index], key));
      g_hash_table_replace (self->heads[index], key, GUINT_TO_POINTER (place + 1));
    }
}

/* The free members under the row's key: the place of the first + 1, or 0. What is taken at the
 * beginning of a chain is cut off for good. */
static guint
first_free (Match *self, Index index, const Ties *row)
{
  guint head, free;

  if (row->keys[index] == NULL)
    return 0;
  head = GPOINTER_TO_UINT (g_hash_table_lookup (self->heads[index], row->keys[index]));
  for (free = head; free > 0 && self->taken[free - 1];)
    free = self->next[index][free - 1];
  if (free > 0 && free != head)
    g_hash_table_replace (self->heads[index], self->of_members[free - 1].keys[index],
                          GUINT_TO_POINTER (free));
  else if (free == 0 && head > 0)
    g_hash_table_remove (self->heads[index], row->keys[index]);
  return free;
}

static guint
next_free (const Match *self, Index index, guint at, guint *steps)
{
  do
    at = ++*steps < CHAIN_STEPS ? self->next[index][at - 1] : 0;
  while (at > 0 && self->taken[at - 1]);
  return at;
}

static void
settle (Match *self, guint row, guint found, DpopEdgeRollMatch match, DpopEdgeRollDoubt doubt)
{
  DpopEdgeRollReviewRow *one = &self->rows[row];

  one->member = (gint) found - 1;
  one->match = match;
  one->doubt = doubt;
  self->mentioned[found - 1] = TRUE;
  self->taken[found - 1] = self->taken[found - 1] || doubt == DPOP_EDGE_ROLL_DOUBT_NONE;
}

/* Is there another free member under the key? None of them is missing then. */
static gboolean
mention_others (Match *self, Index index, guint found)
{
  gboolean several = FALSE;
  guint steps = 0;

  for (guint at = found; (at = next_free (self, index, at, &steps)) > 0; several = TRUE)
    self->mentioned[at - 1] = TRUE;
  return several;
}

static gboolean
same_birth (const Ties *a, const Ties *b)
{
  return *a->born != '\0' && strcmp (a->born, b->born) == 0;
}

static gboolean
other_birth (const Ties *a, const Ties *b)
{
  return *a->born != '\0' && *b->born != '\0' && strcmp (a->born, b->born) != 0;
}

static gboolean
same_email (const Ties *a, const Ties *b)
{
  return a->keys[BY_EMAIL] != NULL && g_strcmp0 (a->keys[BY_EMAIL], b->keys[BY_EMAIL]) == 0;
}

/* Misspelt, or another family name. */
static gboolean
may_be_renamed (const Ties *a, const Ties *b)
{
  return (*a->given != '\0' && strcmp (a->given, b->given) == 0)
         || dpop_edge_name_is_near (a->name, b->name);
}

static gboolean
pass_all (Match *self, guint row, const Ties *ties)
{
  guint found = first_free (self, BY_ALL, ties);

  if (found > 0)
    settle (self, row, found, DPOP_EDGE_ROLL_MATCH_ALL, DPOP_EDGE_ROLL_DOUBT_NONE);
  return found > 0;
}

/* Somebody else whom everything but the number points to: columns may have slipped. */
static guint
better_than (Match *self, guint found, const Ties *ties)
{
  guint other = first_free (self, BY_EMAIL_AND_NAME, ties);

  if (strcmp (ties->name, self->of_members[found - 1].name) == 0)
    return 0;
  if (other == 0 || other == found)
    other = first_free (self, BY_NAME_AND_BIRTH, ties);
  return other == found ? 0 : other;
}

static gboolean
pass_number (Match *self, guint row, const Ties *ties)
{
  guint found = first_free (self, BY_NUMBER, ties);
  const Ties *member;
  guint other;

  if (found == 0)
    return FALSE;
  member = &self->of_members[found - 1];
  other = better_than (self, found, ties);
  if (other > 0)
    settle (self, row, other,
            same_email (ties, &self->of_members[other - 1]) ? DPOP_EDGE_ROLL_MATCH_EMAIL
                                                            : DPOP_EDGE_ROLL_MATCH_NAME_AND_BIRTH,
            DPOP_EDGE_ROLL_DOUBT_CONFLICT);
  else if (mention_others (self, BY_NUMBER, found))
    settle (self, row, found, DPOP_EDGE_ROLL_MATCH_NUMBER, DPOP_EDGE_ROLL_DOUBT_SEVERAL);
  else if (strcmp (ties->name, member->name) == 0 || same_birth (ties, member)
           || same_email (ties, member) || may_be_renamed (ties, member))
    settle (self, row, found, DPOP_EDGE_ROLL_MATCH_NUMBER, DPOP_EDGE_ROLL_DOUBT_NONE);
  else
    settle (self, row, found, DPOP_EDGE_ROLL_MATCH_NUMBER, DPOP_EDGE_ROLL_DOUBT_OTHER_NAME);
  return TRUE;
}

/* Father and son may share both address and name. */
static gboolean
pass_email_and_name (Match *self, guint row, const Ties *ties)
{
  guint steps = 0;

  for (guint at = first_free (self, BY_EMAIL_AND_NAME, ties); at > 0;
       at = next_free (self, BY_EMAIL_AND_NAME, at, &steps))
    if (!other_birth (ties, &self->of_members[at - 1]))
      {
        settle (self, row, at, DPOP_EDGE_ROLL_MATCH_EMAIL, DPOP_EDGE_ROLL_DOUBT_NONE);
        return TRUE;
      }
  return FALSE;
}

static gboolean
pass_name_and_birth (Match *self, guint row, const Ties *ties)
{
  guint found = first_free (self, BY_NAME_AND_BIRTH, ties);

  if (found == 0)
    return FALSE;
  settle (self, row, found, DPOP_EDGE_ROLL_MATCH_NAME_AND_BIRTH,
          mention_others (self, BY_NAME_AND_BIRTH, found) ? DPOP_EDGE_ROLL_DOUBT_SEVERAL
                                                          : DPOP_EDGE_ROLL_DOUBT_NONE);
  return TRUE;
}

static gboolean
pass_email (Match *self, guint row, const Ties *ties)
{
  guint found = 0, steps = 0;

  for (guint at = first_free (self, BY_EMAIL, ties); at > 0;
       at = next_free (self, BY_EMAIL, at, &steps))
    {
      const Ties *member = &self->of_members[at - 1];

      if (same_birth (ties, member)
          || (!other_birth (ties, member) && may_be_renamed (ties, member)))
        {
          settle (self, row, at, DPOP_EDGE_ROLL_MATCH_EMAIL, DPOP_EDGE_ROLL_DOUBT_NONE);
          return TRUE;
        }
      found = found == 0 ? at : found;
    }
  if (found == 0)
    return FALSE;
  settle (self, row, found, DPOP_EDGE_ROLL_MATCH_EMAIL,
          other_birth (ties, &self->of_members[found - 1]) ? DPOP_EDGE_ROLL_DOUBT_OTHER_BIRTH
                                                           : DPOP_EDGE_ROLL_DOUBT_OTHER_NAME);
  return TRUE;
}

static gboolean
pass_name (Match *self, guint row, const Ties *ties)
{
  guint found = 0, n = 0, steps = 0;

  for (guint at = first_free (self, BY_NAME, ties); at > 0;
       at = next_free (self, BY_NAME, at, &steps))
    if (!other_birth (ties, &self->of_members[at - 1]))
      {
        found = found == 0 ? at : found;
        self->mentioned[at - 1] = TRUE;
        n++;
      }
  if (found == 0)
    return FALSE;
  settle (self, row, found, DPOP_EDGE_ROLL_MATCH_NAME,
          n > 1 ? DPOP_EDGE_ROLL_DOUBT_SEVERAL : DPOP_EDGE_ROLL_DOUBT_NAME_ONLY);
  return TRUE;
}

/* Of whom a red row speaks is not missing. */
static void
mention (Match *self, const Ties *ties)
{
  static const Index indexes[] = { BY_NUMBER, BY_EMAIL_AND_NAME, BY_NAME_AND_BIRTH, BY_NAME };

  for (guint i = 0; i < G_N_ELEMENTS (indexes); i++)
    {
      guint found = first_free (self, indexes[i], ties);

      if (found > 0)
        self->mentioned[found - 1] = TRUE;
    }
}

static void
run_passes (Match *self)
{
  static gboolean (*const passes[]) (Match *, guint, const Ties *)
      = { pass_all, pass_number, pass_email_and_name, pass_name_and_birth, pass_email, pass_name };
  guint n_rows = dpop_edge_roll_n_rows (self->roll);

  for (guint i = 0; i < G_N_ELEMENTS (passes); i++)
    for (guint row = 0; row < n_rows; row++)
      if (self->rows[row].member < 0 && !dpop_edge_roll_row (self->roll, row)->red)
        passes[i](self, row, &self->of_rows[row]);
  for (guint row = 0; row < n_rows; row++)
    if (dpop_edge_roll_row (self->roll, row)->red)
      mention (self, &self->of_rows[row]);
}

void
dpop_edge_roll_match (const DpopEdgeRoll *roll, const DpopEdgeRollMember *members, guint n_members,
                      DpopEdgeRollReviewRow *rows, gboolean *mentioned)
{
  guint n_rows = dpop_edge_roll_n_rows (roll);
  Match self = { .roll = roll, .members = members, .rows = rows, .mentioned = mentioned };

  self.taken = g_new0 (gboolean, n_members);
  self.of_rows = g_new0 (Ties, n_rows);
  self.of_members = g_new0 (Ties, n_members);
  for (guint i = 0; i < n_rows; i++)
    {
      rows[i].member = -1;
      tie_row (&self, i);
    }
  for (guint i = 0; i < n_members; i++)
    tie_member (&self, i);
  for (guint i = 0; i < N_INDEXES; i++)
    build_index (&self, i, n_members);
  run_passes (&self);

  for (guint i = 0; i < N_INDEXES; i++)
    {
      g_hash_table_unref (self.heads[i]);
      g_free (self.next[i]);
    }
  for (guint i = 0; i < n_rows; i++)
    untie (&self.of_rows[i]);
  for (guint i = 0; i < n_members; i++)
    untie (&self.of_members[i]);
  g_free (self.of_rows);
  g_free (self.of_members);
  g_free (self.taken);
}
