/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-bundle.h"
#include "fixture-log.h"

/* A society on one computer, and what is carried from it to others. */
#define SOCIETY_DEVICES 4
#define SOCIETY_STREAMS 3

typedef struct
{
  FixtureLog *log;
  FixtureDevice devices[SOCIETY_DEVICES]; /* the first founded; all are enrolled, with shares */
  CosmicId streams[SOCIETY_STREAMS];
  CosmicSecret *witness;
  char *folder; /* removed with what is in it */
  char *path;   /* of a file in it */
} Society;

void society_init  (Society *self, guint64 seed);
void society_clear (Society *self);
/* STEPS random things are said on LOG (NULL: the society's own), some of them confirmed. */
void society_live  (Society *self, FixtureLog *log, guint steps, gboolean confirm);
/* An operation about a member with a personal part that holds TEXT. */
void society_write (Society *self, FixtureLog *log, guint device, const char *text, CosmicId *id);
/* The founder gives the party new keys, sealed to the devices from FROM on. The shares, of GBytes,
 * are not in the store yet. */
GPtrArray *society_rotate (Society *self, guint from);
void       society_keep   (FixtureLog *log, const GPtrArray *shares);
/* An empty log that is to join. */
FixtureLog *society_newcomer (Society *self, guint64 seed);

/* Everything from FROM, or what PEER lacks, through the file. */
void society_export (Society *self, FixtureLog *from, const DpopBundleSummary *peer,
                     DpopBundleExport *result);
/* Without an error. */
void society_import (Society *self, FixtureLog *to, guint device, DpopBundleImport *result);
gboolean society_try_import (Society *self, FixtureLog *to, guint device, GError **error);
void society_carry (Society *self, FixtureLog *from, FixtureLog *to, guint device);

void society_assert_same (FixtureLog *a, FixtureLog *b);
void society_assert_sound (FixtureLog *log);
/* What was ever written to LOG's database. */
int  society_writes (FixtureLog *log);

/* The envelopes of the file, of GBytes; and a file of those for which TAKE is TRUE (NULL: all). */
GPtrArray *society_envelopes (Society *self);
void       society_rewrite   (Society *self, const GPtrArray *envelopes,
                              gboolean (*take) (guint n, const CosmicLabel *label, gpointer data),
                              gpointer data);
/* The bytes of the file, and others in their place. */
GByteArray *society_read  (Society *self);
void        society_store (Society *self, gconstpointer bytes, gsize size);
