/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture-organisation.h"
#include "dpop-member-row.h"
#include "dpop-decision-row.h"

int
main (int argc, char **argv)
{
  g_autoptr (FixtureOrganisation) o = fixture_organisation_new (1, TRUE);
  gint64 t = g_get_monotonic_time ();
#define LAP(x) g_print ("%-40s %8.1f ms\n", x, (g_get_monotonic_time () - t) / 1000.0), t = g_get_monotonic_time ()
  fixture_organisation_add_units (o, 20); LAP ("units");
  fixture_organisation_enrol (o, 10000); LAP ("enrol");
  dpop_profile_begin (o->profile->profile, NULL);
  dpop_projector_rebuild (o->projector, NULL); LAP ("rebuild");
  dpop_profile_commit (o->profile->profile, NULL); LAP ("commit");
  fixture_profile_confirm (o->profile); LAP ("confirm");
  fixture_organisation_add_devices (o, 100); LAP ("devices");
  fixture_organisation_decide (o, 100, 85, FIXTURE_DECIDE_CLOSED); LAP ("100 decide");
  fixture_organisation_decide (o, 1, 10000, FIXTURE_DECIDE_OPEN); LAP ("10000 votes");
  {
    DpopDatabase *db = dpop_profile_database (o->profile->profile);
    DpopMemberRowQuery q = DPOP_MEMBER_ROW_QUERY_ALL;
    g_autoptr (GPtrArray) w = NULL;
    guint n;
    for (int round = 0; round < 2; round++)
      {
    LAP ("");
    w = dpop_member_row_window (db, &q, 0, 50, NULL); LAP ("first");
    g_ptr_array_unref (w);
    w = dpop_member_row_window (db, &q, 9900, 50, NULL); LAP ("late");
    g_ptr_array_unref (w);
    q.search = "muller ada"; w = dpop_member_row_window (db, &q, 0, 50, NULL); LAP ("search");
    g_ptr_array_unref (w);
    q.search = "nonono"; w = dpop_member_row_window (db, &q, 0, 50, NULL); LAP ("search none");
    g_ptr_array_unref (w);
    dpop_member_row_count (db, &q, &n, NULL); LAP ("search count");
    q.search = NULL; q.unit = &g_array_index (o->units, CosmicId, 3); w = dpop_member_row_window (db, &q, 0, 50, NULL); LAP ("unit");
    g_ptr_array_unref (w);
    q.sort = DPOP_MEMBER_ROW_BY_NUMBER; q.states = 1 << 2; w = dpop_member_row_window (db, &q, 100, 50, NULL); LAP ("unit by number");
    g_ptr_array_unref (w);
    q.unit = &cosmic_id_zero; w = dpop_member_row_window (db, &q, 0, 50, NULL); LAP ("no unit");
    g_ptr_array_unref (w);
    q = DPOP_MEMBER_ROW_QUERY_ALL;
    GArray *o2 = dpop_member_row_order (db, &q, NULL); LAP ("order");
    g_array_unref (o2);
      }
  }
  return 0;
}
