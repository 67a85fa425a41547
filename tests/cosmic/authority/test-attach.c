/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture-fold.h"

#define assert_reason(found, expected) g_assert_cmpuint ((found), ==, COSMIC_REASON_##expected)

/* A party with three officers (the founder is the first) and a member who has a device, and says
 * that it is lost; a new device of theirs, and one of somebody else's who would be them. */
typedef struct
{
  FixtureParty party;
  FixtureDevice second, third, member, fresh, other;
  FixtureLog second_log, third_log, log;
} World;

static void
set_up (World *self, gconstpointer unused)
{
  fixture_party_init (&self->party, 1);
  fixture_enrol (&self->party, &self->second, TRUE);
  fixture_enrol (&self->party, &self->third, TRUE);
  fixture_enrol (&self->party, &self->member, FALSE);
  self->second_log = fixture_log (&self->second, &cosmic_id_zero);
  self->third_log = fixture_log (&self->third, &cosmic_id_zero);
  self->log = fixture_log (&self->member, &cosmic_id_zero);
  fixture_device_init (&self->fresh, &self->party.random, &self->member.member);
  fixture_device_init (&self->other, &self->party.random, &self->member.member);
}

static void
tear_down (World *self, gconstpointer unused)
{
  FixtureDevice *devices[] = { &self->second, &self->third, &self->member, &self->fresh,
                               &self->other };

  for (guint i = 0; i < G_N_ELEMENTS (devices); i++)
    fixture_device_clear (devices[i]);
  fixture_party_clear (&self->party);
}

static CosmicReason
attach (World *self, FixtureLog *log, const FixtureDevice *device)
{
  const CosmicRequest request = fixture_request (&self->party, device, NULL);

  return fixture_claim (&self->party, log, COSMIC_KIND_DEVICE_ATTACH,
                        cosmic_device_attach_body (&request));
}

static CosmicReason
support (World *self, FixtureLog *log, const FixtureDevice *device)
{
  return fixture_claim (&self->party, log, COSMIC_KIND_ATTACH_SUPPORT,
                        cosmic_attach_support_body (&device->id));
}

static CosmicReason
veto (World *self, FixtureLog *log, const FixtureDevice *device)
{
  return fixture_claim (&self->party, log, COSMIC_KIND_ATTACH_VETO,
                        cosmic_attach_veto_body (&device->id));
}

/* The end of a batch LATER ms after the one before. */
static void
end_batch (World *self, gint64 later)
{
  cosmic_authority_finish (&self->party.fold);
  self->party.fold.height++;
  self->party.fold.time += later;
}

static gboolean
is_on (World *self, const FixtureDevice *device)
{
  CosmicDevice found;

  return cosmic_authority_device (self->party.authority, &device->id, &found) && !found.off;
}

static CosmicAttachment
look (World *self, const FixtureDevice *device)
{
  CosmicAttachment attachment;

  g_assert_true (
      cosmic_authority_attachment (self->party.authority, &device->id, &attachment, NULL));
  return attachment;
}

static void
test_enough_officers_and_the_time (World *self, gconstpointer unused)
{
  const gint64 start = self->party.fold.time;
  CosmicAttachment attachment;
  CosmicDevice device;

  assert_reason (attach (self, &self->party.log, &self->fresh), NONE);
  attachment = look (self, &self->fresh);
  g_assert_cmpuint (attachment.supporters, ==, 1);
  g_assert_cmpint (attachment.due, ==, 0);
  end_batch (self, 100 * FIXTURE_VETO_MS); /* one officer alone waits for ever */
  end_batch (self, 0);
  g_assert_false (is_on (self, &self->fresh));

  assert_reason (support (self, &self->second_log, &self->fresh), NONE);
  attachment = look (self, &self->fresh);
  g_assert_cmpuint (attachment.supporters, ==, 2);
  g_assert_cmpint (attachment.due, ==, start + 101 * FIXTURE_VETO_MS);
  g_assert_cmpint (cosmic_state_deadline (self->party.authority), ==, attachment.due);
  end_batch (self, FIXTURE_VETO_MS - 1);
  end_batch (self, 1); /* at the last moment of the veto: not yet */
  g_assert_false (is_on (self, &self->fresh));
  g_assert_true (is_on (self, &self->member));
  end_batch (self, 0);
  g_assert_true (cosmic_authority_device (self->party.authority, &self->fresh.id, &device));
  g_assert_true (cosmic_id_same (&device.member, &self->member.member));
  g_assert_true (cosmic_id_same (&device.seal, &self->fresh.seal_id));
  g_assert_cmpuint (device.since, ==, self->party.fold.height - 1);
  g_assert_false (is_on (self, &self->member));
  g_assert_cmpint (cosmic_state_deadline (self->party.authority), ==, 0);
  g_assert_false (
      cosmic_authority_attachment (self->party.authority, &self->fresh.id, &attachment, NULL));
  /* What the old one says now is dead; the new one speaks as the member. */
  assert_reason (veto (self, &self->log, &self->fresh), AUTHOR_REMOVED);
  self->log = fixture_log (&self->fresh, &cosmic_id_zero);
  assert_reason (attach (self, &self->log, &self->other), NOT_ALLOWED);
}

static void
test_a_device_of_old_stops_it (World *self, gconstpointer unused)
{
  assert_reason (attach (self, &self->party.log, &self->fresh), NONE);
  assert_reason (veto (self, &self->party.log, &self->fresh), NOT_ALLOWED);
  assert_reason (support (self, &self->second_log, &self->fresh), NONE);
  end_batch (self, FIXTURE_VETO_MS);
  assert_reason (veto (self, &self->log, &self->fresh), NONE); /* in the batch of the time itself */
  assert_reason (veto (self, &self->log, &self->fresh), ALREADY);
  g_assert_true (look (self, &self->fresh).stopped);
  g_assert_cmpint (cosmic_state_deadline (self->party.authority), ==, 0);
  end_batch (self, FIXTURE_VETO_MS);
  end_batch (self, 0);
  g_assert_false (is_on (self, &self->fresh));
  g_assert_true (is_on (self, &self->member));
  assert_reason (support (self, &self->third_log, &self->fresh), NO_SUCH_SUBJECT);
  assert_reason (attach (self, &self->third_log, &self->fresh), ALREADY); /* for good */
  assert_reason (attach (self, &self->third_log, &self->other), NONE);
}

/* Whichever of the two comes first. */
static void
test_a_veto_and_a_support_at_once (World *self, gconstpointer unused)
{
  assert_reason (attach (self, &self->party.log, &self->fresh), NONE);
  assert_reason (veto (self, &self->log, &self->fresh), NONE);
  assert_reason (support (self, &self->second_log, &self->fresh), NO_SUCH_SUBJECT);
  assert_reason (attach (self, &self->party.log, &self->other), NONE);
  assert_reason (support (self, &self->second_log, &self->other), NONE);
  assert_reason (veto (self, &self->log, &self->other), NONE);
  g_assert_true (look (self, &self->fresh).stopped);
  g_assert_true (look (self, &self->other).stopped);
}

static void
test_who_may (World *self, gconstpointer unused)
{
  const FixtureDevice stranger = self->fresh;
  CosmicId nobody = { { 7 } };

  assert_reason (attach (self, &self->log, &self->fresh), NOT_ALLOWED); /* no officer */
  assert_reason (support (self, &self->second_log, &self->fresh), NO_SUCH_SUBJECT);
  assert_reason (veto (self, &self->log, &self->fresh), NO_SUCH_SUBJECT);
  self->fresh.member = self->party.founder.member; /* for oneself */
  assert_reason (attach (self, &self->party.log, &self->fresh), NOT_ALLOWED);
  self->fresh.member = nobody; /* no member */
  assert_reason (attach (self, &self->party.log, &self->fresh), NOT_ALLOWED);
  self->fresh = stranger;
  assert_reason (attach (self, &self->party.log, &self->member), ALREADY); /* in already */
  assert_reason (attach (self, &self->party.log, &self->fresh), NONE);
  assert_reason (attach (self, &self->second_log, &self->fresh), ALREADY);
  assert_reason (support (self, &self->log, &self->fresh), NOT_ALLOWED);
  assert_reason (support (self, &self->party.log, &self->fresh), ALREADY); /* counts once */
  assert_reason (support (self, &self->second_log, &self->fresh), NONE);
  assert_reason (support (self, &self->third_log, &self->fresh), ALREADY); /* enough do */
  g_assert_cmpuint (look (self, &self->fresh).supporters, ==, 2);
}

static void
test_a_request_is_the_devices_own (World *self, gconstpointer unused)
{
  const CosmicRequest good = fixture_request (&self->party, &self->fresh, NULL);

  for (guint i = 0; i < 4; i++)
    {
      CosmicRequest request = good;

      if (i == 0)
        request.member = self->second.member;
      else if (i == 1)
        request.device = self->other.id;
      else if (i == 2)
        request.seal = self->other.seal_id;
      else
        request.device_signature[9] ^= 1;
      assert_reason (fixture_claim (&self->party, &self->party.log, COSMIC_KIND_DEVICE_ATTACH,
                                    cosmic_device_attach_body (&request)),
                     BAD_PROOF);
      assert_reason (fixture_claim (&self->party, &self->party.log, COSMIC_KIND_DEVICE_ATTACH,
                                    fixture_shorten (cosmic_device_attach_body (&good), i)),
                     BAD_BODY);
    }
  assert_reason (fixture_claim (&self->party, &self->party.log, COSMIC_KIND_ATTACH_SUPPORT,
                                fixture_shorten (cosmic_attach_support_body (&good.device), 0)),
                 BAD_BODY);
  assert_reason (fixture_claim (&self->party, &self->log, COSMIC_KIND_ATTACH_VETO,
                                fixture_shorten (cosmic_attach_veto_body (&good.device), 0)),
                 BAD_BODY);
}

/* Which of two is first must not hang on an id; and none is attached behind another's back. */
static void
test_two_at_once_bring_each_other_down (World *self, gconstpointer unused)
{
  CosmicAttachment attachment;

  assert_reason (attach (self, &self->party.log, &self->fresh), NONE);
  assert_reason (attach (self, &self->second_log, &self->other), NONE);
  assert_reason (support (self, &self->second_log, &self->fresh), NONE);
  assert_reason (support (self, &self->third_log, &self->other), NONE);
  end_batch (self, FIXTURE_VETO_MS);
  end_batch (self, 0);
  g_assert_false (is_on (self, &self->fresh));
  g_assert_false (is_on (self, &self->other));
  g_assert_true (is_on (self, &self->member));
  g_assert_false (
      cosmic_authority_attachment (self->party.authority, &self->other.id, &attachment, NULL));
}

static void
test_the_earlier_one_ends_the_later (World *self, gconstpointer unused)
{
  CosmicAttachment attachment;

  assert_reason (attach (self, &self->party.log, &self->fresh), NONE);
  assert_reason (support (self, &self->second_log, &self->fresh), NONE);
  end_batch (self, 1);
  assert_reason (attach (self, &self->second_log, &self->other), NONE);
  assert_reason (support (self, &self->third_log, &self->other), NONE);
  end_batch (self, 10 * FIXTURE_VETO_MS);
  end_batch (self, 0); /* both are due, one earlier */
  g_assert_true (is_on (self, &self->fresh));
  g_assert_false (is_on (self, &self->other));
  g_assert_false (
      cosmic_authority_attachment (self->party.authority, &self->other.id, &attachment, NULL));
  g_assert_cmpint (cosmic_state_deadline (self->party.authority), ==, 0);
}

static void
test_nothing_fires_before_it_is_confirmed (World *self, gconstpointer unused)
{
  assert_reason (attach (self, &self->party.log, &self->fresh), NONE);
  assert_reason (support (self, &self->second_log, &self->fresh), NONE);
  self->party.fold.time += 2 * FIXTURE_VETO_MS;
  self->party.fold.tail = TRUE;
  cosmic_authority_finish (&self->party.fold);
  g_assert_false (is_on (self, &self->fresh));
  self->party.fold.tail = FALSE;
  cosmic_authority_finish (&self->party.fold);
  g_assert_true (is_on (self, &self->fresh));
}

/* Between the support and the time, the device came in by another door. */
static void
test_a_device_that_is_in_already_changes_nothing (World *self, gconstpointer unused)
{
  const CosmicId shares = { { 5 } };
  CosmicRequest request;

  assert_reason (attach (self, &self->party.log, &self->fresh), NONE);
  assert_reason (support (self, &self->second_log, &self->fresh), NONE);
  request = fixture_request (&self->party, &self->fresh, NULL);
  assert_reason (fixture_claim (&self->party, &self->log, COSMIC_KIND_DEVICE_ADD,
                                cosmic_device_add_body (&request, &shares)),
                 NONE);
  end_batch (self, FIXTURE_VETO_MS);
  end_batch (self, 0);
  g_assert_true (is_on (self, &self->fresh));
  g_assert_true (is_on (self, &self->member)); /* the old one said so itself, and stays */
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(claim, function) g_test_add ("/attach/" claim, World, NULL, set_up, function, tear_down)
  ADD ("Enough officers, and the time for a veto", test_enough_officers_and_the_time);
  ADD ("A device of old stops it, for good", test_a_device_of_old_stops_it);
  ADD ("A veto and a support at once: it is stopped", test_a_veto_and_a_support_at_once);
  ADD ("Officers may, each once, not for themselves", test_who_may);
  ADD ("A request is the device's own", test_a_request_is_the_devices_own);
  ADD ("Two that are due at once bring each other down", test_two_at_once_bring_each_other_down);
  ADD ("The earlier one ends the later", test_the_earlier_one_ends_the_later);
  ADD ("Nothing fires before it is confirmed", test_nothing_fires_before_it_is_confirmed);
  ADD ("A device that is in already changes nothing",
       test_a_device_that_is_in_already_changes_nothing);
#undef ADD
  return g_test_run ();
}
