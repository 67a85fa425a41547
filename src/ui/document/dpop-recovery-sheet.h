/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-document.h"

#include "dpop-profile.h"

G_BEGIN_DECLS

/* A sheet to print and keep where papers are kept: what somebody needs who has to open, or give up,
 * this computer's data. No secret is printed; the passphrase is written on it by hand, by whoever
 * wants that. */
typedef struct
{
  const char *organisation;
  const char *member;      /* whose computer it is */
  const char *computer;    /* what the computer is called */
  const char *folder;      /* where the data is, as a path */
  CosmicId party;          /* the founding */
  guint64 height;          /* of the newest confirmation; 0: none yet */
  CosmicId check_number;   /* of it */
  gboolean record_keeper;  /* this computer confirms */
  gboolean only_record_keeper;
  const char *contact;     /* whom to call, one line each; NULL: a line to write on */
  gint64 made;             /* ms */
} DpopRecoverySheet;

DpopDocument *dpop_recovery_sheet_new (const DpopRecoverySheet *sheet, DpopDocumentPaper paper);

G_END_DECLS
