/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-profile-folder.h"

#include "fixture-profile.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A root of profiles that goes away. */
typedef struct
{
  char *root;
} Place;

static void
remove_all (const char *path)
{
  if (!g_file_test (path, G_FILE_TEST_IS_SYMLINK) && g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      g_autoptr (GDir) dir = NULL;
      const char *name;

      g_chmod (path, 0700);
      dir = g_dir_open (path, 0, NULL);
      while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
        {
          g_autofree char *inner = g_build_filename (path, name, NULL);

          remove_all (inner);
        }
    }
  g_remove (path);
}

static void
setup (Place *place, gconstpointer unused)
{
  GError *error = NULL;

  place->root = g_dir_make_tmp ("dpop-profiles-XXXXXX", &error);
  g_assert_no_error (error);
}

static void
teardown (Place *place, gconstpointer unused)
{
  remove_all (place->root);
  g_free (place->root);
}

static char *
within (Place *place, const char *name)
{
  return g_build_filename (place->root, name, NULL);
}

static void
put (const char *folder, const char *name, const char *content)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  GError *error = NULL;

  g_mkdir_with_parents (folder, 0700);
  g_file_set_contents (path, content, -1, &error);
  g_assert_no_error (error);
}

static char *
make (Place *place, const char *text, gboolean practice)
{
  const DpopProfileLabel label = { (char *) text, practice };
  GError *error = NULL;
  char *folder = dpop_profile_folder_make (place->root, &label, &error);

  g_assert_no_error (error);
  return folder;
}

static DpopProfile *
create (const char *folder)
{
  g_autoptr (CosmicSecret) secret = cosmic_secret_copy ("x", 1);
  GError *error = NULL;
  DpopProfile *profile = dpop_profile_create (folder, secret, COSMIC_PASSWORD_COST_TEST, NULL,
                                              &error);

  g_assert_no_error (error);
  return profile;
}

/* A whole profile, closed. */
static char *
make_profile (Place *place, const char *text, gboolean practice)
{
  char *folder = make (place, text, practice);

  dpop_profile_free (create (folder));
  return folder;
}

static GPtrArray *
list (Place *place)
{
  GError *error = NULL;
  GPtrArray *found = dpop_profile_folder_list (place->root, &error);

  g_assert_no_error (error);
  return found;
}

static void
assert_one (Place *place, const char *label)
{
  g_autoptr (GPtrArray) found = list (place);

  g_assert_cmpuint (found->len, ==, 1);
  g_assert_cmpstr (((DpopProfileFolder *) found->pdata[0])->label, ==, label);
}

static void
assert_none (Place *place)
{
  g_autoptr (GPtrArray) found = list (place);

  g_assert_cmpuint (found->len, ==, 0);
}

/* --- Labels. --------------------------------------------------------------------------------- */

static void
test_label_comes_back (Place *place, gconstpointer unused)
{
  static const char *const fine[] = { "Organisation 1", "Chœur de l'Île", "合唱団", " = [x] ; # ",
                                      "back\\slash \"quoted\"" };

  for (gsize i = 0; i < G_N_ELEMENTS (fine); i++)
    {
      const DpopProfileLabel label = { (char *) fine[i], i % 2 == 0 };
      g_auto (DpopProfileLabel) again = { 0 };
      GError *error = NULL;

      dpop_profile_label_write (place->root, &label, &error);
      g_assert_no_error (error);
      dpop_profile_label_read (place->root, &again);
      g_assert_cmpstr (again.text, ==, fine[i]);
      g_assert_cmpint (again.practice, ==, i % 2 == 0);
    }
}

static void
test_label_is_one_visible_line (Place *place, gconstpointer unused)
{
  g_autofree char *most = g_strnfill (DPOP_PROFILE_LABEL_MAX, 'x');
  g_autofree char *more = g_strnfill (DPOP_PROFILE_LABEL_MAX + 1, 'x');
  const char *const bad[] = { "", "  ", "two\nlines", "\033[31mred", "\xff", more,
                              "turned \xe2\x80\xae round", "tab\tbed" };

  g_assert_true (dpop_profile_label_fits (most));
  g_assert_false (dpop_profile_label_fits (NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      const DpopProfileLabel label = { (char *) bad[i], FALSE };
      g_auto (DpopProfileLabel) again = { 0 };
      g_autoptr (GError) error = NULL;

      g_assert_false (dpop_profile_label_fits (bad[i]));
      g_assert_false (dpop_profile_label_write (place->root, &label, &error));
      g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL);
      g_assert_null (dpop_profile_folder_make (place->root, &label, NULL));
      dpop_profile_label_read (place->root, &again);
      g_assert_null (again.text);
    }
}

/* Whatever stands in the file, a profile opens and is listed. */
static void
test_odd_label_files_are_no_label (Place *place, gconstpointer unused)
{
  g_autofree char *large = g_strnfill (10000, 'x');
  const char *const odd[] = { "", "nothing", "[DPOP profile]\n", "[DPOP profile]\nLabel=a\\nb\n",
                              "[DPOP profile]\nLabel=\xff\xff\nPractice=perhaps\n",
                              "[Other]\nLabel=x\n", large };
  g_autofree char *folder = make_profile (place, "Choir", FALSE);
  g_autofree char *path = g_build_filename (folder, "label", NULL);

  assert_one (place, "Choir");
  for (gsize i = 0; i < G_N_ELEMENTS (odd); i++)
    {
      put (folder, "label", odd[i]);
      assert_one (place, "choir");
    }
  g_remove (path);
  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  assert_one (place, "choir");
  g_remove (path);
  g_assert_cmpint (symlink ("/etc/passwd", path), ==, 0);
  assert_one (place, "choir");
}

/* --- Names. ---------------------------------------------------------------------------------- */

static void
test_folder_names_are_plain (Place *place, gconstpointer unused)
{
  static const char *const cases[][2]
      = { { "Riverside Choir", "riverside-choir" },
          { "Riverside  choir!", "riverside-choir-2" },
          { "../../etc/passwd", "etc-passwd" },
          { "Chœur de l'Île", "choeur-de-lile" },
          { "合唱団", "organisation" },
          { "...", "organisation-2" },
          { "-rf /", "rf" },
          { "A name that is so long that no folder should be called by the whole of it",
            "a-name-that-is-so-long-that-no-folder-sh" } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *folder = make (place, cases[i][0], FALSE);
      g_autofree char *name = g_path_get_basename (folder);
      g_autofree char *parent = g_path_get_dirname (folder);

      g_assert_cmpstr (name, ==, cases[i][1]);
      g_assert_cmpstr (parent, ==, place->root);
    }
  assert_none (place); /* there is no profile in any of them yet */
}

static void
test_free_labels_count_up (Place *place, gconstpointer unused)
{
  g_autofree char *first = dpop_profile_folder_free_label (place->root);
  g_autofree char *folder = make_profile (place, first, FALSE);
  g_autofree char *second = dpop_profile_folder_free_label (place->root);

  g_assert_cmpstr (first, ==, "Organisation 1");
  g_assert_cmpstr (second, ==, "Organisation 2");
}

/* --- The list. ------------------------------------------------------------------------------- */

static void
test_list_tells_what_is_there (Place *place, gconstpointer unused)
{
  g_autofree char *practice = make_profile (place, "Practice", TRUE);
  g_autofree char *choir = make_profile (place, "Choir", FALSE);
  g_autofree char *plain = within (place, "default");
  g_autoptr (DpopProfile) open = create (plain);
  g_autoptr (GPtrArray) found = list (place);
  const DpopProfileFolder *last;

  g_assert_cmpuint (found->len, ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      const DpopProfileFolder *one = found->pdata[i];

      g_assert_cmpint (one->in_use, ==, strcmp (one->name, "default") == 0);
      g_assert_cmpint (one->labelled, ==, strcmp (one->name, "default") != 0);
      g_assert_true (one->readable);
      g_assert_false (one->broken);
      g_assert_cmpint (ABS (one->last_used - g_get_real_time () / 1000), <, 60000);
    }
  last = found->pdata[2];
  g_assert_true (last->practice);
  g_assert_cmpstr (last->label, ==, "Practice");
}

static void
test_looking_changes_nothing (Place *place, gconstpointer unused)
{
  g_autofree char *folder = make_profile (place, "Choir", FALSE);
  g_autofree char *lock = g_build_filename (folder, "lock", NULL);
  g_autoptr (DpopProfileFolder) before = NULL;
  g_autoptr (DpopProfileFolder) after = NULL;

  before = dpop_profile_folder_look (folder);
  g_usleep (20000);
  after = dpop_profile_folder_look (folder);
  g_assert_cmpint (before->last_used, ==, after->last_used);
  g_remove (lock);
  g_assert_nonnull (after);
  dpop_profile_folder_free (g_steal_pointer (&after));
  after = dpop_profile_folder_look (folder);
  g_assert_cmpint (after->last_used, ==, 0);
  g_assert_false (after->in_use);
  g_assert_false (g_file_test (lock, G_FILE_TEST_EXISTS));
}

static void
test_foreign_folders_are_passed_over (Place *place, gconstpointer unused)
{
  g_autofree char *elsewhere = make_profile (place, "Choir", FALSE);
  g_autofree char *link = within (place, "link");
  g_autofree char *broken_link = within (place, "nowhere");
  g_autofree char *photos = within (place, "photos");
  g_autofree char *fake = within (place, "fake");
  g_autofree char *inner = g_build_filename (fake, "slots-a", NULL);

  g_assert_cmpint (symlink (elsewhere, link), ==, 0);
  g_assert_cmpint (symlink ("/nonexistent", broken_link), ==, 0);
  put (place->root, "slots-a", "a file, no folder");
  put (photos, "label", "[DPOP profile]\nLabel=Photos\n");
  put (photos, "lock", "");
  g_mkdir_with_parents (inner, 0700); /* a folder called as the key file is */
  assert_one (place, "Choir");
  g_assert_null (dpop_profile_folder_look (link));
  g_assert_null (dpop_profile_folder_look ("/nonexistent"));
}

static void
test_half_made_profile_is_broken (Place *place, gconstpointer unused)
{
  g_autofree char *folder = make_profile (place, "Choir", FALSE);
  g_autofree char *a = g_build_filename (folder, "slots-a", NULL);
  g_autofree char *b = g_build_filename (folder, "slots-b", NULL);
  g_autoptr (DpopProfileFolder) one = NULL;

  g_remove (a);
  one = dpop_profile_folder_look (folder);
  g_assert_false (one->broken); /* the other copy opens it */
  g_remove (b);
  dpop_profile_folder_free (g_steal_pointer (&one));
  one = dpop_profile_folder_look (folder);
  g_assert_true (one->broken);
  g_assert_true (dpop_profile_folder_remove (folder, NULL, NULL));
  assert_none (place);
}

static void
test_unreadable_folder_says_so (Place *place, gconstpointer unused)
{
  g_autofree char *folder = make_profile (place, "Choir", FALSE);
  g_autoptr (DpopProfileFolder) one = NULL;
  g_autoptr (GError) error = NULL;

  if (geteuid () == 0)
    {
      g_test_skip ("nothing is unreadable for the superuser");
      return;
    }
  g_chmod (folder, 0);
  one = dpop_profile_folder_look (folder);
  g_assert_nonnull (one);
  g_assert_false (one->readable);
  g_assert_cmpstr (one->label, ==, "choir");
  g_assert_false (dpop_profile_folder_remove (folder, NULL, &error));
  g_assert_nonnull (error);
  g_chmod (place->root, 0);
  g_assert_null (dpop_profile_folder_list (place->root, NULL));
  g_chmod (place->root, 0700);
}

static void
test_missing_root_holds_none (Place *place, gconstpointer unused)
{
  g_autofree char *missing = within (place, "not/yet");
  g_autoptr (GPtrArray) found = dpop_profile_folder_list (missing, NULL);
  const DpopProfileLabel label = { (char *) "Choir", FALSE };
  g_autofree char *folder = NULL;

  g_assert_cmpuint (found->len, ==, 0);
  folder = dpop_profile_folder_make (missing, &label, NULL);
  g_assert_true (g_str_has_prefix (folder, missing));
}

/* --- Deleting. ------------------------------------------------------------------------------- */

static void
test_open_profile_is_not_deleted (Place *place, gconstpointer unused)
{
  g_autofree char *folder = make (place, "Choir", FALSE);
  DpopProfile *profile = create (folder);
  g_autoptr (GError) error = NULL;
  gboolean left = TRUE;

  g_assert_false (dpop_profile_folder_remove (folder, NULL, &error));
  g_assert_error (error, DPOP_VAULT_ERROR, DPOP_VAULT_ERROR_BUSY);
  dpop_profile_free (profile);
  assert_one (place, "Choir");
  g_assert_true (dpop_profile_folder_remove (folder, &left, NULL));
  g_assert_false (left);
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
}

static void
test_only_own_files_are_deleted (Place *place, gconstpointer unused)
{
  g_autofree char *folder = make_profile (place, "Choir", FALSE);
  g_autofree char *outside = within (place, "letter");
  g_autofree char *trap = g_build_filename (folder, "database-9", NULL);
  g_autofree char *photo = g_build_filename (folder, "photo.jpg", NULL);
  gboolean left = FALSE;

  put (place->root, "letter", "dear");
  put (folder, "photo.jpg", "us");
  g_assert_cmpint (symlink (outside, trap), ==, 0);
  g_assert_true (dpop_profile_folder_remove (folder, &left, NULL));
  g_assert_true (left);
  g_assert_true (g_file_test (photo, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (outside, G_FILE_TEST_EXISTS));
  assert_none (place);
}

static void
test_foreign_folders_are_not_deleted (Place *place, gconstpointer unused)
{
  g_autofree char *folder = within (place, "letters");
  g_autofree char *link = within (place, "link");
  g_autofree char *label = g_build_filename (folder, "label", NULL);
  g_autofree char *profile = make_profile (place, "Choir", FALSE);
  g_autoptr (GError) error = NULL;

  put (folder, "label", "for the parcel");
  g_assert_false (dpop_profile_folder_remove (folder, NULL, &error));
  g_assert_error (error, DPOP_VAULT_ERROR, DPOP_VAULT_ERROR_NOT_A_PROFILE);
  g_assert_true (g_file_test (label, G_FILE_TEST_EXISTS));
  g_assert_cmpint (symlink (profile, link), ==, 0);
  g_assert_false (dpop_profile_folder_remove (link, NULL, NULL));
  assert_one (place, "Choir");
}

/* --- Drafts. --------------------------------------------------------------------------------- */

static void
test_draft_becomes_a_profile_at_once (Place *place, gconstpointer unused)
{
  g_autofree char *draft = dpop_profile_folder_draft (place->root, NULL);
  g_autofree char *folder = make (place, "Choir", FALSE);
  g_autofree char *label = g_build_filename (folder, "label", NULL);
  g_autoptr (GError) error = NULL;

  dpop_profile_free (create (draft));
  assert_none (place);
  g_assert_false (dpop_profile_folder_publish (draft, folder, &error)); /* not empty */
  g_assert_nonnull (error);
  g_remove (label);
  g_assert_true (dpop_profile_folder_publish (draft, folder, NULL));
  assert_one (place, "choir");
}

static void
make_old (const char *folder)
{
  g_autoptr (GFile) file = g_file_new_for_path (folder);
  GError *error = NULL;

  g_file_set_attribute_uint64 (file, G_FILE_ATTRIBUTE_TIME_MODIFIED,
                               (guint64) (g_get_real_time () / G_USEC_PER_SEC) - 7200,
                               G_FILE_QUERY_INFO_NONE, NULL, &error);
  g_assert_no_error (error);
}

static void
test_old_drafts_are_swept (Place *place, gconstpointer unused)
{
  g_autofree char *fresh = dpop_profile_folder_draft (place->root, NULL);
  g_autofree char *old = dpop_profile_folder_draft (place->root, NULL);
  g_autofree char *used = dpop_profile_folder_draft (place->root, NULL);
  g_autofree char *next = NULL;
  g_autoptr (DpopProfile) open = create (used);

  dpop_profile_free (create (old));
  make_old (old);
  make_old (used);
  next = dpop_profile_folder_draft (place->root, NULL);
  g_assert_true (g_file_test (fresh, G_FILE_TEST_IS_DIR));
  g_assert_true (g_file_test (used, G_FILE_TEST_IS_DIR));
  g_assert_true (g_file_test (next, G_FILE_TEST_IS_DIR));
  g_assert_false (g_file_test (old, G_FILE_TEST_EXISTS));
}

#define add(path, test) g_test_add (path, Place, NULL, setup, test, teardown)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/label/comes-back", test_label_comes_back);
  add ("/label/is-one-visible-line", test_label_is_one_visible_line);
  add ("/label/odd-files-are-none", test_odd_label_files_are_no_label);
  add ("/folder/names-are-plain", test_folder_names_are_plain);
  add ("/folder/free-labels-count-up", test_free_labels_count_up);
  add ("/folder/list-tells-what-is-there", test_list_tells_what_is_there);
  add ("/folder/looking-changes-nothing", test_looking_changes_nothing);
  add ("/folder/foreign-ones-are-passed-over", test_foreign_folders_are_passed_over);
  add ("/folder/half-made-is-broken", test_half_made_profile_is_broken);
  add ("/folder/unreadable-says-so", test_unreadable_folder_says_so);
  add ("/folder/missing-root-holds-none", test_missing_root_holds_none);
  add ("/folder/open-is-not-deleted", test_open_profile_is_not_deleted);
  add ("/folder/only-own-files-are-deleted", test_only_own_files_are_deleted);
  add ("/folder/foreign-is-not-deleted", test_foreign_folders_are_not_deleted);
  add ("/folder/draft-becomes-a-profile", test_draft_becomes_a_profile_at_once);
  add ("/folder/old-drafts-are-swept", test_old_drafts_are_swept);
  return g_test_run ();
}
