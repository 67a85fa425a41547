/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a profile is called on this computer before it is unlocked. Nothing of the organisation's
 * may lie on the disk in the clear, its name included: the label is what a person types knowingly
 * for this computer ("Organisation 1" unless they do), and everybody who can read the folder can
 * read it. It stands in the file "label" beside the vault's own, with a mark on a profile that is
 * for practice only; it is no secret, no proof, and not part of the history. */
typedef struct
{
  char *text; /* NULL: none was typed */
  gboolean practice;
} DpopProfileLabel;

#define DPOP_PROFILE_LABEL_FILE "label"
#define DPOP_PROFILE_LABEL_MAX  80 /* characters */

void dpop_profile_label_clear (DpopProfileLabel *self);

/* Whether TEXT may stand as a label: UTF-8, one line, neither empty nor blank, not too long. */
gboolean dpop_profile_label_fits (const char *text);

/* The label of the profile in FOLDER. A file that is missing, unreadable, or not one of these is as
 * no label: it is never in the way of opening a profile. */
void     dpop_profile_label_read  (const char *folder, DpopProfileLabel *self);
/* Replaces it: after a crash the old or the new one is there. G_FILE_ERROR_INVAL for a text that
 * does not fit. */
gboolean dpop_profile_label_write (const char *folder, const DpopProfileLabel *self,
                                   GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DpopProfileLabel, dpop_profile_label_clear)

G_END_DECLS
