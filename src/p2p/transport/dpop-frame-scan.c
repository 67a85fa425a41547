/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-frame-scan.h"

#define FIN          0x80
#define RESERVED     0x70
#define CONTROL      0x08
#define MASKED       0x80
#define CONTROL_MAX  125
#define MASK_SIZE    4

enum
{
  OPCODE_CONTINUATION = 0x0,
  OPCODE_BINARY = 0x2,
  OPCODE_CLOSE = 0x8,
  OPCODE_PING = 0x9,
  OPCODE_PONG = 0xa,
};

void
dpop_frame_scan_init (DpopFrameScan *self, gboolean is_masked, guint64 message_max)
{
  *self = (DpopFrameScan){ .is_masked = is_masked, .message_max = message_max };
}

/* How long the header is up to the mask. Its first two bytes are here. */
static guint
header_length (const DpopFrameScan *self)
{
  guint short_length = self->header[1] & 0x7f;

  return 2 + (short_length == 127 ? 8 : short_length == 126 ? 2 : 0);
}

/* Of the payload; FALSE when it is not written in the shortest way. */
static gboolean
payload_length (const DpopFrameScan *self, guint64 *length)
{
  guint short_length = self->header[1] & 0x7f;
  guint bytes = short_length == 127 ? 8 : short_length == 126 ? 2 : 0;

  *length = bytes == 0 ? short_length : 0;
  for (guint i = 0; i < bytes; i++)
    *length = *length << 8 | self->header[2 + i];
  return bytes == 0 || *length > (bytes == 2 ? CONTROL_MAX : G_MAXUINT16);
}

/* The first two bytes tell whether it is a frame at all: nothing more is waited for if not. */
static gboolean
begins_well (const DpopFrameScan *self)
{
  guint opcode = self->header[0] & 0x0f;

  if ((self->header[0] & RESERVED) != 0)
    return FALSE;
  if (((self->header[1] & MASKED) != 0) != self->is_masked)
    return FALSE;
  if ((opcode & CONTROL) != 0)
    return opcode <= OPCODE_PONG && (self->header[0] & FIN) != 0
           && (self->header[1] & 0x7f) <= CONTROL_MAX;
  return opcode == (self->is_in_message ? OPCODE_CONTINUATION : OPCODE_BINARY);
}

static void
end_frame (DpopFrameScan *self)
{
  self->is_in_frame = FALSE;
  self->header_size = 0;
  if ((self->header[0] & CONTROL) != 0)
    return;
  self->is_in_message = (self->header[0] & FIN) == 0;
  if (self->is_in_message)
    return;
  self->messages++;
  self->message = 0;
  self->since = 0;
}

/* As soon as the length is known. */
static DpopFrameVerdict
judge_length (DpopFrameScan *self)
{
  if (!payload_length (self, &self->left))
    return DPOP_FRAME_FOREIGN;
  /* The sum cannot wrap: what is there already is within bounds. */
  if ((self->header[0] & CONTROL) == 0
      && self->left > self->message_max - MIN (self->message, self->message_max))
    return DPOP_FRAME_LARGE;
  return DPOP_FRAME_GOOD;
}

static void
begin_frame (DpopFrameScan *self)
{
  guint opcode = self->header[0] & 0x0f;

  self->is_in_frame = TRUE;
  if ((opcode & CONTROL) != 0)
    {
      self->controls++;
      self->pings += opcode == OPCODE_PING;
      self->pongs += opcode == OPCODE_PONG;
    }
  else
    self->message += self->left;
  if (self->left == 0)
    end_frame (self);
}

static DpopFrameVerdict
take_header (DpopFrameScan *self, guint8 byte)
{
  guint length;

  self->header[self->header_size++] = byte;
  self->since++;
  if (self->header_size < 2)
    return DPOP_FRAME_GOOD;
  if (self->header_size == 2 && !begins_well (self))
    return DPOP_FRAME_FOREIGN;
  length = header_length (self);
  if (self->header_size == length)
    {
      DpopFrameVerdict verdict = judge_length (self);

      if (verdict != DPOP_FRAME_GOOD)
        return verdict;
    }
  if (self->header_size == length + (self->is_masked ? MASK_SIZE : 0))
    begin_frame (self);
  return DPOP_FRAME_GOOD;
}

DpopFrameVerdict
dpop_frame_scan_take (DpopFrameScan *self, const guint8 *bytes, gsize size)
{
  while (size > 0)
    {
      gsize step = 1;

      if (self->is_in_frame)
        {
          step = (gsize) MIN (self->left, size);
          self->left -= step;
          self->since += step;
          if ((self->header[0] & CONTROL) == 0)
            self->payload += step;
          if (self->left == 0)
            end_frame (self);
        }
      else
        {
          DpopFrameVerdict verdict = take_header (self, bytes[0]);

          if (verdict != DPOP_FRAME_GOOD)
            return verdict;
        }
      if (self->since > self->message_max + DPOP_FRAME_OVERHEAD)
        return DPOP_FRAME_LARGE;
      bytes += step;
      size -= step;
    }
  return DPOP_FRAME_GOOD;
}
