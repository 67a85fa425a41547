/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-admission.h"

#include "cosmic-hash.h"
#include "cosmic-secret.h"

#define NONCE     COSMIC_ADMISSION_NONCE_SIZE
#define CODE_ENDS 10000000

typedef enum
{
  ASK = 1,
  TURN,
  SHOW,
  REFUSED,
  WELCOME,
  PIECE,
  ARRIVED,
} MessageType;

#define ASK_SIZE     (2 + COSMIC_HASH_SIZE)
#define TURN_SIZE    (1 + NONCE)
#define REFUSED_SIZE 2
#define WELCOME_SIZE (1 + 8 + COSMIC_HASH_SIZE)
#define ARRIVED_SIZE 1

static const char commit_tag[] = "dpop join commit 1";
static const char code_tag[] = "dpop join code 1";
static const char file_tag[] = "dpop join file 1";

struct _CosmicAdmission
{
  CosmicAdmissionSide side;
  CosmicAdmissionState state;
  CosmicAdmissionBond bond;
  GBytes *request;
  guint8 nonce[NONCE]; /* ours */
  guint8 commitment[COSMIC_HASH_SIZE];
  gboolean is_asked;   /* the inviter's: the commitment came; the newcomer's: it went */
  GBytes *out;         /* to be sent next */
  char code[16];
  CosmicAdmissionWhy why;
  GBytes *file;        /* the inviter's */
  CosmicHash hash;     /* the newcomer's, of what came */
  guint8 promised[COSMIC_HASH_SIZE];
  guint64 total, done;
};

CosmicAdmission *
cosmic_admission_new (CosmicAdmissionSide side, const CosmicAdmissionBond *bond, GBytes *request,
                      DpopRandom random)
{
  CosmicAdmission *self = g_new0 (CosmicAdmission, 1);

  self->side = side;
  self->bond = *bond;
  self->request = request != NULL ? g_bytes_ref (request) : NULL;
  dpop_random_fill (random, self->nonce, sizeof self->nonce);
  return self;
}

void
cosmic_admission_free (CosmicAdmission *self)
{
  g_clear_pointer (&self->request, g_bytes_unref);
  g_clear_pointer (&self->out, g_bytes_unref);
  g_clear_pointer (&self->file, g_bytes_unref);
  cosmic_wipe (self, sizeof *self);
  g_free (self);
}

/* --- What both compute. ---------------------------------------------------------------------- */

static void
commit (const guint8 nonce[NONCE], GBytes *request, guint8 out[COSMIC_HASH_SIZE])
{
  CosmicHash hash;

  cosmic_hash_init (&hash);
  cosmic_hash_update (&hash, commit_tag, sizeof commit_tag);
  cosmic_hash_update (&hash, nonce, NONCE);
  cosmic_hash_update (&hash, g_bytes_get_data (request, NULL), g_bytes_get_size (request));
  cosmic_hash_finish (&hash, out);
}

static void
make_code (CosmicAdmission *self, const guint8 newcomer[NONCE], const guint8 inviter[NONCE])
{
  guint8 digest[COSMIC_HASH_SIZE];
  CosmicHash hash;
  guint64 number = 0;

  cosmic_hash_init (&hash);
  cosmic_hash_update (&hash, code_tag, sizeof code_tag);
  cosmic_hash_update (&hash, self->bond.exporter, sizeof self->bond.exporter);
  cosmic_hash_update (&hash, &self->bond.newcomer, sizeof self->bond.newcomer);
  cosmic_hash_update (&hash, &self->bond.inviter, sizeof self->bond.inviter);
  cosmic_hash_update (&hash, self->commitment, sizeof self->commitment);
  cosmic_hash_update (&hash, newcomer, NONCE);
  cosmic_hash_update (&hash, inviter, NONCE);
  cosmic_hash_finish (&hash, digest);
  for (guint i = 8; i > 0; i--)
    number = number << 8 | digest[i - 1];
  number %= CODE_ENDS;
  g_snprintf (self->code, sizeof self->code, "%03u %04u", (guint) (number / 10000),
              (guint) (number % 10000));
}

static void
begin_hash (CosmicHash *hash)
{
  cosmic_hash_init (hash);
  cosmic_hash_update (hash, file_tag, sizeof file_tag);
}

/* --- What is sent. --------------------------------------------------------------------------- */

static void
say (CosmicAdmission *self, MessageType type, gconstpointer bytes, gsize size,
     gconstpointer more, gsize more_size)
{
  GByteArray *message = g_byte_array_sized_new (1 + size + more_size);
  const guint8 first = type;

  g_byte_array_append (message, &first, 1);
  if (size > 0)
    g_byte_array_append (message, bytes, size);
  if (more_size > 0)
    g_byte_array_append (message, more, more_size);
  g_clear_pointer (&self->out, g_bytes_unref);
  self->out = g_byte_array_free_to_bytes (message);
}

static void
say_ask (CosmicAdmission *self)
{
  const guint8 version = COSMIC_ADMISSION_VERSION;

  commit (self->nonce, self->request, self->commitment);
  self->is_asked = TRUE;
  say (self, ASK, &version, 1, self->commitment, sizeof self->commitment);
}

static void
say_piece (CosmicAdmission *self)
{
  const guint8 *bytes = g_bytes_get_data (self->file, NULL);
  const gsize size = MIN (self->total - self->done, COSMIC_ADMISSION_PIECE_MAX);

  say (self, PIECE, bytes + self->done, size, NULL, 0);
  self->done += size;
}

GBytes *
cosmic_admission_next (CosmicAdmission *self)
{
  if (self->state == COSMIC_ADMISSION_GREETING && self->side == COSMIC_ADMISSION_NEWCOMER
      && !self->is_asked)
    say_ask (self);
  else if (self->out == NULL && self->state == COSMIC_ADMISSION_SENDING && self->file != NULL
           && self->done < self->total)
    say_piece (self);
  return g_steal_pointer (&self->out);
}

/* --- What comes. ----------------------------------------------------------------------------- */

static CosmicAdmissionState
end (CosmicAdmission *self, CosmicAdmissionState state)
{
  g_clear_pointer (&self->out, g_bytes_unref);
  self->state = state;
  return state;
}

static CosmicAdmissionState
take_ask (CosmicAdmission *self, const guint8 *message, gsize size)
{
  if (self->is_asked || size < 2)
    return end (self, COSMIC_ADMISSION_BROKEN);
  if (message[1] != COSMIC_ADMISSION_VERSION)
    return end (self, COSMIC_ADMISSION_VERSION_OTHER);
  if (size != ASK_SIZE)
    return end (self, COSMIC_ADMISSION_BROKEN);
  memcpy (self->commitment, message + 2, sizeof self->commitment);
  self->is_asked = TRUE;
  say (self, TURN, self->nonce, NONCE, NULL, 0);
  return self->state;
}

static CosmicAdmissionState
take_turn (CosmicAdmission *self, const guint8 *message, gsize size)
{
  if (!self->is_asked || size != TURN_SIZE)
    return end (self, COSMIC_ADMISSION_BROKEN);
  make_code (self, self->nonce, message + 1);
  say (self, SHOW, self->nonce, NONCE, g_bytes_get_data (self->request, NULL),
       g_bytes_get_size (self->request));
  self->state = COSMIC_ADMISSION_COMPARE;
  return self->state;
}

static CosmicAdmissionState
take_show (CosmicAdmission *self, const guint8 *message, gsize size)
{
  guint8 commitment[COSMIC_HASH_SIZE];

  if (!self->is_asked || size <= 1 + NONCE || size > 1 + NONCE + COSMIC_ADMISSION_REQUEST_MAX)
    return end (self, COSMIC_ADMISSION_BROKEN);
  self->request = g_bytes_new (message + 1 + NONCE, size - 1 - NONCE);
  commit (message + 1, self->request, commitment);
  if (!cosmic_equal (commitment, self->commitment, sizeof commitment))
    return end (self, COSMIC_ADMISSION_BROKEN);
  make_code (self, message + 1, self->nonce);
  self->state = COSMIC_ADMISSION_COMPARE;
  return self->state;
}

static CosmicAdmissionState
take_refused (CosmicAdmission *self, const guint8 *message, gsize size)
{
  if (size != REFUSED_SIZE || message[1] < COSMIC_ADMISSION_WHY_DECLINED
      || message[1] > COSMIC_ADMISSION_WHY_LATER)
    return end (self, COSMIC_ADMISSION_BROKEN);
  self->why = message[1];
  return end (self, COSMIC_ADMISSION_REFUSED);
}

static CosmicAdmissionState
take_welcome (CosmicAdmission *self, const guint8 *message, gsize size)
{
  guint64 total;

  if (size != WELCOME_SIZE)
    return end (self, COSMIC_ADMISSION_BROKEN);
  memcpy (&total, message + 1, sizeof total);
  total = GUINT64_FROM_LE (total);
  if (total == 0 || total > COSMIC_ADMISSION_FILE_MAX)
    return end (self, COSMIC_ADMISSION_BROKEN);
  self->total = total;
  memcpy (self->promised, message + 9, sizeof self->promised);
  begin_hash (&self->hash);
  self->state = COSMIC_ADMISSION_SENDING;
  return self->state;
}

static CosmicAdmissionState
take_piece (CosmicAdmission *self, const guint8 *message, gsize size, GBytes **piece)
{
  guint8 digest[COSMIC_HASH_SIZE];

  if (size < 2 || size > COSMIC_ADMISSION_MESSAGE_MAX || size - 1 > self->total - self->done)
    return end (self, COSMIC_ADMISSION_BROKEN);
  cosmic_hash_update (&self->hash, message + 1, size - 1);
  self->done += size - 1;
  *piece = g_bytes_new (message + 1, size - 1);
  if (self->done < self->total)
    return self->state;
  cosmic_hash_finish (&self->hash, digest);
  if (!cosmic_equal (digest, self->promised, sizeof digest))
    {
      g_clear_pointer (piece, g_bytes_unref);
      return end (self, COSMIC_ADMISSION_DAMAGED);
    }
  say (self, ARRIVED, NULL, 0, NULL, 0);
  self->state = COSMIC_ADMISSION_DONE;
  return self->state;
}

static CosmicAdmissionState
take_arrived (CosmicAdmission *self, gsize size)
{
  if (size != ARRIVED_SIZE || self->done < self->total || self->out != NULL)
    return end (self, COSMIC_ADMISSION_BROKEN);
  return end (self, COSMIC_ADMISSION_DONE);
}

static CosmicAdmissionState
take_as_newcomer (CosmicAdmission *self, const guint8 *message, gsize size, GBytes **piece)
{
  if (message[0] == TURN && self->state == COSMIC_ADMISSION_GREETING)
    return take_turn (self, message, size);
  if (message[0] == REFUSED && self->state == COSMIC_ADMISSION_COMPARE && self->out == NULL)
    return take_refused (self, message, size);
  if (message[0] == WELCOME && self->state == COSMIC_ADMISSION_COMPARE && self->out == NULL)
    return take_welcome (self, message, size);
  if (message[0] == PIECE && self->state == COSMIC_ADMISSION_SENDING)
    return take_piece (self, message, size, piece);
  return end (self, COSMIC_ADMISSION_BROKEN);
}

static CosmicAdmissionState
take_as_inviter (CosmicAdmission *self, const guint8 *message, gsize size)
{
  if (message[0] == ASK && self->state == COSMIC_ADMISSION_GREETING)
    return take_ask (self, message, size);
  if (message[0] == SHOW && self->state == COSMIC_ADMISSION_GREETING && self->out == NULL)
    return take_show (self, message, size);
  if (message[0] == ARRIVED && self->state == COSMIC_ADMISSION_SENDING)
    return take_arrived (self, size);
  return end (self, COSMIC_ADMISSION_BROKEN);
}

CosmicAdmissionState
cosmic_admission_take (CosmicAdmission *self, gconstpointer message, gsize size, GBytes **piece)
{
  *piece = NULL;
  if (self->state >= COSMIC_ADMISSION_DONE)
    return self->state;
  if (size == 0)
    return end (self, COSMIC_ADMISSION_BROKEN);
  if (self->side == COSMIC_ADMISSION_NEWCOMER)
    return take_as_newcomer (self, message, size, piece);
  return take_as_inviter (self, message, size);
}

/* --- What the inviter answers. --------------------------------------------------------------- */

static gboolean
may_answer (const CosmicAdmission *self)
{
  return self->side == COSMIC_ADMISSION_INVITER && self->state == COSMIC_ADMISSION_COMPARE;
}

gboolean
cosmic_admission_welcome (CosmicAdmission *self, GBytes *file)
{
  const gsize size = g_bytes_get_size (file);
  const guint64 total = GUINT64_TO_LE ((guint64) size);
  guint8 digest[COSMIC_HASH_SIZE];
  CosmicHash hash;

  if (!may_answer (self) || size == 0 || size > COSMIC_ADMISSION_FILE_MAX)
    return FALSE;
  self->file = g_bytes_ref (file);
  self->total = size;
  begin_hash (&hash);
  cosmic_hash_update (&hash, g_bytes_get_data (file, NULL), size);
  cosmic_hash_finish (&hash, digest);
  say (self, WELCOME, &total, sizeof total, digest, sizeof digest);
  self->state = COSMIC_ADMISSION_SENDING;
  return TRUE;
}

gboolean
cosmic_admission_refuse (CosmicAdmission *self, CosmicAdmissionWhy why)
{
  const guint8 reason = why;

  if (!may_answer (self))
    return FALSE;
  self->why = why;
  say (self, REFUSED, &reason, 1, NULL, 0);
  self->state = COSMIC_ADMISSION_REFUSED;
  return TRUE;
}

/* --- How it stands. -------------------------------------------------------------------------- */

CosmicAdmissionState
cosmic_admission_state (const CosmicAdmission *self)
{
  return self->state;
}

const char *
cosmic_admission_code (const CosmicAdmission *self)
{
  return self->code[0] != '\0' ? self->code : NULL;
}

GBytes *
cosmic_admission_request (const CosmicAdmission *self)
{
  return self->code[0] != '\0' ? self->request : NULL;
}

CosmicAdmissionWhy
cosmic_admission_why (const CosmicAdmission *self)
{
  return self->why;
}

guint64
cosmic_admission_progress (const CosmicAdmission *self, guint64 *total)
{
  *total = self->total;
  return self->done;
}
