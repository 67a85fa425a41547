/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-profile-label.h"

G_BEGIN_DECLS

/* The profiles of a person on this computer: folders side by side in one folder, the root. Found
 * by the vault's files in them, without opening one. Folders that are links are passed over, so
 * that nothing is shown, or deleted, that lies elsewhere. */
typedef struct
{
  char *folder;      /* its path */
  char *name;        /* the last part of it, in UTF-8 */
  char *label;       /* never NULL: what was typed, else NAME */
  gboolean labelled; /* it was typed */
  gboolean practice;
  gboolean in_use;   /* open, in this process or in another */
  gboolean readable; /* FALSE: this person may not look into it, so nothing more is known */
  gboolean broken;   /* its keys are missing: what else lies in it cannot be read any more */
  gint64 last_used;  /* ms; when it was last opened or closed; 0: not known */
} DpopProfileFolder;

void dpop_profile_folder_free (DpopProfileFolder *self);

/* Where profiles lie unless somebody says otherwise: $XDG_DATA_HOME/dpop. */
char *dpop_profile_folder_root (void);

/* What is in ROOT (NULL: the usual one): (element-type DpopProfileFolder), those last used first,
 * practice after the others. A root that does not exist holds none; NULL only when it cannot be
 * read. */
GPtrArray *dpop_profile_folder_list (const char *root, GError **error);
/* One of them; NULL without error when FOLDER holds no profile. */
DpopProfileFolder *dpop_profile_folder_look (const char *folder);

/* "Organisation 1": the first that no profile in ROOT is called. Translated. */
char *dpop_profile_folder_free_label (const char *root);
/* A new folder in ROOT, which is made too, named after LABEL in small letters of ASCII, and with a
 * number when the name is taken. It is there, empty but for the label, when this answers: two
 * programs never get the same. */
char *dpop_profile_folder_make  (const char *root, const DpopProfileLabel *label, GError **error);

/* A folder in ROOT for what is not a profile yet, or not for long: its name begins with a dot, and
 * it is not listed. To be renamed by dpop_profile_folder_publish(), or removed. What a crash has
 * left of others is removed here after an hour. */
#define DPOP_PROFILE_FOLDER_DRAFT ".draft-"
char    *dpop_profile_folder_draft   (const char *root, GError **error);
/* DRAFT becomes FOLDER, which must not exist, or be empty. Its files are synced by then. */
gboolean dpop_profile_folder_publish (const char *draft, const char *folder, GError **error);

/* Deletes a profile for good: its keys first, then everything that DPOP has put there. It must be
 * one (DPOP_VAULT_ERROR_NOT_A_PROFILE), and not be open (_BUSY says where it is). The disk may keep
 * what was written for a while; nobody reads it without the passphrase, and no overwriting is
 * promised. Files that are not DPOP's are left, and with them the folder: *LEFT (may be NULL)
 * tells. */
gboolean dpop_profile_folder_remove  (const char *folder, gboolean *left, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DpopProfileFolder, dpop_profile_folder_free)

G_END_DECLS
