/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A file that people hand from one computer to another. What it is, its first bytes say: it comes
 * by mail and on sticks, under names that got lost. The same is told to the desktop in
 * data/dpop.mime.xml.in. */
typedef enum
{
  DPOP_EDGE_FILE_OTHER, /* none of these */
  DPOP_EDGE_FILE_TRANSFER,
  DPOP_EDGE_FILE_SUMMARY,
  DPOP_EDGE_FILE_INVITATION,
  DPOP_EDGE_FILE_REQUEST,
} DpopEdgeFile;

#define DPOP_EDGE_FILE_TRANSFER_EXTENSION   ".dpop-transfer"
#define DPOP_EDGE_FILE_SUMMARY_EXTENSION    ".dpop-summary"
#define DPOP_EDGE_FILE_INVITATION_EXTENSION ".dpop-invitation"
#define DPOP_EDGE_FILE_REQUEST_EXTENSION    ".dpop-request"

/* By the first SIZE bytes, of which DPOP_EDGE_FILE_HEAD are enough. Before a code there may be
 * signs that are neither letter nor digit, as its reader passes them over. Whether the rest of it
 * is in order, only reading it tells. */
#define DPOP_EDGE_FILE_HEAD 64
DpopEdgeFile dpop_edge_file_recognise (const void *bytes, gsize size);

/* With its dot; NULL for others. */
const char *dpop_edge_file_extension (DpopEdgeFile self);
/* As file dialogs filter by it; NULL for others. */
const char *dpop_edge_file_media_type (DpopEdgeFile self);

/* A name for a new file: WORDS (a person's, an organisation's) without what a file system would
 * not have, and the extension. The caller frees. */
char *dpop_edge_file_name (DpopEdgeFile self, const char *words);

G_END_DECLS
