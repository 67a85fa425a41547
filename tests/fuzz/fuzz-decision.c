/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-decision-command.h"
#include "dpop-decision-query.h"
#include "fixture-society.h"
#include "fuzz.h"

/* Input: a byte for the kind, a byte for the way (bits 0 and 1: which stream; bit 2: by a plain
 * member; bit 3: with a personal part), then the content of the body. Folded, and the batch ended,
 * it acts or is void; void, it leaves its verdict and nothing else; and what is read from the state
 * afterwards is whole. */

#define BY_MEMBER     4
#define WITH_PERSONAL 8

enum
{
  EMPTY,
  PROPOSED, /* a ranking with three options */
  OPEN_ASK, /* yes or no */
  OPEN_RANK,
  N_STREAMS,
};

static FixtureSociety society;
static FixtureMember member;
static FixtureStream streams[N_STREAMS];
static CosmicId nonce;
static CosmicId proposals[N_STREAMS];
static CosmicId options[N_STREAMS][3];

static GVariant *
body_of (DpopClaim *claim)
{
  g_autoptr (DpopClaim) owned = claim;

  return g_variant_ref (owned->body);
}

static DpopClaim *
propose (DpopBallotKind ballot)
{
  const DpopDecisionCommandPropose command = {
    .nonce = nonce, .ballot = ballot, .speaker = society.founder.member, .title = "T",
    .question = "Q",
  };

  return dpop_decision_command_propose (&command, NULL);
}

static DpopClaim *
open_all (guint stream)
{
  g_autoptr (GArray) ballot = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  g_autoptr (GArray) texts = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  DpopDecisionCommandOpen command = { .options = ballot, .texts = texts,
                                      .default_option = DPOP_COUNT_NO_OPTION };

  g_array_append_val (texts, proposals[stream]);
  if (stream != OPEN_ASK)
    g_array_append_vals (ballot, options[stream], 3);
  return dpop_decision_command_open (&command);
}

static void
say (guint stream, DpopClaim *claim, CosmicId *id)
{
  g_assert_cmpuint (fixture_stream_say (&streams[stream], &society.founder, claim, id), ==,
                    COSMIC_REASON_NONE);
}

static void
prepare (void)
{
  g_autoptr (DpopCharter) charter = NULL;
  static gboolean ready;

  if (ready)
    return;
  ready = TRUE;
  charter = fixture_society_charter ();
  fixture_society_init (&society, charter, 1);
  member = fixture_society_add (&society, TRUE, NULL);
  nonce = fixture_society_id (&society);
  for (guint i = 0; i < N_STREAMS; i++)
    {
      DpopBallotKind ballot = i == OPEN_ASK ? DPOP_BALLOT_YES_NO_ABSTAIN : DPOP_BALLOT_RANK;

      fixture_stream_init (&streams[i], &society, &society.founder, &nonce);
      if (i == EMPTY)
        continue;
      say (i, propose (ballot), &proposals[i]);
      for (guint k = 0; k < 3 && i != OPEN_ASK; k++)
        say (i, dpop_decision_command_option (&cosmic_id_zero, NULL, &society.founder.member, "O",
                                              NULL, NULL),
             &options[i][k]);
      if (i != PROPOSED)
        say (i, open_all (i), NULL);
    }
}

/* --- Seeds. --------------------------------------------------------------------------------- */

static GVariant *
make_body (guint16 kind, guint stream)
{
  DpopDecisionBallot ballot = { .answer = DPOP_ANSWER_YES };

  switch (kind)
    {
    case DPOP_KIND_PROPOSE:
      return body_of (propose (DPOP_BALLOT_APPROVE));
    case DPOP_KIND_TEXT:
      return body_of (dpop_decision_command_text (&cosmic_id_zero, DPOP_TEXT_QUESTION,
                                                  &proposals[stream], &society.founder.member, "T",
                                                  "", NULL));
    case DPOP_KIND_OPTION:
      return body_of (dpop_decision_command_option (&cosmic_id_zero, &member.member,
                                                    &member.member, "O", NULL, NULL));
    case DPOP_KIND_OPTION_WITHDRAW:
      return body_of (dpop_decision_command_withdraw (&options[stream][0]));
    case DPOP_KIND_OPEN:
      return body_of (open_all (stream));
    case DPOP_KIND_VOTE:
      if (stream == OPEN_RANK)
        ballot = (DpopDecisionBallot){ .n_marks = 3, .marks = { 1, 2, 0 } };
      return body_of (dpop_decision_command_vote (streams[stream].state, &member.member, &ballot));
    case DPOP_KIND_CLOSE:
      return body_of (dpop_decision_command_close ());
    default:
      return body_of (dpop_decision_command_stop (&cosmic_id_zero, DPOP_STOP_RULE, NULL, NULL));
    }
}

GBytes *
fuzz_seed (guint n)
{
  guint16 kind = (guint16) (DPOP_KIND_PROPOSE + n / (2 * N_STREAMS));
  guint8 head[2] = { (guint8) kind, n % N_STREAMS };
  g_autoptr (GVariant) body = NULL;
  g_autoptr (GBytes) bytes = NULL;
  GByteArray *input;

  if (kind > DPOP_KIND_STOP)
    return NULL;
  prepare ();
  if (kind == DPOP_KIND_PROPOSE || kind == DPOP_KIND_TEXT || kind == DPOP_KIND_OPTION)
    head[1] |= WITH_PERSONAL;
  if (n / N_STREAMS % 2 == 1)
    head[1] |= BY_MEMBER;
  body = make_body (kind, n % N_STREAMS);
  bytes = cosmic_codec_encode (g_steal_pointer (&body));
  input = g_byte_array_new ();
  g_byte_array_append (input, head, sizeof head);
  g_byte_array_append (input, g_bytes_get_data (bytes, NULL), (guint) g_bytes_get_size (bytes));
  return g_byte_array_free_to_bytes (input);
}

/* --- Folding. ------------------------------------------------------------------------------- */

static void
check_whole (const FixtureStream *stream, CosmicReason reason, guint entries)
{
  const CosmicKey all = { .size = 0 };
  g_autoptr (DpopDecision) decision = dpop_decision_query (stream->state, &member.member);

  if (reason != COSMIC_REASON_NONE)
    g_assert_cmpuint (cosmic_state_count (stream->state, all), ==, entries + 1);
  g_assert_true ((decision != NULL)
                 == (stream != &streams[EMPTY] || reason == COSMIC_REASON_NONE));
  if (decision == NULL)
    return;
  g_assert_true ((decision->outcome != NULL) == (decision->phase >= DPOP_DECISION_CLOSED));
  g_assert_cmpuint (decision->cast, <=, decision->entitled);
  g_assert_true (decision->outcome == NULL
                 || decision->outcome->status != DPOP_OUTCOME_UNCOUNTABLE);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const CosmicKey all = { .size = 0 };
  g_autoptr (CosmicOperation) operation = NULL;
  g_autoptr (DpopClaim) claim = NULL;
  g_autoptr (GBytes) unused = NULL, body = NULL;
  g_autofree guint8 *part = NULL;
  FixtureStream *stream;
  CosmicFold fold;
  CosmicReason reason;
  guint marks[2], entries;

  prepare ();
  if (size < 2 || size > 8192)
    return 0;
  stream = &streams[data[1] % N_STREAMS];
  claim = dpop_claim_new (data[0], g_variant_new_tuple (NULL, 0),
                          data[1] & WITH_PERSONAL ? g_variant_new ("(s)", "") : NULL, NULL);
  operation = fixture_society_operation (&society, data[1] & BY_MEMBER ? &member : &society.founder,
                                         &stream->stream, claim, &unused);
  part = g_malloc0 (COSMIC_PART_SALT_SIZE + size - 2);
  memcpy (part + COSMIC_PART_SALT_SIZE, data + 2, size - 2);
  body = g_bytes_new (part, COSMIC_PART_SALT_SIZE + size - 2);
  operation->header.body.size = (guint32) g_bytes_get_size (body);

  marks[0] = cosmic_state_mark (stream->state);
  marks[1] = cosmic_state_mark (stream->exports);
  entries = cosmic_state_count (stream->state, all);
  fold = fixture_stream_begin (stream);
  reason = cosmic_fold_operation (&fold, operation, body);
  fixture_stream_end (stream);
  check_whole (stream, reason, entries);
  cosmic_state_back (stream->state, marks[0]);
  cosmic_state_back (stream->exports, marks[1]);
  return 0;
}
