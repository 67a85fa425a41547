/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-charter-compile.h"

#include "dpop-charter-private.h"

#define COMPILED_VERSION 1

#define PERMISSIONS_TYPE "a(yt)"
#define ROLES_TYPE       "a(ybta(yt))"
#define MOVES_TYPE       "a(yyyt)"
#define RULE_TYPE        "(q(uuby)(uubu)q(yyu)(xxx)yq)"
#define RULES_TYPE       "a" RULE_TYPE
#define FORMAT                                                                                     \
  "(y@" PERMISSIONS_TYPE "@" ROLES_TYPE "t@ab(yyyy)@" MOVES_TYPE "(yy)(uu)(yq)bx@" RULES_TYPE ")"

static GVariant *
permissions_to_variant (const DpopCharterPermissions *permissions)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE (PERMISSIONS_TYPE));
  for (guint reach = 1; reach <= DPOP_REACH_LAST; reach++)
    if (permissions->actions[reach] != 0)
      g_variant_builder_add (&builder, "(yt)", reach, permissions->actions[reach]);
  return g_variant_builder_end (&builder);
}

static GVariant *
roles_to_variant (const DpopCharter *self)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE (ROLES_TYPE));
  for (guint i = 0; i < self->n_roles; i++)
    {
      const DpopCharterRole *role = &self->roles[i];

      g_variant_builder_add (&builder, "(ybt@a(yt))", role->scope, !!role->office, role->given_by,
                             permissions_to_variant (&role->permissions));
    }
  return g_variant_builder_end (&builder);
}

static GVariant *
unit_kinds_to_variant (const DpopCharter *self)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("ab"));
  for (guint i = 0; i < self->n_unit_kinds; i++)
    g_variant_builder_add (&builder, "b", !!self->unit_kinds[i].newcomers_read);
  return g_variant_builder_end (&builder);
}

static GVariant *
moves_to_variant (const DpopCharter *self)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE (MOVES_TYPE));
  for (guint from = 1; from <= DPOP_MEMBER_STATE_LAST; from++)
    for (guint to = 1; to <= DPOP_MEMBER_STATE_LAST; to++)
      for (guint reach = 1; reach <= DPOP_REACH_LAST; reach++)
        if (self->moves[from][to][reach] != 0)
          g_variant_builder_add (&builder, "(yyyt)", from, to, reach, self->moves[from][to][reach]);
  return g_variant_builder_end (&builder);
}

static GVariant *
rules_to_variant (const DpopCharter *self)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE (RULES_TYPE));
  for (guint i = 0; i < self->n_rules; i++)
    {
      const DpopCharterRule *rule = &self->rules[i];

      g_variant_builder_add (&builder, RULE_TYPE, rule->ballots, rule->majority.num,
                             rule->majority.den, !!rule->majority.strict, rule->majority.base,
                             rule->quorum.num, rule->quorum.den, !!rule->quorum.strict,
                             rule->quorum.minimum, rule->seats, rule->ranking, rule->default_option,
                             rule->default_quorum, rule->min_discussion_ms, rule->min_open_ms,
                             rule->max_open_ms, rule->scope, rule->effects);
    }
  return g_variant_builder_end (&builder);
}

GVariant *
dpop_charter_compile_variant (const DpopCharter *self)
{
  return g_variant_new (FORMAT, COMPILED_VERSION, permissions_to_variant (&self->plain),
                        roles_to_variant (self), self->founder, unit_kinds_to_variant (self),
                        self->states[DPOP_MEMBER_APPLICANT], self->states[DPOP_MEMBER_MEMBER],
                        self->states[DPOP_MEMBER_SUSPENDED], self->states[DPOP_MEMBER_FORMER],
                        moves_to_variant (self), self->witness_faults, self->witness_count,
                        self->keep_votes_days, self->keep_personal_days, self->recovery_officers,
                        self->recovery_veto_days, !!self->newcomers_read, self->invitation_ms,
                        rules_to_variant (self));
}

GBytes *
dpop_charter_compile (const DpopCharter *self)
{
  g_autoptr (GVariant) variant = g_variant_ref_sink (dpop_charter_compile_variant (self));

  if (G_BYTE_ORDER == G_BIG_ENDIAN)
    {
      GVariant *swapped = g_variant_byteswap (variant);

      g_variant_unref (variant);
      variant = swapped;
    }
  return g_variant_get_data_as_bytes (variant);
}

static gboolean
permissions_from_variant (GVariant *variant, DpopCharterPermissions *permissions,
                          DpopCharterFinding *why)
{
  gsize n = g_variant_n_children (variant);
  guint8 last = 0;

  if (n > DPOP_REACH_LAST)
    return dpop_charter_refuse (why, DPOP_CHARTER_TOO_MANY, "permissions");
  for (gsize i = 0; i < n; i++)
    {
      guint64 actions;
      guint8 reach;

      g_variant_get_child (variant, i, "(yt)", &reach, &actions);
      if (reach <= last || actions == 0)
        return dpop_charter_refuse (why, DPOP_CHARTER_NOT_ASCENDING, "permissions");
      if (reach > DPOP_REACH_LAST)
        return dpop_charter_refuse (why, DPOP_CHARTER_UNKNOWN_NUMBER, "permissions");
      permissions->actions[reach] = actions;
      last = reach;
    }
  return TRUE;
}

static gboolean
roles_from_variant (DpopCharter *self, GVariant *variant, DpopCharterFinding *why)
{
  gsize n = g_variant_n_children (variant);

  if (n > DPOP_CHARTER_ROLES_MAX)
    return dpop_charter_refuse (why, DPOP_CHARTER_TOO_MANY, "roles");
  for (gsize i = 0; i < n; i++)
    {
      DpopCharterRole *role = &self->roles[i];
      g_autoptr (GVariant) permissions = NULL;
      guint8 scope;

      g_variant_get_child (variant, i, "(ybt@a(yt))", &scope, &role->office, &role->given_by,
                           &permissions);
      role->scope = scope;
      if (!permissions_from_variant (permissions, &role->permissions, why))
        return FALSE;
    }
  self->n_roles = n;
  return TRUE;
}

static gboolean
unit_kinds_from_variant (DpopCharter *self, GVariant *variant, DpopCharterFinding *why)
{
  gsize n = g_variant_n_children (variant);

  if (n > DPOP_CHARTER_UNIT_KINDS_MAX)
    return dpop_charter_refuse (why, DPOP_CHARTER_TOO_MANY, "unitKinds");
  for (gsize i = 0; i < n; i++)
    g_variant_get_child (variant, i, "b", &self->unit_kinds[i].newcomers_read);
  self->n_unit_kinds = n;
  return TRUE;
}

static gboolean
moves_from_variant (DpopCharter *self, GVariant *variant, DpopCharterFinding *why)
{
  gsize n = g_variant_n_children (variant);
  guint last = 0;

  if (n > DPOP_MEMBER_STATE_LAST * DPOP_MEMBER_STATE_LAST * DPOP_REACH_LAST)
    return dpop_charter_refuse (why, DPOP_CHARTER_TOO_MANY, "moves");
  for (gsize i = 0; i < n; i++)
    {
      guint8 from, to, reach;
      guint64 roles;
      guint key;

      g_variant_get_child (variant, i, "(yyyt)", &from, &to, &reach, &roles);
      key = from << 16 | to << 8 | reach;
      if (key <= last || roles == 0)
        return dpop_charter_refuse (why, DPOP_CHARTER_NOT_ASCENDING, "moves");
      if (from < 1 || from > DPOP_MEMBER_STATE_LAST || to < 1 || to > DPOP_MEMBER_STATE_LAST
          || reach < 1 || reach > DPOP_REACH_LAST)
        return dpop_charter_refuse (why, DPOP_CHARTER_UNKNOWN_NUMBER, "moves");
      self->moves[from][to][reach] = roles;
      last = key;
    }
  return TRUE;
}

static gboolean
rules_from_variant (DpopCharter *self, GVariant *variant, DpopCharterFinding *why)
{
  gsize n = g_variant_n_children (variant);

  if (n > DPOP_CHARTER_RULES_MAX)
    return dpop_charter_refuse (why, DPOP_CHARTER_TOO_MANY, "rules");
  for (gsize i = 0; i < n; i++)
    {
      DpopCharterRule *rule = &self->rules[i];
      guint8 base, scope, ranking, default_option;

      g_variant_get_child (
          variant, i, RULE_TYPE, &rule->ballots, &rule->majority.num, &rule->majority.den,
          &rule->majority.strict, &base, &rule->quorum.num, &rule->quorum.den, &rule->quorum.strict,
          &rule->quorum.minimum, &rule->seats, &ranking, &default_option, &rule->default_quorum,
          &rule->min_discussion_ms, &rule->min_open_ms, &rule->max_open_ms, &scope, &rule->effects);
      rule->majority.base = base;
      rule->scope = scope;
      rule->ranking = ranking;
      rule->default_option = default_option;
    }
  self->n_rules = n;
  return TRUE;
}

DpopCharter *
dpop_charter_from_variant (GVariant *variant, DpopCharterFinding *why)
{
  g_autoptr (DpopCharter) self = dpop_charter_new ();
  g_autoptr (GVariant) plain = NULL, roles = NULL, unit_kinds = NULL, moves = NULL, rules = NULL;
  guint8 version, states[4];

  if (!g_variant_is_of_type (variant, G_VARIANT_TYPE (DPOP_CHARTER_TYPE)))
    {
      dpop_charter_refuse (why, DPOP_CHARTER_NOT_NORMAL, "%s", "");
      return NULL;
    }
  g_variant_get (variant, FORMAT, &version, &plain, &roles, &self->founder, &unit_kinds, &states[0],
                 &states[1], &states[2], &states[3], &moves, &self->witness_faults,
                 &self->witness_count, &self->keep_votes_days, &self->keep_personal_days,
                 &self->recovery_officers, &self->recovery_veto_days, &self->newcomers_read,
                 &self->invitation_ms, &rules);
  if (version != COMPILED_VERSION)
    {
      dpop_charter_refuse (why, DPOP_CHARTER_UNKNOWN_VERSION, "%s", "");
      return NULL;
    }
  for (guint i = 0; i < 4; i++)
    self->states[DPOP_MEMBER_APPLICANT + i] = states[i];
  if (!permissions_from_variant (plain, &self->plain, why) || !roles_from_variant (self, roles, why)
      || !unit_kinds_from_variant (self, unit_kinds, why) || !moves_from_variant (self, moves, why)
      || !rules_from_variant (self, rules, why) || !dpop_charter_in_range (self, why))
    return NULL;
  return g_steal_pointer (&self);
}

DpopCharter *
dpop_charter_from_bytes (GBytes *bytes, DpopCharterFinding *why)
{
  g_autoptr (GVariant) variant = NULL;

  if (g_bytes_get_size (bytes) > DPOP_CHARTER_COMPILED_MAX)
    {
      dpop_charter_refuse (why, DPOP_CHARTER_TOO_LARGE, "%s", "");
      return NULL;
    }
  variant = g_variant_ref_sink (
      g_variant_new_from_bytes (G_VARIANT_TYPE (DPOP_CHARTER_TYPE), bytes, FALSE));
  if (!g_variant_is_normal_form (variant))
    {
      dpop_charter_refuse (why, DPOP_CHARTER_NOT_NORMAL, "%s", "");
      return NULL;
    }
  if (G_BYTE_ORDER == G_BIG_ENDIAN)
    {
      GVariant *swapped = g_variant_byteswap (variant);

      g_variant_unref (variant);
      variant = swapped;
    }
  return dpop_charter_from_variant (variant, why);
}
