/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Looks at a stream of WebSocket frames (RFC 6455, section 5.2) as it passes by, in whatever pieces
 * it comes, and keeps nothing of it. libsoup bounds one frame but not one message, answers every
 * ping, and versions of it have misread lengths near 2^64 and frames that lack their mask: what
 * would lead there is refused before libsoup sees it. No input, and no memory but this struct. */
typedef enum
{
  DPOP_FRAME_GOOD,
  DPOP_FRAME_FOREIGN, /* no frame, or one of a sort that DPOP never sends: text, extensions */
  DPOP_FRAME_LARGE,   /* a message, or what leads up to its end, is more than allowed */
} DpopFrameVerdict;

/* What the headers of a message's fragments, and control frames between them, may add to it. */
#define DPOP_FRAME_OVERHEAD 16384

typedef struct
{
  gboolean is_masked;  /* must frames be masked? Those to a server are, those from one are not. */
  guint64 message_max; /* bytes of one message, over all its fragments */

  guint64 messages;    /* whole ones so far */
  guint64 payload;     /* bytes of messages so far, unfinished ones included */
  guint64 controls;    /* control frames so far, and of these: */
  guint64 pings;
  guint64 pongs;

  guint64 since;       /* bytes of all sorts since the last whole message */
  guint64 message;     /* bytes announced for the message under way */
  guint64 left;        /* bytes of the frame under way that are still to come */
  guint8 header[14];
  guint8 header_size;  /* how much of it is here */
  guint8 is_in_frame;
  guint8 is_in_message;
} DpopFrameScan;

void dpop_frame_scan_init (DpopFrameScan *self, gboolean is_masked, guint64 message_max);

/* Takes the next SIZE bytes. After anything but GOOD it is not to be asked again. */
DpopFrameVerdict dpop_frame_scan_take (DpopFrameScan *self, const guint8 *bytes, gsize size);

G_END_DECLS
