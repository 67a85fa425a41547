/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-log.h"
#include "dpop-bundle-file.h"

G_BEGIN_DECLS

/* What a computer has, as a file for its peers: a bundle made from it holds only what it lacks, and
 * a vote that a record keeper's summary shows is delivered (design 4.10). [format]
 *
 * The file holds pages, in order, each an envelope of type summary under the party's current body
 * key with stream zero and the height for order. Its item is GVariant `(ayaym(ayay))`: content,
 * signature of the device, and, of a record keeper, its witness key and signature. Signed is
 * "dpop summary 1" with its NUL, party id, content. The content is `(yayxtayayuuaayaay)`: version
 * 1, device key, time in ms, height, checkpoint id, root of the shares at hand, number of the page
 * from 0, how many pages there are, and a slice of two lists of operation ids, each strictly
 * ascending over all pages: those not covered, and those of which a part is missing. The root of
 * the shares is that of RFC 6962 over their envelopes' ids, ascending. */
#define DPOP_BUNDLE_SUMMARY_PAGE      16384 /* ids of each list on one page */
#define DPOP_BUNDLE_SUMMARY_PAGES_MAX 64

typedef struct
{
  CosmicId device;
  CosmicId member;  /* whose device it is; zero when it is not known here */
  gboolean witness; /* signed by one of the party's record keepers */
  gint64 made;
  guint64 height;
  CosmicId checkpoint;
  CosmicId shares;
  GArray *open;    /* of CosmicId, ascending */
  GArray *lacking; /* of CosmicId, ascending */
} DpopBundleSummary;

/* WITNESS is NULL but on a record keeper's computer. */
gboolean dpop_bundle_summary_write (CosmicLog *log, const CosmicSecret *device,
                                    const CosmicSecret *witness, gint64 now, const char *path,
                                    GError **error);
/* Checked whole: all pages, every signature. */
DpopBundleSummary *dpop_bundle_summary_read (CosmicLog *log, const char *path, GError **error);
void               dpop_bundle_summary_free (DpopBundleSummary *self);

/* Whether whoever made it has OPERATION, covered at HEIGHT as known here (0: not covered). */
gboolean dpop_bundle_summary_shows (const DpopBundleSummary *self, const CosmicId *operation,
                                    guint64 height);

/* The same in two steps. What this computer has, without device and time; LACKING (of CosmicId) is
 * what was found lacking a while ago, NULL: it is looked for, in every entry there is. */
DpopBundleSummary *dpop_bundle_summary_collect (CosmicLog *log, const GArray *lacking,
                                                GError **error);
gboolean dpop_bundle_summary_sign  (CosmicLog *log, DpopBundleSummary *self,
                                    const CosmicSecret *device, const CosmicSecret *witness,
                                    gint64 now, const char *path, GError **error);

/* What OWN, this computer's, has and PEER lacks, as far as it can be told from here. */
typedef enum
{
  DPOP_BUNDLE_NEED_HEIGHTS = 1 << 0,    /* confirmations */
  DPOP_BUNDLE_NEED_OPERATIONS = 1 << 1, /* not covered ones */
  DPOP_BUNDLE_NEED_PARTS = 1 << 2,      /* of operations that it has */
  DPOP_BUNDLE_NEED_SHARES = 1 << 3,     /* it has other ones, more or fewer */
  DPOP_BUNDLE_NEED_OURS = 1 << 4,       /* among it is what AUTHOR said */
} DpopBundleNeed;

gboolean dpop_bundle_summary_need (CosmicLog *log, const DpopBundleSummary *own,
                                   const CosmicId *author, const DpopBundleSummary *peer,
                                   DpopBundleNeed *need, GError **error);
/* What all of SUMMARIES (of DpopBundleSummary, at least one) have, as if one computer had made it:
 * a file for it is one for each of them. */
DpopBundleSummary *dpop_bundle_summary_meet (CosmicLog *log, const GPtrArray *summaries,
                                             GError **error);

/* The root of the shares at hand, as a summary shows it. */
gboolean dpop_bundle_summary_shares (CosmicLog *log, CosmicId *root, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DpopBundleSummary, dpop_bundle_summary_free)

G_END_DECLS
