/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-profile.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The command line: one verb a call. A verb does its work through the workspace's commands and
 * queries, and says what came of it twice: as lines for a person, and as members of one JSON object
 * that is printed instead with --json. Both are printed at the end, the JSON alone on standard
 * output; what goes wrong is said on standard error. */
typedef struct
{
  const char *program;     /* as it was called */
  char *folder;            /* of the profile; never NULL once a verb runs */
  char *passphrase_file;   /* --passphrase-file, or NULL */
  int passphrase_fd;       /* --passphrase-fd, or -1 */
  gboolean json;
  GString *lines;          /* for a person */
  JsonObject *result;      /* for a program */
  DpopProfile *profile;    /* once opened */
} Dpopctl;

/* Exit statuses, stable. */
enum
{
  DPOPCTL_DONE = 0,
  DPOPCTL_REFUSED = 1, /* it did not come to pass; the reason was told */
  DPOPCTL_USAGE = 2,   /* the words were off */
};

typedef struct
{
  const char *name;      /* "member list" */
  const char *arguments; /* "[--search TEXT]"; "" for none */
  const char *summary;   /* N_(): one line */
  /* ARGV[0] is the first word after the verb. FALSE with ERROR set when it did not come to pass;
   * DPOPCTL_ERROR_USAGE for words that are off. */
  gboolean (*run) (Dpopctl *self, int argc, char **argv, GError **error);
} DpopctlVerb;

#define DPOPCTL_ERROR (dpopctl_error_quark ())
GQuark dpopctl_error_quark (void);

typedef enum
{
  DPOPCTL_ERROR_USAGE,
  DPOPCTL_ERROR_AMBIGUOUS, /* a name or the beginning of an id that fits several */
  DPOPCTL_ERROR_FAULTY,    /* what was checked does not hold */
} DpopctlError;

/* Every verb, by file; each ends with an entry without a name. */
extern const DpopctlVerb dpopctl_profile_verbs[], dpopctl_party_verbs[], dpopctl_unit_verbs[],
    dpopctl_device_verbs[], dpopctl_recover_verbs[], dpopctl_list_verbs[], dpopctl_member_verbs[],
    dpopctl_import_verbs[], dpopctl_keeper_verbs[],
    dpopctl_decision_verbs[], dpopctl_box_verbs[], dpopctl_vote_verbs[], dpopctl_show_verbs[],
    dpopctl_record_verbs[], dpopctl_bundle_verbs[], dpopctl_folder_verbs[], dpopctl_log_verbs[],
    dpopctl_audit_verbs[], dpopctl_count_verbs[], dpopctl_demo_verbs[], dpopctl_practice_verbs[],
    dpopctl_profile_list_verbs[], dpopctl_home_verbs[], dpopctl_turnout_verbs[],
    dpopctl_letter_verbs[], dpopctl_node_verbs[], dpopctl_hub_verbs[],
    dpopctl_simulate_verbs[];

/* Runs the verb that WORDS begin with. */
gboolean dpopctl_run (Dpopctl *self, int count, char **words, GError **error);

/* --- Arguments (dpopctl-arguments.c). --- */

/* Options that take text are raw bytes for GOption, which would convert them by the locale; that
 * they are UTF-8 is checked for all words at the start. */
#define DPOPCTL_TEXT G_OPTION_ARG_FILENAME
#define DPOPCTL_TEXTS G_OPTION_ARG_FILENAME_ARRAY

/* Reads the options ENTRIES (may be NULL) of a verb, and what is left: from LEAST to MOST words, in
 * *WORDS, to free with g_strfreev(). */
gboolean dpopctl_arguments (int argc, char **argv, const GOptionEntry *entries, guint least,
                            guint most, char ***words, GError **error);
/* Sets DPOPCTL_ERROR_USAGE; always FALSE. */
gboolean dpopctl_arguments_fail (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* Sets DPOP_PROFILE_ERROR_INVALID; always FALSE. */
gboolean dpopctl_arguments_invalid (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* "2026-12-01T18:00" in local time, or "3d", "12h", "30m" from NOW on; ms since 1970. */
gboolean dpopctl_arguments_time (const char *text, gint64 now, gint64 *time, GError **error);
/* A whole number from 0 to MOST. */
gboolean dpopctl_arguments_number (const char *text, guint most, guint *number, GError **error);
/* The content of a file, at most MOST bytes. "-" is standard input. */
GBytes  *dpopctl_arguments_file (const char *path, gsize most, GError **error);
/* Writes TEXT to a new file, for its owner alone, and never over another. */
gboolean dpopctl_arguments_put  (const char *path, const char *text, GError **error);

/* --- The profile (dpopctl-open.c). --- */

/* Opens the profile, asking for its passphrase; afterwards self->profile is there. */
gboolean dpopctl_open (Dpopctl *self, GError **error);
/* The same, for what needs an organisation that is there. */
gboolean dpopctl_open_founded (Dpopctl *self, GError **error);
/* The passphrase from where the options say, or the terminal; TWICE asks for it twice there. */
CosmicSecret *dpopctl_open_passphrase (Dpopctl *self, const char *prompt, gboolean twice,
                                       GError **error);

/* --- What came of it (dpopctl-print.c). --- */

void dpopctl_print (Dpopctl *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
void dpopctl_print_string (Dpopctl *self, const char *name, const char *value); /* JSON alone */
void dpopctl_print_number (Dpopctl *self, const char *name, gint64 value);
void dpopctl_print_flag   (Dpopctl *self, const char *name, gboolean value);
void dpopctl_print_id     (Dpopctl *self, const char *name, const CosmicId *value);
/* Takes VALUE. */
void dpopctl_print_object (Dpopctl *self, const char *name, JsonObject *value);
void dpopctl_print_array  (Dpopctl *self, const char *name, JsonArray *value);

/* The same within OBJECT. A time of 0 is null, else "2026-12-01T17:00:00Z". */
void dpopctl_print_id_to   (JsonObject *object, const char *name, const CosmicId *value);
void dpopctl_print_time_to (JsonObject *object, const char *name, gint64 ms);

/* For people: local time to the minute; the first digits of an id. Static buffers of their own are
 * none: the caller frees. */
char *dpopctl_print_time  (gint64 ms);
char *dpopctl_print_short (const CosmicId *id);
/* Text from others with what could steer a terminal taken out. The caller frees. */
char *dpopctl_print_plain (const char *text);

/* Writes TEXT to standard output; FALSE when it cannot be written. */
gboolean dpopctl_print_out (const char *text);

G_END_DECLS
