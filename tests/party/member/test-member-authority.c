/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-authority.h"
#include "dpop-edge-charter.h"
#include "dpop-member-entry-private.h"
#include "fixture-charter.h"
#include "fixture-membership.h"

#include <string.h>

#define BIT DPOP_CHARTER_BIT

/* --- The ready charters, claim by claim and role by role. ------------------------------------ */

/* Whom the claims of the table are about, and who makes them: a holder of each role, a member, an
 * applicant, someone suspended. */
typedef struct
{
  FixtureMembership party;
  CosmicId north; /* zero: there are no units */
  CosmicId actors[16];
  guint n_actors;
  CosmicId bea;            /* a member, in no unit */
  CosmicId dan;            /* a member in the north */
  CosmicId cyd, eve;       /* an applicant, someone suspended; both in no unit */
  CosmicId officer, clerk; /* hold role 2 of the party (or the only one), and the last role */
  CosmicId offered;        /* a member's computer that has offered to keep records */
} Table;

static const CosmicId import = { { 71 } };

static const CosmicId *
unit_of (const Table *table, guint role)
{
  return table->party.charter->roles[role].scope == DPOP_SCOPE_UNIT ? &table->north : NULL;
}

static CosmicId
holder (Table *table, guint role)
{
  CosmicId member = fixture_membership_enrol (&table->party, DPOP_MEMBER_MEMBER,
                                              unit_of (table, role));

  fixture_membership_grant (&table->party, &member, role, unit_of (table, role));
  return member;
}

static void
add_actor (Table *table, const CosmicId *member)
{
  table->actors[table->n_actors++] = fixture_membership_device (&table->party, member);
}

/* Somebody with a computer. */
static CosmicId
somebody (Table *table, DpopMemberState state, const CosmicId *unit)
{
  CosmicId member = fixture_membership_enrol (&table->party, state, unit);

  fixture_membership_device (&table->party, &member);
  return member;
}

static void
offer (Table *table)
{
  FixtureMembership *party = &table->party;
  CosmicId member = fixture_membership_enrol (party, DPOP_MEMBER_MEMBER, NULL), key;
  g_autoptr (CosmicSecret) witness
      = cosmic_sign_key_new (fixture_random_table (&party->random), key.bytes);

  table->offered = fixture_membership_device (party, &member);
  fixture_assert_reason (
      fixture_membership_say (party, &table->offered,
                              dpop_claim_new (COSMIC_KIND_WITNESS_OFFER,
                                              cosmic_witness_offer_body (&party->fold.party,
                                                                         &table->offered, witness),
                                              NULL, NULL)),
      COSMIC_REASON_NONE);
}

static void
table_init (Table *table, DpopCharter *charter)
{
  static const DpopMemberState states[] = { DPOP_MEMBER_MEMBER, DPOP_MEMBER_APPLICANT,
                                            DPOP_MEMBER_SUSPENDED };
  FixtureMembership *party = &table->party;
  CosmicId member, ivy;

  *table = (Table){ .n_actors = 0 };
  fixture_membership_init (party, charter, 1);
  if (charter->n_unit_kinds > 0)
    table->north = fixture_membership_unit (party);
  for (guint role = 0; role < charter->n_roles; role++)
    {
      member = holder (table, role);
      add_actor (table, &member);
    }
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      member = fixture_membership_enrol (party, states[i], NULL);
      add_actor (table, &member);
    }
  table->bea = somebody (table, DPOP_MEMBER_MEMBER, NULL);
  if (charter->n_unit_kinds > 0)
    table->dan = somebody (table, DPOP_MEMBER_MEMBER, &table->north);
  table->cyd = somebody (table, DPOP_MEMBER_APPLICANT, NULL);
  table->eve = somebody (table, DPOP_MEMBER_SUSPENDED, NULL);
  table->officer = holder (table, MIN (charter->n_roles - 1, 2));
  fixture_membership_device (party, &table->officer);
  table->clerk = holder (table, charter->n_roles - 1);
  fixture_membership_device (party, &table->clerk);
  offer (table);
  ivy = fixture_membership_id (party);
  fixture_assert_reason (
      fixture_membership_say (party, &party->device,
                              fixture_membership_add (&ivy, NULL, DPOP_MEMBER_MEMBER, &import)),
      COSMIC_REASON_NONE);
  fixture_membership_next (party);
}

typedef enum
{
  ENROL,
  ENROL_NORTH,
  EDIT,
  EDIT_NORTH,
  ADMIT,
  SUSPEND,
  SUSPEND_OFFICER,
  RESTORE,
  EXPEL,
  EXPEL_OFFICER,
  LEAVE_FOR, /* the word of someone who has a computer */
  GRANT_FIRST,
  GRANT_LAST,
  REVOKE_OFFICER,
  REVOKE_LAST,
  ADD_UNIT,
  NAME_UNIT,
  ASSIGN,
  UNDO,
  APPOINT_KEEPER,
  RESIGN_FOR, /* the word of the founder, who keeps the records */
  N_CLAIMS,
} Claim;

static const char *const claim_names[] = {
  "enrol",        "enrol north",   "edit",           "edit north",  "admit",
  "suspend",      "suspend officer", "restore",      "expel",       "expel officer",
  "leave for",    "grant first",   "grant last",     "revoke officer", "revoke last",
  "add unit",     "name unit",     "assign",         "undo",
  "appoint keeper", "resign for",
};
G_STATIC_ASSERT (G_N_ELEMENTS (claim_names) == N_CLAIMS);

static DpopClaim *
details_claim (const Table *table, const CosmicId *member)
{
  g_autoptr (DpopMemberDetails) details = fixture_membership_details ("Bea");

  return dpop_member_command_details (table->party.authority, member, NULL, details);
}

static DpopClaim *
member_claim (Table *table, Claim claim)
{
  static const CosmicId fresh = { { 72 } };

  switch (claim)
    {
    case ENROL:
      return fixture_membership_add (&fresh, NULL, DPOP_MEMBER_MEMBER, NULL);
    case ENROL_NORTH:
      return fixture_membership_add (&fresh, &table->north, DPOP_MEMBER_MEMBER, NULL);
    case EDIT:
      return details_claim (table, &table->bea);
    case EDIT_NORTH:
      return details_claim (table, &table->dan);
    case ADMIT:
      return dpop_member_command_state (&table->cyd, DPOP_MEMBER_APPLICANT, DPOP_MEMBER_MEMBER);
    case SUSPEND:
      return dpop_member_command_state (&table->bea, DPOP_MEMBER_MEMBER, DPOP_MEMBER_SUSPENDED);
    case SUSPEND_OFFICER:
      return dpop_member_command_state (&table->officer, DPOP_MEMBER_MEMBER,
                                        DPOP_MEMBER_SUSPENDED);
    case RESTORE:
      return dpop_member_command_state (&table->eve, DPOP_MEMBER_SUSPENDED, DPOP_MEMBER_MEMBER);
    case EXPEL:
      return dpop_member_command_remove (&table->bea, DPOP_REMOVAL_EXPELLED, NULL);
    case EXPEL_OFFICER:
      return dpop_member_command_remove (&table->officer, DPOP_REMOVAL_EXPELLED, NULL);
    case LEAVE_FOR:
      return dpop_member_command_remove (&table->bea, DPOP_REMOVAL_LEFT, NULL);
    default:
      return dpop_member_command_undo (&import);
    }
}

static DpopClaim *
appoint_claim (Table *table)
{
  g_autoptr (GArray) devices = g_array_new (FALSE, FALSE, sizeof (CosmicId));

  g_array_append_val (devices, table->offered);
  return dpop_member_command_appoint_witness (devices);
}

static DpopClaim *
other_claim (Table *table, Claim claim)
{
  static const CosmicId unit = { { 73 } }, body = { { 74 } }, personal = { { 75 } };
  guint last = table->party.charter->n_roles - 1;

  switch (claim)
    {
    case GRANT_FIRST:
      return dpop_member_command_grant (&table->bea, 0, unit_of (table, 0));
    case GRANT_LAST:
      return dpop_member_command_grant (&table->bea, last, unit_of (table, last));
    case REVOKE_OFFICER:
      return dpop_member_command_revoke (&table->officer, MIN (last, 2), NULL);
    case REVOKE_LAST:
      return dpop_member_command_revoke (&table->clerk, last, unit_of (table, last));
    case ADD_UNIT:
      return dpop_member_command_add_unit (&unit, 0, &body, &personal, &unit, "East");
    case NAME_UNIT:
      return dpop_member_command_name_unit (&table->north, "Up North");
    case APPOINT_KEEPER:
      return appoint_claim (table);
    case RESIGN_FOR:
      return dpop_member_command_resign_witness (&table->party.device);
    case ASSIGN:
      return dpop_member_command_assign_unit (&table->bea, &table->north, TRUE);
    default:
      return member_claim (table, claim);
    }
}

/* Y acts, D needs a decision, C is for someone who has a computer, - is not allowed, . there is no
 * such thing. */
static char
letter (CosmicReason reason)
{
  switch (reason)
    {
    case COSMIC_REASON_NONE:
      return 'Y';
    case COSMIC_REASON_NEEDS_DECISION:
      return 'D';
    case COSMIC_REASON_HAS_DEVICE:
      return 'C';
    case COSMIC_REASON_NOT_ALLOWED:
      return '-';
    case COSMIC_REASON_NO_SUCH_SUBJECT:
      return '.';
    default:
      return '?';
    }
}

static DpopCharter *
ready_charter (const char *name)
{
  g_autoptr (GBytes) text = dpop_edge_charter_ready (name);
  g_autoptr (DpopCharterNames) names = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  DpopCharter *charter = NULL;

  problems = dpop_edge_charter_read (g_bytes_get_data (text, NULL), g_bytes_get_size (text),
                                     &charter, &names);
  g_assert_nonnull (charter);
  return charter;
}

static void
check_table (const char *name, const char *const expected[N_CLAIMS])
{
  Table table;

  table_init (&table, ready_charter (name));
  for (Claim claim = 0; claim < N_CLAIMS; claim++)
    {
      char row[G_N_ELEMENTS (table.actors) + 1] = { 0 };

      if (expected[claim] == NULL)
        continue;
      for (guint i = 0; i < table.n_actors; i++)
        {
          guint mark = cosmic_state_mark (table.party.authority);

          row[i] = letter (fixture_membership_say (&table.party, &table.actors[i],
                                                   other_claim (&table, claim)));
          cosmic_state_back (table.party.authority, mark);
        }
      g_test_message ("%-12s %-16s %s", name, claim_names[claim], row);
      g_assert_cmpstr (row, ==, expected[claim]);
    }
  fixture_membership_clear (&table.party);
}

/* chair, secretary, treasurer; member, applicant, suspended. */
static void
test_in_an_association (void)
{
  static const char *const expected[N_CLAIMS] = {
    [ENROL] = "-Y----",
    [EDIT] = "-Y----",
    [ADMIT] = "YY----",
    [SUSPEND] = "Y-----",
    [SUSPEND_OFFICER] = "D-----",
    [RESTORE] = "Y-----",
    [EXPEL] = "-Y----",
    [EXPEL_OFFICER] = "-D----",
    [LEAVE_FOR] = "-C----",
    [GRANT_FIRST] = "YY----",
    [GRANT_LAST] = "YY----",
    [REVOKE_OFFICER] = "DDDDDD",
    [REVOKE_LAST] = "DDDDDD",
    [ADD_UNIT] = "......",
    [UNDO] = "-Y----",
    [APPOINT_KEEPER] = "YY----",
    [RESIGN_FOR] = "DDDDDD",
  };

  check_table ("association", expected);
}

/* chair, secretary, treasurer, board, privacy, chair and secretary of the north; member, applicant,
 * suspended. */
static void
test_in_a_party_with_local_groups (void)
{
  static const char *const expected[N_CLAIMS] = {
    [ENROL] = "-Y--------",
    [ENROL_NORTH] = "-Y----Y---",
    [EDIT] = "-Y--------",
    [EDIT_NORTH] = "-Y----Y---",
    [ADMIT] = "-Y-Y------",
    [SUSPEND] = "-Y--------",
    [SUSPEND_OFFICER] = "-D--------",
    [RESTORE] = "-Y--------",
    [EXPEL] = "-Y--------",
    [EXPEL_OFFICER] = "-D--------",
    [LEAVE_FOR] = "-C--------",
    [GRANT_FIRST] = "YY--------",
    [GRANT_LAST] = "-Y---Y----",
    [REVOKE_OFFICER] = "DDDDDDDDDD",
    [REVOKE_LAST] = "-Y---YC---",
    [ADD_UNIT] = "-Y--------",
    [NAME_UNIT] = "-Y--------",
    [ASSIGN] = "-Y----Y---",
    [UNDO] = "-Y--------",
    [APPOINT_KEEPER] = "YY--------",
    [RESIGN_FOR] = "DDDDDDDDDD",
  };

  check_table ("party", expected);
}

/* steward; member, applicant, suspended. */
static void
test_in_a_cooperative (void)
{
  static const char *const expected[N_CLAIMS] = {
    [ENROL] = "YY--",
    [EDIT] = "YC--",
    [ADMIT] = "YY--",
    [SUSPEND] = "Y---",
    [SUSPEND_OFFICER] = "YC--", /* the steward may suspend anyone, so also themself */
    [RESTORE] = "YY--",
    [EXPEL] = "----",
    [EXPEL_OFFICER] = "----",
    [LEAVE_FOR] = "CC--",
    [GRANT_FIRST] = "YY--",
    [GRANT_LAST] = "YY--",
    [REVOKE_OFFICER] = "YY--",
    [REVOKE_LAST] = "YY--",
    [ADD_UNIT] = "....",
    [UNDO] = "YY--",
    [APPOINT_KEEPER] = "Y---",
    [RESIGN_FOR] = "DDDD",
  };

  check_table ("cooperative", expected);
}

/* --- Any charter, any members, any claims. --------------------------------------------------- */

#define PEOPLE 6

typedef struct
{
  FixtureMembership party;
  CosmicId units[2];
  CosmicId people[PEOPLE];
  CosmicId devices[PEOPLE]; /* zero: none */
} Crowd;

static void
random_standing (Crowd *crowd, DpopStanding *standing)
{
  FixtureRandom *random = &crowd->party.random;

  standing->state = fixture_random_below (random, 3) != 0
                        ? DPOP_MEMBER_MEMBER
                        : 1 + fixture_random_below (random, DPOP_MEMBER_STATE_LAST);
  for (guint i = 0; i < 2; i++)
    if (fixture_random_below (random, 2) == 0)
      dpop_standing_join_unit (standing, &crowd->units[i]);
  for (guint i = 0; i < 3 && crowd->party.charter->n_roles > 0; i++)
    {
      guint role = fixture_random_below (random, crowd->party.charter->n_roles);
      const CosmicId *unit = &cosmic_id_zero;

      if (crowd->party.charter->roles[role].scope == DPOP_SCOPE_UNIT)
        unit = &crowd->units[fixture_random_below (random, 2)];
      if (dpop_standing_role (standing, role, unit) == NULL)
        dpop_standing_take_role (standing, role, unit, 1);
    }
}

static void
crowd_init (Crowd *crowd, guint64 seed)
{
  FixtureMembership *party = &crowd->party;
  FixtureRandom random;
  DpopCharter *charter;

  fixture_random_init (&random, seed);
  charter = fixture_charter_random (&random);
  charter->founder = 0;
  charter->n_unit_kinds = MAX (charter->n_unit_kinds, 1);
  fixture_membership_init (party, charter, seed);
  for (guint i = 0; i < 2; i++)
    {
      CosmicId body = fixture_membership_id (party), personal = fixture_membership_id (party);
      GVariant *unit = g_variant_new (DPOP_UNIT_ENTRY_TYPE, 0, (guint64) 1, NULL);

      crowd->units[i] = fixture_membership_id (party);
      g_assert_true (cosmic_authority_add_scope (&party->fold, &crowd->units[i], &body, &personal));
      cosmic_state_put (party->authority, cosmic_key (TAG_UNIT, &crowd->units[i], NULL), unit);
    }
  for (guint i = 0; i < PEOPLE; i++)
    {
      DpopMemberEntry entry = { .admitted = 1 };

      crowd->people[i] = fixture_membership_id (party);
      random_standing (crowd, &entry.standing);
      dpop_member_entry_write (&party->fold, &crowd->people[i], NULL, &entry);
      crowd->devices[i] = cosmic_id_zero;
      if (fixture_random_below (&party->random, 3) != 0)
        crowd->devices[i] = fixture_membership_device (party, &crowd->people[i]);
    }
  fixture_membership_next (party);
}

/* A claim, with what is needed to say apart whether its author may make it. */
typedef struct
{
  DpopClaim *claim;
  DpopAction action;
  DpopCharterTarget target;
  const CosmicId *member; /* about whom; NULL: about UNIT */
  CosmicId unit;
  gboolean by_own_word;  /* it can be, with the author acting for them */
  gboolean only_own;     /* and nothing else */
  gboolean ends_offices; /* of them */
} Asked;

static Asked
random_claim (Crowd *crowd)
{
  FixtureRandom *random = &crowd->party.random;
  const CosmicId *member = &crowd->people[fixture_random_below (random, PEOPLE)];
  g_autoptr (DpopMemberDetails) details = fixture_membership_details ("Ada");
  DpopMember about;
  Asked asked = { .member = member, .unit = crowd->units[fixture_random_below (random, 2)] };
  guint role = fixture_random_below (random, MAX (crowd->party.charter->n_roles, 1));
  guint to = 1 + fixture_random_below (random, DPOP_MEMBER_STATE_LAST);
  static const CosmicId fresh = { { 99 } };

  g_assert_true (dpop_member_query_load (crowd->party.authority, member, &about));
  switch (fixture_random_below (random, 7))
    {
    case 0:
      asked.action = DPOP_ACTION_ENROL;
      asked.member = NULL;
      asked.claim = fixture_membership_add (&fresh, &asked.unit, DPOP_MEMBER_APPLICANT, NULL);
      break;
    case 1:
      asked.action = DPOP_ACTION_EDIT_MEMBER;
      asked.by_own_word = TRUE;
      asked.claim = dpop_member_command_details (crowd->party.authority, member, NULL, details);
      break;
    case 2:
      asked.action = DPOP_ACTION_MOVE_MEMBER;
      asked.by_own_word = TRUE;
      asked.target = (DpopCharterTarget){ .from = about.standing.state, .to = to };
      asked.ends_offices = to != DPOP_MEMBER_MEMBER;
      asked.claim = dpop_member_command_state (member, about.standing.state, to);
      break;
    case 3:
      asked.action = DPOP_ACTION_MOVE_MEMBER;
      asked.by_own_word = asked.only_own = fixture_random_below (random, 2) == 0;
      asked.target = (DpopCharterTarget){ .from = about.standing.state,
                                          .to = DPOP_MEMBER_FORMER };
      asked.ends_offices = TRUE;
      asked.claim = dpop_member_command_remove (
          member, asked.only_own ? DPOP_REMOVAL_LEFT : DPOP_REMOVAL_EXPELLED, NULL);
      break;
    case 4:
    case 5:
      asked.action = fixture_random_below (random, 2) == 0 ? DPOP_ACTION_GRANT_ROLE
                                                           : DPOP_ACTION_REVOKE_ROLE;
      asked.by_own_word = asked.action == DPOP_ACTION_REVOKE_ROLE;
      if (fixture_random_below (random, 2) == 0)
        asked.unit = cosmic_id_zero;
      if (asked.by_own_word && about.standing.n_roles > 0)
        {
          role = about.standing.roles[0].role;
          asked.unit = about.standing.roles[0].unit;
        }
      asked.target = (DpopCharterTarget){ .role = role };
      asked.claim = asked.by_own_word ? dpop_member_command_revoke (member, role, &asked.unit)
                                      : dpop_member_command_grant (member, role, &asked.unit);
      break;
    default:
      asked.action = DPOP_ACTION_ASSIGN_UNIT;
      asked.claim = dpop_member_command_assign_unit (
          member, &asked.unit, !dpop_standing_in_unit (&about.standing, &asked.unit));
      break;
    }
  return asked;
}

/* What the charter says, asked without any of the code under test. */
static gboolean
charter_says (Crowd *crowd, const DpopMember *who, DpopAction action, DpopCharterTarget target)
{
  DpopCharterHeld held[DPOP_STANDING_ROLES_MAX];
  guint8 units[DPOP_STANDING_UNITS_MAX][DPOP_CHARTER_UNIT_SIZE];
  DpopCharterSubject subject = { .state = who->standing.state, .held = held,
                                 .n_held = who->standing.n_roles,
                                 .units = (const guint8 (*)[DPOP_CHARTER_UNIT_SIZE]) units,
                                 .n_units = who->standing.n_units };

  for (guint i = 0; i < who->standing.n_roles; i++)
    {
      held[i].role = who->standing.roles[i].role;
      memcpy (held[i].unit, &who->standing.roles[i].unit, DPOP_CHARTER_UNIT_SIZE);
    }
  for (guint i = 0; i < who->standing.n_units; i++)
    memcpy (units[i], &who->standing.units[i], DPOP_CHARTER_UNIT_SIZE);
  return dpop_charter_may (crowd->party.charter, &subject, action, &target);
}

static gboolean
says_where_they_are (Crowd *crowd, const DpopMember *who, DpopAction action,
                     DpopCharterTarget target, const DpopMember *about)
{
  gboolean says = FALSE;

  target.unit = NULL;
  if (about->standing.n_units == 0)
    return charter_says (crowd, who, action, target);
  for (guint i = 0; i < about->standing.n_units; i++)
    {
      target.unit = about->standing.units[i].bytes;
      says |= charter_says (crowd, who, action, target);
    }
  return says;
}

static gboolean
says_at (Crowd *crowd, const DpopMember *who, const Asked *asked, gboolean self,
         const DpopMember *about)
{
  DpopCharterTarget target = asked->target;

  target.self = self;
  target.unit = asked->unit.bytes;
  if (asked->action == DPOP_ACTION_EDIT_MEMBER || asked->action == DPOP_ACTION_MOVE_MEMBER)
    return says_where_they_are (crowd, who, asked->action, target, about);
  return charter_says (crowd, who, asked->action, target);
}

static gboolean
is_permitted (Crowd *crowd, const CosmicId *author, const Asked *asked)
{
  DpopMember who, about;
  gboolean self, own, office = FALSE;

  g_assert_true (dpop_member_query_load (crowd->party.authority, author, &who));
  if (asked->member == NULL)
    return says_at (crowd, &who, asked, FALSE, NULL);
  g_assert_true (dpop_member_query_load (crowd->party.authority, asked->member, &about));
  self = cosmic_id_same (author, asked->member);
  for (guint i = 0; i < about.standing.n_roles; i++)
    office |= dpop_charter_is_office (crowd->party.charter, about.standing.roles[i].role);
  own = asked->by_own_word && says_at (crowd, &about, asked, TRUE, &about)
        && (self
            || (!about.has_device
                && says_where_they_are (crowd, &who, DPOP_ACTION_ACT_FOR,
                                        (DpopCharterTarget){ 0 }, &about)));
  if (own)
    return TRUE;
  return !asked->only_own && says_at (crowd, &who, asked, self, &about)
         && !(asked->ends_offices && office);
}

static guint
check_crowd (guint64 seed)
{
  guint acted = 0;
  Crowd crowd;

  crowd_init (&crowd, seed);
  for (guint step = 0; step < 60; step++)
    {
      guint author = fixture_random_below (&crowd.party.random, PEOPLE);
      guint mark = cosmic_state_mark (crowd.party.authority);
      gboolean permitted;
      CosmicReason reason;
      Asked asked;

      if (cosmic_id_is_zero (&crowd.devices[author]))
        continue;
      asked = random_claim (&crowd);
      permitted = is_permitted (&crowd, &crowd.people[author], &asked);
      reason = fixture_membership_say (&crowd.party, &crowd.devices[author], asked.claim);
      if (reason == COSMIC_REASON_NONE)
        {
          acted++;
          g_assert_true (permitted);
        }
      if (reason == COSMIC_REASON_NOT_ALLOWED || reason == COSMIC_REASON_HAS_DEVICE
          || reason == COSMIC_REASON_NEEDS_DECISION)
        g_assert_false (permitted);
      cosmic_state_back (crowd.party.authority, mark);
    }
  fixture_membership_clear (&crowd.party);
  return acted;
}

static void
test_nothing_unauthorised_acts_under_any_charter (void)
{
  guint runs = MAX (120 / fixture_share (), 20), acted = 0;

  for (guint seed = 1; seed <= runs; seed++)
    {
      g_test_message ("seed %u", seed);
      acted += check_crowd (seed);
    }
  g_test_message ("%u claims acted under %u charters", acted, runs);
  g_assert_cmpuint (acted, >, runs);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/member/authority/In an association", test_in_an_association);
  g_test_add_func ("/member/authority/In a party with local groups",
                   test_in_a_party_with_local_groups);
  g_test_add_func ("/member/authority/In a cooperative", test_in_a_cooperative);
  g_test_add_func ("/member/authority/Nothing unauthorised acts under any charter",
                   test_nothing_unauthorised_acts_under_any_charter);
  return g_test_run ();
}
