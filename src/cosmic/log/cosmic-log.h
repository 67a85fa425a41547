/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-authority.h"
#include "cosmic-certificate.h"
#include "cosmic-log-error.h"
#include "cosmic-log-store.h"
#include "cosmic-share.h"
#include "dpop-clock.h"

G_BEGIN_DECLS

/* A party's signed history on one computer: what is certified, and on top of it what is not covered
 * yet, folded as one more batch at the last checkpoint's time.
 *
 * Every change happens between cosmic_log_begin() and cosmic_log_commit(); after a failure, or on
 * cosmic_log_rollback(), the log is again what the store has. One thread. */
typedef struct _CosmicLog CosmicLog;

/* STORE, RULES and the effects are borrowed and outlive the log. Reads what is there. */
CosmicLog *cosmic_log_new  (CosmicLogStore store, const CosmicRules *rules, DpopRandom random,
                            DpopClock clock, GError **error);
void       cosmic_log_free (CosmicLog *self);

gboolean cosmic_log_begin    (CosmicLog *self, GError **error);
gboolean cosmic_log_commit   (CosmicLog *self, GError **error);
gboolean cosmic_log_rollback (CosmicLog *self, GError **error);

/* --- What it is. --------------------------------------------------------------------------- */

gboolean        cosmic_log_is_founded (const CosmicLog *self);
/* The party's id, zero before founding; also settable once before anything is accepted, for who
 * joins by invitation, and kept from then on. */
const CosmicId *cosmic_log_party      (const CosmicLog *self);
gboolean        cosmic_log_set_party  (CosmicLog *self, const CosmicId *party, GError **error);
/* The newest checkpoint: 0 and zero ids before the first. */
guint64         cosmic_log_height     (const CosmicLog *self);
const CosmicId *cosmic_log_checkpoint (const CosmicLog *self);
gint64          cosmic_log_time       (const CosmicLog *self);
const CosmicId *cosmic_log_state_root (const CosmicLog *self);
const CosmicRules *cosmic_log_rules   (const CosmicLog *self);
CosmicLogStore  cosmic_log_store      (const CosmicLog *self);

/* The state of a stream, what is not covered yet included, folded as far as it was not. Borrowed,
 * until the log changes. NULL only when the store fails. */
const CosmicState *cosmic_log_state     (CosmicLog *self, const CosmicId *stream, GError **error);
const CosmicState *cosmic_log_authority (CosmicLog *self, GError **error);
/* The certified state alone. */
const CosmicState *cosmic_log_certified (CosmicLog *self, const CosmicId *stream, GError **error);
/* Streams with operations that are not covered, ascending; array of CosmicId. */
GArray *cosmic_log_open_streams (const CosmicLog *self);
guint   cosmic_log_n_open       (const CosmicLog *self);
/* A hash of the uncovered tail's folded state, apart from the certified root. */
gboolean cosmic_log_tail_hash   (CosmicLog *self, CosmicId *hash, GError **error);

/* What changed since it was last asked, as (stream, key) of states, ascending, each once. Folds
 * what is not folded yet. Entries: CosmicLogChange. */
typedef struct
{
  CosmicId stream;
  CosmicKey key;
} CosmicLogChange;

GArray *cosmic_log_take_changes (CosmicLog *self, GError **error);

/* An exported entry of a stream, as certified now, with its proof against the checkpoint at the
 * current height. FALSE without error when there is none. */
gboolean cosmic_log_prove_export (CosmicLog *self, const CosmicId *stream, const CosmicKey *key,
                                  GBytes **value, GBytes **proof, GError **error);

/* --- Keys. ---------------------------------------------------------------------------------- */

/* NULL when it is not at hand. Borrowed. */
const CosmicScopeKey *cosmic_log_key     (const CosmicLog *self, const CosmicId *id);
/* Keeps KEY, and opens whatever waited for it. */
gboolean cosmic_log_add_key   (CosmicLog *self, const CosmicScopeKey *key, GError **error);
/* Takes the keys out of a share for this device; FALSE without error when it is not for it. */
gboolean cosmic_log_take_share (CosmicLog *self, const CosmicSecret *seal_key, GBytes *envelope,
                                gboolean *mine, GError **error);

/* The envelope of an entry's header, body or personal part, to hand on; NULL when it is not at hand
 * or erased. The key of the header is the one that the header names. */
GBytes *cosmic_log_envelope (const CosmicLog *self, const CosmicEntry *entry, CosmicItemType type);

/* --- Signing. -------------------------------------------------------------------------------- */

/* What someone says, not signed yet: plain data. STREAM is where; for an opening, the id that its
 * nonce makes. PERSONAL may be NULL. Both values are sunk if floating. */
typedef struct
{
  CosmicId stream;
  guint16 kind;
  GVariant *body;
  GVariant *personal;
  CosmicId personal_scope;
} CosmicClaim;

/* Founds the party: signs the genesis with DEVICE. NAMES is its personal part. */
gboolean cosmic_log_found  (CosmicLog *self, const CosmicSecret *device,
                            const CosmicGenesis *genesis, GVariant *names,
                            const CosmicScopeKey *body_key, const CosmicScopeKey *personal_key,
                            CosmicReason *reason, GError **error);
/* Tries CLAIM on the state as it is; if it acts, signs and stores it, and *OPERATION (unref) is
 * what was signed. If it does not, *REASON says why and nothing is stored. */
gboolean cosmic_log_append (CosmicLog *self, const CosmicSecret *device, const CosmicClaim *claim,
                            CosmicOperation **operation, CosmicReason *reason, GError **error);

/* What cosmic_log_append() would answer, without signing anything that stays: *REASON is 0 when
 * CLAIM would act. Also outside a transaction. */
gboolean cosmic_log_try    (CosmicLog *self, const CosmicSecret *device, const CosmicClaim *claim,
                            CosmicReason *reason, GError **error);

/* --- Accepting what others signed. ------------------------------------------------------------ */

typedef enum
{
  COSMIC_ACCEPT_ADDED,
  COSMIC_ACCEPT_HELD,  /* kept until its causes come */
  COSMIC_ACCEPT_KNOWN, /* nothing new about it */
} CosmicAccept;

/* A header item with the envelopes of its parts, either NULL. An error of the log means that it is
 * refused for good: malformed, of another party, not truly signed, a part that is not the one it
 * names. Nothing was changed then, and the transaction can go on; the same holds for what
 * cosmic_log_apply() refuses. */
gboolean cosmic_log_accept (CosmicLog *self, GBytes *item, GBytes *body, GBytes *personal,
                            CosmicAccept *accept, GError **error);

typedef enum
{
  COSMIC_APPLY_DONE,
  COSMIC_APPLY_KNOWN,
  COSMIC_APPLY_WAITING, /* an earlier checkpoint, or something that it covers, is not here */
} CosmicApply;

/* A certified checkpoint. Folds what it covers, and refuses it unless the result is the one that
 * was certified. */
gboolean cosmic_log_apply (CosmicLog *self, GBytes *checkpoint, GBytes *list, GBytes *certificate,
                           CosmicApply *apply, GError **error);

/* Certifies all that is open, as the party's only witness. *COVERED tells how many operations;
 * without any, and without a deadline due, no checkpoint is made. */
gboolean cosmic_log_certify (CosmicLog *self, const CosmicSecret *witness, guint *covered,
                             GError **error);

/* Two operations in one place of one log, as found here and not shown yet; both to unref. FALSE
 * without error when there are none. */
gboolean cosmic_log_find_fork (CosmicLog *self, CosmicOperation **a, CosmicOperation **b,
                               GError **error);

/* --- Checking everything again. --------------------------------------------------------------- */

typedef struct
{
  guint64 height;
  guint checked;     /* operations */
  guint without_effect;
  guint erased;      /* parts that are gone for good, vouched for by certificates */
  guint unreadable;  /* parts that no key here opens */
  guint open;        /* operations not covered yet */
  guint held;
  GPtrArray *faults; /* of char *: what does not hold, in plain words; empty: all is well */
} CosmicVerifyReport;

/* From genesis on, without relying on what is stored of any state: every signature, hash link,
 * permission and certificate, every state recomputed and compared with the stored one. PROGRESS may
 * be NULL; it returns FALSE to stop. An error means that it could not check, not that something is
 * wrong. */
gboolean cosmic_log_verify (CosmicLog *self, gboolean (*progress) (guint64 height, gpointer data),
                            gpointer data, CosmicVerifyReport *report, GError **error);
void     cosmic_verify_report_clear (CosmicVerifyReport *report);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CosmicLog, cosmic_log_free)

G_END_DECLS
