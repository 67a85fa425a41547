/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-edge-charter.h"

#include "dpop-charter-word.h"
#include "dpop-edge-charter-private.h"

typedef struct
{
  JsonBuilder *builder;
  const DpopCharter *charter;
  const DpopCharterNames *names;
} Write;

static void
key (Write *self, const char *name)
{
  json_builder_set_member_name (self->builder, name);
}

static void
text (Write *self, const char *name, const char *value)
{
  key (self, name);
  json_builder_add_string_value (self->builder, value);
}

static void
boolean (Write *self, const char *name, gboolean value)
{
  key (self, name);
  json_builder_add_boolean_value (self->builder, value != FALSE);
}

static void
number (Write *self, const char *name, gint64 value)
{
  key (self, name);
  json_builder_add_int_value (self->builder, value);
}

static void
begin (Write *self, const char *name)
{
  if (name != NULL)
    key (self, name);
  json_builder_begin_object (self->builder);
}

static void
end (Write *self)
{
  json_builder_end_object (self->builder);
}

static void
begin_list (Write *self, const char *name)
{
  key (self, name);
  json_builder_begin_array (self->builder);
}

static void
end_list (Write *self)
{
  json_builder_end_array (self->builder);
}

static void
word (Write *self, const char *name, DpopCharterWordKind kind, guint value)
{
  text (self, name, dpop_charter_word (kind, value));
}

static void
set (Write *self, const char *name, DpopCharterWordKind kind, guint64 bits)
{
  begin_list (self, name);
  for (guint i = dpop_charter_word_first (kind); i <= dpop_charter_word_last (kind); i++)
    if ((bits & DPOP_CHARTER_BIT (i)) != 0)
      json_builder_add_string_value (self->builder, dpop_charter_word (kind, i));
  end_list (self);
}

static void
role_set (Write *self, const char *name, guint64 bits)
{
  begin_list (self, name);
  if ((bits & DPOP_CHARTER_BIT (DPOP_CHARTER_PLAIN)) != 0)
    json_builder_add_string_value (self->builder, DPOP_CHARTER_KEY_PLAIN);
  for (guint i = 0; i < self->names->roles->len; i++)
    if ((bits & DPOP_CHARTER_BIT (i)) != 0)
      json_builder_add_string_value (self->builder,
                                     dpop_charter_names_get (self->names->roles, i)->key);
  end_list (self);
}

static void
duration (Write *self, const char *name, gint64 ms)
{
  g_autofree char *value = dpop_edge_charter_print_duration (ms);

  text (self, name, value);
}

static void
days (Write *self, const char *name, guint32 value)
{
  if (value == DPOP_CHARTER_FOR_GOOD)
    text (self, name, DPOP_EDGE_CHARTER_FOR_GOOD);
  else
    duration (self, name, value * DPOP_EDGE_CHARTER_DAY_MS);
}

static void
share (Write *self, guint32 num, guint32 den, gboolean strict)
{
  g_autofree char *value = g_strdup_printf ("%u/%u", num, den);

  text (self, "share", value);
  boolean (self, "moreThan", strict);
}

static void
permissions (Write *self, const DpopCharterPermissions *value)
{
  begin_list (self, "permissions");
  for (guint reach = 1; reach <= DPOP_REACH_LAST; reach++)
    if (value->actions[reach] != 0)
      {
        begin (self, NULL);
        word (self, "reach", DPOP_CHARTER_WORD_REACH, reach);
        set (self, "actions", DPOP_CHARTER_WORD_ACTION, value->actions[reach]);
        end (self);
      }
  end_list (self);
}

static void
name_of (Write *self, const GArray *list, guint i)
{
  const DpopCharterName *name = dpop_charter_names_get (list, i);

  text (self, "key", name->key);
  text (self, "label", name->label);
  text (self, "description", name->description);
}

static void
write_roles (Write *self)
{
  begin_list (self, "roles");
  for (guint i = 0; i < self->charter->n_roles; i++)
    {
      const DpopCharterRole *role = &self->charter->roles[i];

      begin (self, NULL);
      name_of (self, self->names->roles, i);
      word (self, "scope", DPOP_CHARTER_WORD_SCOPE, role->scope);
      boolean (self, "office", role->office);
      role_set (self, "givenBy", role->given_by);
      permissions (self, &role->permissions);
      end (self);
    }
  end_list (self);
  role_set (self, "founder", self->charter->founder);
}

static void
write_unit_kinds (Write *self)
{
  begin_list (self, "unitKinds");
  for (guint i = 0; i < self->charter->n_unit_kinds; i++)
    {
      begin (self, NULL);
      name_of (self, self->names->unit_kinds, i);
      boolean (self, "newcomersRead", self->charter->unit_kinds[i].newcomers_read);
      end (self);
    }
  end_list (self);
}

static void
write_move (Write *self, DpopMemberState to, const guint64 *roles)
{
  begin_list (self, dpop_charter_word (DPOP_CHARTER_WORD_STATE, to));
  for (guint reach = 1; reach <= DPOP_REACH_LAST; reach++)
    if (roles[reach] != 0)
      {
        begin (self, NULL);
        word (self, "reach", DPOP_CHARTER_WORD_REACH, reach);
        role_set (self, "roles", roles[reach]);
        end (self);
      }
  end_list (self);
}

static void
write_states (Write *self)
{
  const DpopCharter *charter = self->charter;

  begin (self, "states");
  for (DpopMemberState state = 1; state <= DPOP_MEMBER_STATE_LAST; state++)
    set (self, dpop_charter_word (DPOP_CHARTER_WORD_STATE, state), DPOP_CHARTER_WORD_STATE_FLAG,
         charter->states[state]);
  end (self);
  begin (self, "moves");
  for (DpopMemberState from = 1; from <= DPOP_MEMBER_STATE_LAST; from++)
    {
      begin (self, dpop_charter_word (DPOP_CHARTER_WORD_STATE, from));
      for (DpopMemberState to = 1; to <= DPOP_MEMBER_STATE_LAST; to++)
        if (from != to)
          write_move (self, to, charter->moves[from][to]);
      end (self);
    }
  end (self);
}

static void
write_upkeep (Write *self)
{
  const DpopCharter *charter = self->charter;

  begin (self, "witnesses");
  number (self, "count", charter->witness_count);
  number (self, "faults", charter->witness_faults);
  end (self);
  begin (self, "retention");
  days (self, "votes", charter->keep_votes_days);
  days (self, "personal", charter->keep_personal_days);
  end (self);
  begin (self, "recovery");
  number (self, "officers", charter->recovery_officers);
  days (self, "veto", charter->recovery_veto_days);
  end (self);
  begin (self, "invitations");
  duration (self, "valid", charter->invitation_ms);
  end (self);
}

static void
write_rule (Write *self, guint i)
{
  const DpopCharterRule *rule = &self->charter->rules[i];

  begin (self, NULL);
  name_of (self, self->names->rules, i);
  word (self, "scope", DPOP_CHARTER_WORD_SCOPE, rule->scope);
  set (self, "ballots", DPOP_CHARTER_WORD_BALLOT, rule->ballots);
  begin (self, "majority");
  share (self, rule->majority.num, rule->majority.den, rule->majority.strict);
  word (self, "of", DPOP_CHARTER_WORD_BASE, rule->majority.base);
  end (self);
  begin (self, "quorum");
  share (self, rule->quorum.num, rule->quorum.den, rule->quorum.strict);
  number (self, "atLeast", rule->quorum.minimum);
  end (self);
  number (self, "seats", rule->seats);
  word (self, "ranking", DPOP_CHARTER_WORD_RANKING, rule->ranking);
  word (self, "defaultOption", DPOP_CHARTER_WORD_DEFAULT, rule->default_option);
  number (self, "defaultQuorum", rule->default_quorum);
  duration (self, "discussion", rule->min_discussion_ms);
  begin (self, "open");
  duration (self, "atLeast", rule->min_open_ms);
  duration (self, "atMost", rule->max_open_ms);
  end (self);
  set (self, "enacts", DPOP_CHARTER_WORD_EFFECT, rule->effects);
  end (self);
}

char *
dpop_edge_charter_write (const DpopCharter *charter, const DpopCharterNames *names)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = NULL;
  Write self = { builder, charter, names };

  begin (&self, NULL);
  text (&self, "format", DPOP_EDGE_CHARTER_FORMAT);
  text (&self, "name", names->name);
  text (&self, "description", names->description);
  boolean (&self, "newcomersRead", charter->newcomers_read);
  begin (&self, "members");
  permissions (&self, &charter->plain);
  end (&self);
  write_roles (&self);
  write_unit_kinds (&self);
  write_states (&self);
  write_upkeep (&self);
  begin_list (&self, "rules");
  for (guint i = 0; i < charter->n_rules; i++)
    write_rule (&self, i);
  end_list (&self);
  end (&self);
  root = json_builder_get_root (builder);
  json_generator_set_pretty (generator, TRUE);
  json_generator_set_root (generator, root);
  return json_generator_to_data (generator, NULL);
}
