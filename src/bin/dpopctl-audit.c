/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpopctl-find.h"

#include "dpop-decision.h"
#include "dpop-discussion.h"
#include "dpop-history-view.h"
#include "dpop-member.h"
#include "dpop-reason.h"
#include "dpop-sentence.h"

#include <glib/gi18n-lib.h>

/* The history in plain words: who did what, whether it is final, and why it has no effect where it
 * has none. */
static const struct
{
  guint16 kind;
  const char *name; /* for programs */
} kinds[] = {
  { COSMIC_KIND_GENESIS, "genesis" },
  { COSMIC_KIND_INVITATION, "invitation" },
  { COSMIC_KIND_DEVICE_ADD, "device-add" },
  { COSMIC_KIND_DEVICE_OFF, "device-off" },
  { COSMIC_KIND_ROTATION, "rotation" },
  { COSMIC_KIND_SHARE, "share" },
  { COSMIC_KIND_EQUIVOCATION, "equivocation" },
  { COSMIC_KIND_ERASE, "erase" },
  { COSMIC_KIND_DEVICE_ATTACH, "device-attach" },
  { COSMIC_KIND_ATTACH_SUPPORT, "attach-support" },
  { COSMIC_KIND_ATTACH_VETO, "attach-veto" },
  { COSMIC_KIND_WITNESS_OFFER, "witness-offer" },
  { DPOP_KIND_MEMBER_ADD, "member-add" },
  { DPOP_KIND_MEMBER_DETAILS, "member-details" },
  { DPOP_KIND_MEMBER_STATE, "member-state" },
  { DPOP_KIND_MEMBER_REMOVE, "member-remove" },
  { DPOP_KIND_MEMBERS_UNDO, "members-undo" },
  { DPOP_KIND_ROLE_GRANT, "role-grant" },
  { DPOP_KIND_ROLE_REVOKE, "role-revoke" },
  { DPOP_KIND_UNIT_ADD, "unit-add" },
  { DPOP_KIND_UNIT_NAME, "unit-name" },
  { DPOP_KIND_UNIT_ASSIGN, "unit-assign" },
  { DPOP_KIND_ENACT, "enact" },
  { DPOP_KIND_WITNESS_APPOINT, "witness-appoint" },
  { DPOP_KIND_WITNESS_RESIGN, "witness-resign" },
  { DPOP_KIND_PROPOSE, "propose" },
  { DPOP_KIND_TEXT, "text" },
  { DPOP_KIND_OPTION, "option" },
  { DPOP_KIND_OPTION_WITHDRAW, "option-withdraw" },
  { DPOP_KIND_OPEN, "open" },
  { DPOP_KIND_VOTE, "vote" },
  { DPOP_KIND_CLOSE, "close" },
  { DPOP_KIND_STOP, "stop" },
  { DPOP_KIND_DISCUSS, "discuss" },
  { DPOP_KIND_COMMENT, "comment" },
};

typedef struct
{
  char *member, *decision, *kind, *limit;
  gboolean only_void, only_open;
  CosmicId member_id, decision_id;
  guint16 kind_number;
  guint limit_number;
} Filter;

static void
filter_clear (Filter *self)
{
  g_free (self->member);
  g_free (self->decision);
  g_free (self->kind);
  g_free (self->limit);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Filter, filter_clear)

static gboolean
read_filter (Dpopctl *self, Filter *filter, GError **error)
{
  for (gsize i = 0; filter->kind != NULL && i < G_N_ELEMENTS (kinds); i++)
    if (strcmp (kinds[i].name, filter->kind) == 0)
      filter->kind_number = kinds[i].kind;
  if (filter->kind != NULL && filter->kind_number == 0)
    return dpopctl_arguments_fail (error, _("There is no kind of entry \"%s\"."), filter->kind);
  return (filter->limit == NULL
          || dpopctl_arguments_number (filter->limit, G_MAXINT32, &filter->limit_number, error))
         && (filter->member == NULL
             || dpopctl_find_member (self, filter->member, &filter->member_id, error))
         && (filter->decision == NULL
             || dpopctl_find_decision (self, filter->decision, &filter->decision_id, error));
}

/* --- What an entry is about. --- */

typedef struct
{
  Dpopctl *self;
  const Filter *filter;
  const CosmicState *authority;
  const DpopNames *names;
  GPtrArray *entries; /* of CosmicEntry */
} Audit;

/* The decision that a stream is, or that its discussion is about; zero for members and rules. */
static void
find_about (Dpopctl *self, const CosmicId *stream, CosmicId *about)
{
  const CosmicState *state = dpop_profile_state (self->profile, stream, NULL);
  DpopDiscussion discussion;

  *about = *stream;
  if (state != NULL && dpop_discussion_query (state, &discussion))
    *about = discussion.about;
}

static gboolean
find_author (const Audit *audit, const CosmicEntry *entry, CosmicId *member)
{
  CosmicDevice device;

  *member = cosmic_id_zero;
  if (!cosmic_authority_device (audit->authority, &entry->operation->header.author, &device))
    return FALSE;
  *member = device.member;
  return TRUE;
}

static CosmicReason
find_verdict (Dpopctl *self, const CosmicEntry *entry)
{
  const CosmicState *state = dpop_profile_state (self->profile, &entry->operation->header.stream,
                                                 NULL);

  return state != NULL ? cosmic_state_verdict (state, &entry->operation->id) : 0;
}

static gboolean
fits (const Audit *audit, const CosmicEntry *entry)
{
  const Filter *filter = audit->filter;
  CosmicId author, about;

  if ((filter->kind != NULL && entry->operation->header.kind != filter->kind_number)
      || (filter->only_open && entry->height > 0))
    return FALSE;
  find_author (audit, entry, &author);
  if (filter->member != NULL && !cosmic_id_same (&author, &filter->member_id)
      && !cosmic_id_same (&entry->subject, &filter->member_id))
    return FALSE;
  find_about (audit->self, &entry->operation->header.stream, &about);
  if (filter->decision != NULL && !cosmic_id_same (&about, &filter->decision_id))
    return FALSE;
  return !filter->only_void || find_verdict (audit->self, entry) != COSMIC_REASON_NONE;
}

static gboolean
collect (CosmicEntry *entry, gpointer data)
{
  Audit *audit = data;
  guint limit = audit->filter->limit_number;

  if (!fits (audit, entry))
    {
      cosmic_entry_free (entry);
      return TRUE;
    }
  g_ptr_array_add (audit->entries, entry);
  if (limit > 0 && audit->entries->len > limit)
    g_ptr_array_remove_index (audit->entries, 0);
  return TRUE;
}

/* --- Telling. --- */

static const char *
kind_name (guint16 kind)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i].kind == kind)
      return kinds[i].name;
  return "unknown";
}

static void
print_entry (Dpopctl *self, const CosmicEntry *entry, const char *text, CosmicReason reason)
{
  g_autofree char *id = dpopctl_print_short (&entry->operation->id);

  if (entry->height > 0)
    dpopctl_print (self, "%s  %5lu  %s", id, (gulong) entry->height, text);
  else
    dpopctl_print (self, "%s  %5s  %s", id, "-", text);
  if (reason != COSMIC_REASON_NONE)
    dpopctl_print (self, _("                 without effect: %s"),
                   dpop_sentence_for_reason (reason));
}

static JsonObject *
tell_entry (const Audit *audit, const CosmicEntry *entry)
{
  Dpopctl *self = audit->self;
  CosmicReason reason = find_verdict (self, entry);
  JsonObject *object = json_object_new ();
  g_autofree char *sentence = dpop_history_view_sentence (self->profile, audit->names, entry);
  g_autofree char *text = dpopctl_print_plain (sentence);
  CosmicId author, about;

  find_author (audit, entry, &author);
  find_about (self, &entry->operation->header.stream, &about);
  dpopctl_print_id_to (object, "entry", &entry->operation->id);
  json_object_set_string_member (object, "kind", kind_name (entry->operation->header.kind));
  json_object_set_int_member (object, "number", (gint64) entry->operation->header.kind);
  dpopctl_print_id_to (object, "device", &entry->operation->header.author);
  dpopctl_print_id_to (object, "author", &author);
  dpopctl_print_id_to (object, "subject", &entry->subject);
  dpopctl_print_id_to (object, "decision", &about);
  json_object_set_int_member (object, "height", (gint64) entry->height);
  json_object_set_boolean_member (object, "final", entry->height > 0);
  if (reason != COSMIC_REASON_NONE)
    json_object_set_string_member (object, "void", dpop_reason_name (reason));
  else
    json_object_set_null_member (object, "void");
  json_object_set_string_member (object, "text", text);
  print_entry (self, entry, text, reason);
  return object;
}

static gboolean
tell_all (Dpopctl *self, const Filter *filter, GError **error)
{
  const CosmicEntries all = { .which = COSMIC_ENTRIES_ALL };
  CosmicLogStore store = cosmic_log_store (dpop_profile_log (self->profile));
  g_autoptr (GPtrArray) entries
      = g_ptr_array_new_with_free_func ((GDestroyNotify) cosmic_entry_free);
  g_autoptr (DpopNames) names = dpop_names_new (self->profile, error);
  Audit audit = { self, filter, dpop_profile_state (self->profile, NULL, error), names, entries };
  JsonArray *array;

  if (names == NULL || audit.authority == NULL
      || !store.table->each_entry (store.self, &all, collect, &audit, error))
    return FALSE;
  array = json_array_new ();
  for (guint i = 0; i < entries->len; i++)
    json_array_add_object_element (array, tell_entry (&audit, entries->pdata[i]));
  dpopctl_print_array (self, "entries", array);
  return TRUE;
}

static gboolean
run_audit (Dpopctl *self, int argc, char **argv, GError **error)
{
  g_auto (Filter) filter = { 0 };
  const GOptionEntry entries[] = {
    { "member", 0, 0, DPOPCTL_TEXT, &filter.member, NULL, NULL },
    { "decision", 0, 0, DPOPCTL_TEXT, &filter.decision, NULL, NULL },
    { "kind", 0, 0, DPOPCTL_TEXT, &filter.kind, NULL, NULL },
    { "void", 0, 0, G_OPTION_ARG_NONE, &filter.only_void, NULL, NULL },
    { "open", 0, 0, G_OPTION_ARG_NONE, &filter.only_open, NULL, NULL },
    { "limit", 0, 0, DPOPCTL_TEXT, &filter.limit, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) words = NULL;

  return dpopctl_arguments (argc, argv, entries, 0, 0, &words, error)
         && dpopctl_open_founded (self, error) && read_filter (self, &filter, error)
         && tell_all (self, &filter, error);
}

const DpopctlVerb dpopctl_audit_verbs[] = {
  { "audit",
    "[--member MEMBER] [--decision DECISION] [--kind KIND] [--void] [--open] [--limit N]",
    N_("the history in plain words"), run_audit },
  { NULL },
};
