/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-edge-charter.h"

#include "dpop-charter-word.h"
#include "dpop-edge-charter-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* From the document to the charter, place by place. Each reader below reads one place into what OUT
 * points to; the reader's pointer is at that place. */
typedef struct
{
  DpopEdgeJson *json;
  DpopCharter *charter;
  DpopCharterNames *names;
} Read;

typedef void (*ReadPlace) (Read *self, JsonNode *node, gpointer out);

/* Reads the member KEY of OBJECT. */
static void
with (Read *self, JsonObject *object, const char *key, gboolean needed, ReadPlace read,
      gpointer out)
{
  JsonNode *node = dpop_edge_json_member (self->json, object, key, needed);
  gsize mark;

  if (node == NULL)
    return;
  mark = dpop_edge_json_enter (self->json, key);
  read (self, node, out);
  dpop_edge_json_leave (self->json, mark);
}

/* Reads every element of NODE, a list; its length. STRIDE is the step of OUT, 0 when all go to the
 * same. */
static guint
each (Read *self, JsonNode *node, guint limit, ReadPlace read, gpointer out, gsize stride)
{
  JsonArray *array = dpop_edge_json_array (self->json, node, limit);
  guint n = array != NULL ? json_array_get_length (array) : 0;

  for (guint i = 0; i < n; i++)
    {
      gsize mark = dpop_edge_json_enter_index (self->json, i);

      read (self, json_array_get_element (array, i),
            stride > 0 ? (guint8 *) out + i * stride : out);
      dpop_edge_json_leave (self->json, mark);
    }
  return n;
}

static void
read_boolean (Read *self, JsonNode *node, gpointer out)
{
  *(gboolean *) out = dpop_edge_json_boolean (self->json, node);
}

static void
read_text (Read *self, JsonNode *node, gpointer out)
{
  const char *text = dpop_edge_json_text (self->json, node);

  if (text != NULL)
    *(const char **) out = text;
}

typedef struct
{
  gint64 least, most, value;
} Integer;

static void
read_integer (Read *self, JsonNode *node, gpointer out)
{
  Integer *integer = out;

  integer->value = dpop_edge_json_integer (self->json, node, integer->least, integer->most);
}

/* The member KEY as a number from 0 to MOST; whether that is one the charter can have is asked of
 * the charter as a whole. */
static gint64
number_of (Read *self, JsonObject *object, const char *key, gboolean needed, gint64 most,
           gint64 missing)
{
  Integer integer = { .least = 0, .most = most, .value = missing };

  with (self, object, key, needed, read_integer, &integer);
  return integer.value;
}

typedef struct
{
  DpopCharterWordKind kind;
  guint number;
} Word;

static void
complain_word (Read *self, DpopCharterWordKind kind, const char *text)
{
  g_autoptr (GPtrArray) allowed = g_ptr_array_new ();

  for (guint i = dpop_charter_word_first (kind); i <= dpop_charter_word_last (kind); i++)
    if (kind != DPOP_CHARTER_WORD_ACTION || i != DPOP_ACTION_MOVE_MEMBER)
      g_ptr_array_add (allowed, (gpointer) dpop_charter_word (kind, i));
  g_ptr_array_add (allowed, NULL);
  dpop_edge_json_complain_word (self->json, text, (const char *const *) allowed->pdata);
}

static void
read_word (Read *self, JsonNode *node, gpointer out)
{
  Word *word = out;
  const char *text = dpop_edge_json_text (self->json, node);
  int number = text != NULL ? dpop_charter_word_number (word->kind, text) : -1;

  if (text == NULL)
    return;
  if (number < 0)
    complain_word (self, word->kind, text);
  else if (word->kind == DPOP_CHARTER_WORD_ACTION && number == DPOP_ACTION_MOVE_MEMBER)
    dpop_edge_json_complain (self->json, _ ("Who changes a member's state stands under /moves."));
  else
    word->number = (guint) number;
}

/* The member KEY as a word of KIND; MISSING where there is none. */
static guint
word_of (Read *self, JsonObject *object, const char *key, gboolean needed, DpopCharterWordKind kind,
         guint missing)
{
  Word word = { .kind = kind, .number = missing };

  with (self, object, key, needed, read_word, &word);
  return word.number;
}

typedef struct
{
  DpopCharterWordKind kind;
  guint64 bits;
} WordSet;

#define NO_WORD 64

static void
read_set_word (Read *self, JsonNode *node, gpointer out)
{
  WordSet *set = out;
  Word word = { .kind = set->kind, .number = NO_WORD };

  read_word (self, node, &word);
  if (word.number == NO_WORD)
    return;
  if ((set->bits & DPOP_CHARTER_BIT (word.number)) != 0)
    dpop_edge_json_complain (self->json, _ ("“%s” stands here twice."),
                             dpop_charter_word (set->kind, word.number));
  set->bits |= DPOP_CHARTER_BIT (word.number);
}

static void
read_set (Read *self, JsonNode *node, gpointer out)
{
  each (self, node, NO_WORD, read_set_word, out, 0);
}

static guint64
set_of (Read *self, JsonObject *object, const char *key, gboolean needed, DpopCharterWordKind kind)
{
  WordSet set = { .kind = kind };

  with (self, object, key, needed, read_set, &set);
  return set.bits;
}

/* Roles by their keys. */
typedef struct
{
  gboolean members; /* whether DPOP_CHARTER_KEY_PLAIN may stand among them */
  guint64 bits;
} RoleSet;

static void
complain_role (Read *self, const char *key, gboolean members)
{
  const GArray *roles = self->names->roles;
  g_autoptr (GPtrArray) allowed = g_ptr_array_new ();

  if (members)
    g_ptr_array_add (allowed, (gpointer) DPOP_CHARTER_KEY_PLAIN);
  for (guint i = 0; i < roles->len; i++)
    g_ptr_array_add (allowed, dpop_charter_names_get (roles, i)->key);
  g_ptr_array_add (allowed, NULL);
  dpop_edge_json_complain_word (self->json, key, (const char *const *) allowed->pdata);
}

static void
read_role_key (Read *self, JsonNode *node, gpointer out)
{
  RoleSet *set = out;
  const char *key = dpop_edge_json_text (self->json, node);
  int role = key != NULL ? dpop_charter_names_find (self->names->roles, key) : -1;

  if (key == NULL)
    return;
  if (set->members && strcmp (key, DPOP_CHARTER_KEY_PLAIN) == 0)
    role = DPOP_CHARTER_PLAIN;
  if (role < 0)
    {
      complain_role (self, key, set->members);
      return;
    }
  if ((set->bits & DPOP_CHARTER_BIT (role)) != 0)
    dpop_edge_json_complain (self->json, _ ("“%s” stands here twice."), key);
  set->bits |= DPOP_CHARTER_BIT (role);
}

static void
read_role_set (Read *self, JsonNode *node, gpointer out)
{
  each (self, node, DPOP_CHARTER_ROLES_MAX + 1, read_role_key, out, 0);
}

static guint64
roles_of (Read *self, JsonObject *object, const char *key, gboolean needed, gboolean members)
{
  RoleSet set = { .members = members };

  with (self, object, key, needed, read_role_set, &set);
  return set.bits;
}

static void
read_duration (Read *self, JsonNode *node, gpointer out)
{
  const char *text = dpop_edge_json_text (self->json, node);

  if (text != NULL && !dpop_edge_charter_parse_duration (text, out))
    dpop_edge_json_complain (
        self->json, _ ("Write a duration here: a whole number and a unit, as in “14 days”. "
                       "Units: milliseconds, seconds, minutes, hours, days, weeks."));
}

static gint64
duration_of (Read *self, JsonObject *object, const char *key, gboolean needed)
{
  gint64 ms = 0;

  with (self, object, key, needed, read_duration, &ms);
  return ms;
}

/* Whole days, or for good. */
static void
read_days (Read *self, JsonNode *node, gpointer out)
{
  const char *text = dpop_edge_json_text (self->json, node);
  gint64 ms = 0;

  if (text == NULL)
    return;
  if (strcmp (text, DPOP_EDGE_CHARTER_FOR_GOOD) == 0)
    *(guint32 *) out = DPOP_CHARTER_FOR_GOOD;
  else if (dpop_edge_charter_parse_duration (text, &ms) && ms % DPOP_EDGE_CHARTER_DAY_MS == 0
           && ms / DPOP_EDGE_CHARTER_DAY_MS < DPOP_CHARTER_FOR_GOOD)
    *(guint32 *) out = (guint32) (ms / DPOP_EDGE_CHARTER_DAY_MS);
  else
    dpop_edge_json_complain (self->json,
                             _ ("Write whole days or weeks here, as in “90 days”, or “for good”."));
}

typedef struct
{
  guint32 num, den;
} Fraction;

static void
read_fraction (Read *self, JsonNode *node, gpointer out)
{
  const char *text = dpop_edge_json_text (self->json, node);
  Fraction *fraction = out;

  if (text != NULL && !dpop_edge_charter_parse_fraction (text, &fraction->num, &fraction->den))
    dpop_edge_json_complain (self->json, _ ("Write a share here: two whole numbers, as in “2/3”."));
}

static void
read_permission (Read *self, JsonNode *node, gpointer out)
{
  static const char *const keys[] = { "reach", "actions", NULL };
  DpopCharterPermissions *permissions = out;
  JsonObject *object = dpop_edge_json_object (self->json, node, keys);
  guint reach = word_of (self, object, "reach", TRUE, DPOP_CHARTER_WORD_REACH, 0);
  guint64 actions = set_of (self, object, "actions", TRUE, DPOP_CHARTER_WORD_ACTION);

  if (reach == 0)
    return;
  if ((permissions->actions[reach] & actions) != 0)
    dpop_edge_json_complain (self->json,
                             _ ("An action stands with the same reach in another entry too."));
  permissions->actions[reach] |= actions;
}

static void
read_permissions (Read *self, JsonNode *node, gpointer out)
{
  each (self, node, 64, read_permission, out, 0);
}

static void
read_members (Read *self, JsonNode *node, gpointer out)
{
  static const char *const keys[] = { "permissions", NULL };
  JsonObject *object = dpop_edge_json_object (self->json, node, keys);

  with (self, object, "permissions", TRUE, read_permissions, &self->charter->plain);
}

/* Key, label and description of NODE into LIST. */
static void
read_name (Read *self, JsonObject *object, GArray *list)
{
  const char *key = "", *label = "", *description = "";

  with (self, object, "key", TRUE, read_text, &key);
  with (self, object, "label", TRUE, read_text, &label);
  with (self, object, "description", FALSE, read_text, &description);
  dpop_charter_names_add (list, key, label, description);
}

#define NAME_KEYS "key", "label", "description"

/* Roles name each other, so their names are read before what they may do. */
static void
read_role_name (Read *self, JsonNode *node, gpointer out)
{
  static const char *const keys[]
      = { NAME_KEYS, "scope", "office", "givenBy", "permissions", NULL };

  read_name (self, dpop_edge_json_object (self->json, node, keys), self->names->roles);
}

static void
read_role (Read *self, JsonNode *node, gpointer out)
{
  DpopCharterRole *role = out;
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

  role->scope = word_of (self, object, "scope", TRUE, DPOP_CHARTER_WORD_SCOPE, DPOP_SCOPE_PARTY);
  with (self, object, "office", FALSE, read_boolean, &role->office);
  role->given_by = roles_of (self, object, "givenBy", FALSE, TRUE);
  with (self, object, "permissions", TRUE, read_permissions, &role->permissions);
}

static void
read_roles (Read *self, JsonNode *node, gpointer out)
{
  self->charter->n_roles = each (self, node, DPOP_CHARTER_ROLES_MAX, read_role_name, NULL, 0);
  if (self->charter->n_roles > 0)
    each (self, node, DPOP_CHARTER_ROLES_MAX, read_role, self->charter->roles,
          sizeof (DpopCharterRole));
}

static void
read_unit_kind (Read *self, JsonNode *node, gpointer out)
{
  static const char *const keys[] = { NAME_KEYS, "newcomersRead", NULL };
  DpopCharterUnitKind *kind = out;
  JsonObject *object = dpop_edge_json_object (self->json, node, keys);

  read_name (self, object, self->names->unit_kinds);
  with (self, object, "newcomersRead", TRUE, read_boolean, &kind->newcomers_read);
}

static void
read_unit_kinds (Read *self, JsonNode *node, gpointer out)
{
  self->charter->n_unit_kinds = each (self, node, DPOP_CHARTER_UNIT_KINDS_MAX, read_unit_kind,
                                      self->charter->unit_kinds, sizeof (DpopCharterUnitKind));
}

static void
read_states (Read *self, JsonNode *node, gpointer out)
{
  static const char *const keys[] = { "applicant", "member", "suspended", "former", NULL };
  JsonObject *object = dpop_edge_json_object (self->json, node, keys);

  for (DpopMemberState state = 1; state <= DPOP_MEMBER_STATE_LAST; state++)
    self->charter->states[state]
        = (guint) set_of (self, object, keys[state - 1], TRUE, DPOP_CHARTER_WORD_STATE_FLAG);
}

static void
read_mover (Read *self, JsonNode *node, gpointer out)
{
  static const char *const keys[] = { "reach", "roles", NULL };
  guint64 *moves = out;
  JsonObject *object = dpop_edge_json_object (self->json, node, keys);
  guint reach = word_of (self, object, "reach", TRUE, DPOP_CHARTER_WORD_REACH, 0);
  guint64 roles = roles_of (self, object, "roles", TRUE, TRUE);

  if (reach == 0)
    return;
  if ((moves[reach] & roles) != 0)
    dpop_edge_json_complain (self->json,
                             _ ("A role stands with the same reach in another entry too."));
  moves[reach] |= roles;
}

static void
read_movers (Read *self, JsonNode *node, gpointer out)
{
  each (self, node, 64, read_mover, out, 0);
}

static void
read_moves_from (Read *self, JsonNode *node, gpointer out)
{
  DpopMemberState from = *(DpopMemberState *) out;
  const char *keys[DPOP_MEMBER_STATE_LAST] = { 0 };
  JsonObject *object;
  guint n = 0;

  for (DpopMemberState to = 1; to <= DPOP_MEMBER_STATE_LAST; to++)
    if (to != from)
      keys[n++] = dpop_charter_word (DPOP_CHARTER_WORD_STATE, to);
  object = dpop_edge_json_object (self->json, node, keys);
  for (guint i = 0; i < n; i++)
    with (self, object, keys[i], FALSE, read_movers,
          self->charter->moves[from][dpop_charter_word_number (DPOP_CHARTER_WORD_STATE, keys[i])]);
}

static void
read_moves (Read *self, JsonNode *node, gpointer out)
{
  static const char *const keys[] = { "applicant", "member", "suspended", "former", NULL };
  JsonObject *object = dpop_edge_json_object (self->json, node, keys);

  for (DpopMemberState from = 1; from <= DPOP_MEMBER_STATE_LAST; from++)
    with (self, object, keys[from - 1], FALSE, read_moves_from, &from);
}

static void
read_witnesses (Read *self, JsonNode *node, gpointer out)
{
  static const char *const keys[] = { "count", "faults", NULL };
  JsonObject *object = dpop_edge_json_object (self->json, node, keys);

  self->charter->witness_count = (guint8) number_of (self, object, "count", TRUE, G_MAXUINT8, 0);
  self->charter->witness_faults = (guint8) number_of (self, object, "faults", TRUE, G_MAXUINT8, 0);
}

static void
read_retention (Read *self, JsonNode *node, gpointer out)
{
  static const char *const keys[] = { "votes", "personal", NULL };
  JsonObject *object = dpop_edge_json_object (self->json, node, keys);

  with (self, object, "votes", TRUE, read_days, &self->charter->keep_votes_days);
  with (self, object, "personal", TRUE, read_days, &self->charter->keep_personal_days);
}

static void
read_recovery (Read *self, JsonNode *node, gpointer out)
{
  static const char *const keys[] = { "officers", "veto", NULL };
  JsonObject *object = dpop_edge_json_object (self->json, node, keys);
  guint32 days = 0;

  self->charter->recovery_officers
      = (guint8) number_of (self, object, "officers", TRUE, G_MAXUINT8, 0);
  with (self, object, "veto", TRUE, read_days, &days);
  self->charter->recovery_veto_days = (guint16) MIN (days, G_MAXUINT16);
}

static void
read_invitations (Read *self, JsonNode *node, gpointer out)
{
  static const char *const keys[] = { "valid", NULL };
  JsonObject *object = dpop_edge_json_object (self->json, node, keys);

  self->charter->invitation_ms = duration_of (self, object, "valid", TRUE);
}

static void
read_majority (Read *self, JsonNode *node, gpointer out)
{
  static const char *const keys[] = { "share", "moreThan", "of", NULL };
  DpopCharterThreshold *majority = out;
  JsonObject *object = dpop_edge_json_object (self->json, node, keys);
  Fraction share = { 0, 1 };

  with (self, object, "share", TRUE, read_fraction, &share);
  majority->num = share.num;
  majority->den = share.den;
  with (self, object, "moreThan", TRUE, read_boolean, &majority->strict);
  majority->base = word_of (self, object, "of", TRUE, DPOP_CHARTER_WORD_BASE, DPOP_BASE_YES_NO);
}

static void
read_quorum (Read *self, JsonNode *node, gpointer out)
{
  static const char *const keys[] = { "share", "moreThan", "atLeast", NULL };
  DpopCharterQuorum *quorum = out;
  JsonObject *object = dpop_edge_json_object (self->json, node, keys);
  Fraction share = { 0, 1 };

  with (self, object, "share", FALSE, read_fraction, &share);
  quorum->num = share.num;
  quorum->den = share.den;
  with (self, object, "moreThan", FALSE, read_boolean, &quorum->strict);
  quorum->minimum = (guint32) number_of (self, object, "atLeast", FALSE, G_MAXUINT32, 0);
}

static void
read_open (Read *self, JsonNode *node, gpointer out)
{
  static const char *const keys[] = { "atLeast", "atMost", NULL };
  DpopCharterRule *rule = out;
  JsonObject *object = dpop_edge_json_object (self->json, node, keys);

  rule->min_open_ms = duration_of (self, object, "atLeast", TRUE);
  rule->max_open_ms = duration_of (self, object, "atMost", TRUE);
}

static void
read_rule (Read *self, JsonNode *node, gpointer out)
{
  static const char *const keys[]
      = { NAME_KEYS,       "scope",         "ballots",    "majority", "quorum", "seats", "ranking",
          "defaultOption", "defaultQuorum", "discussion", "open",     "enacts", NULL };
  DpopCharterRule *rule = out;
  JsonObject *object = dpop_edge_json_object (self->json, node, keys);

  rule->quorum.den = 1;
  read_name (self, object, self->names->rules);
  rule->scope = word_of (self, object, "scope", TRUE, DPOP_CHARTER_WORD_SCOPE, DPOP_SCOPE_PARTY);
  rule->ballots = (guint16) set_of (self, object, "ballots", TRUE, DPOP_CHARTER_WORD_BALLOT);
  with (self, object, "majority", TRUE, read_majority, &rule->majority);
  with (self, object, "quorum", FALSE, read_quorum, &rule->quorum);
  rule->seats = (guint16) number_of (self, object, "seats", FALSE, G_MAXUINT16, 1);
  rule->ranking = word_of (self, object, "ranking", FALSE, DPOP_CHARTER_WORD_RANKING,
                           DPOP_RANKING_SCHULZE_WINNING_VOTES);
  rule->default_option = word_of (self, object, "defaultOption", FALSE, DPOP_CHARTER_WORD_DEFAULT,
                                  DPOP_DEFAULT_NONE);
  rule->default_quorum = (guint32) number_of (self, object, "defaultQuorum", FALSE, G_MAXUINT32, 0);
  rule->min_discussion_ms = duration_of (self, object, "discussion", FALSE);
  with (self, object, "open", TRUE, read_open, rule);
  rule->effects = (guint16) set_of (self, object, "enacts", FALSE, DPOP_CHARTER_WORD_EFFECT);
}

static void
read_rules (Read *self, JsonNode *node, gpointer out)
{
  self->charter->n_rules = each (self, node, DPOP_CHARTER_RULES_MAX, read_rule,
                                 self->charter->rules, sizeof (DpopCharterRule));
}

static void
read_format (Read *self, JsonNode *node, gpointer out)
{
  const char *text = dpop_edge_json_text (self->json, node);

  if (text != NULL && strcmp (text, DPOP_EDGE_CHARTER_FORMAT) != 0)
    dpop_edge_json_complain (self->json, _ ("Write “%s” here: the only format there is."),
                             DPOP_EDGE_CHARTER_FORMAT);
}

static void
read_document (Read *self, JsonNode *root)
{
  static const char *const keys[] = { "format",   "name",        "description", "newcomersRead",
                                      "members",  "roles",       "founder",     "unitKinds",
                                      "states",   "moves",       "witnesses",   "retention",
                                      "recovery", "invitations", "rules",       NULL };
  JsonObject *object = dpop_edge_json_object (self->json, root, keys);
  const char *name = "", *description = "";

  with (self, object, "format", TRUE, read_format, NULL);
  with (self, object, "name", TRUE, read_text, &name);
  with (self, object, "description", FALSE, read_text, &description);
  g_free (self->names->name);
  self->names->name = g_strdup (name);
  g_free (self->names->description);
  self->names->description = g_strdup (description);
  with (self, object, "newcomersRead", TRUE, read_boolean, &self->charter->newcomers_read);
  with (self, object, "members", TRUE, read_members, NULL);
  with (self, object, "roles", TRUE, read_roles, NULL);
  self->charter->founder = roles_of (self, object, "founder", TRUE, FALSE);
  with (self, object, "unitKinds", FALSE, read_unit_kinds, NULL);
  with (self, object, "states", TRUE, read_states, NULL);
  with (self, object, "moves", TRUE, read_moves, NULL);
  with (self, object, "witnesses", TRUE, read_witnesses, NULL);
  with (self, object, "retention", TRUE, read_retention, NULL);
  with (self, object, "recovery", TRUE, read_recovery, NULL);
  with (self, object, "invitations", TRUE, read_invitations, NULL);
  with (self, object, "rules", TRUE, read_rules, NULL);
}

static void
note (Read *self, const DpopCharterFinding *finding)
{
  g_autofree char *pointer
      = finding->place[0] != '\0' ? g_strconcat ("/", finding->place, NULL) : g_strdup ("");

  dpop_edge_json_note (self->json, finding->severity == DPOP_CHARTER_ERROR, pointer,
                       dpop_edge_charter_message (finding->code));
}

/* What cannot be seen at one place. */
static void
read_meaning (Read *self)
{
  g_autoptr (GArray) findings = dpop_charter_check (self->charter);
  DpopCharterFinding why;

  if (!dpop_charter_names_valid (self->names, self->charter, &why))
    note (self, &why);
  for (guint i = 0; i < findings->len; i++)
    note (self, &g_array_index (findings, DpopCharterFinding, i));
}

GPtrArray *
dpop_edge_charter_read (const char *text, gsize size, DpopCharter **charter,
                        DpopCharterNames **names)
{
  g_autoptr (DpopEdgeJson) json = dpop_edge_json_new ();
  g_autoptr (DpopCharter) read_charter = dpop_charter_new ();
  g_autoptr (DpopCharterNames) read_names = dpop_charter_names_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GError) error = NULL;
  Read self = { json, read_charter, read_names };

  *charter = NULL;
  *names = NULL;
  root = dpop_edge_json_parse (text, size, DPOP_EDGE_JSON_SIZE_MAX, &error);
  if (root == NULL)
    dpop_edge_json_note (json, TRUE, "", error->message);
  else
    read_document (&self, root);
  if (!dpop_edge_json_failed (json))
    read_meaning (&self);
  if (!dpop_edge_json_failed (json))
    {
      *charter = g_steal_pointer (&read_charter);
      *names = g_steal_pointer (&read_names);
    }
  return g_ptr_array_ref (json->problems);
}
