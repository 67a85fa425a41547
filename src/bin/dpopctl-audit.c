/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpopctl-find.h"

#include "dpop-decision.h"
#include "dpop-discussion.h"
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
  const char *what;
} kinds[] = {
  { COSMIC_KIND_GENESIS, "genesis", N_("founded the organisation") },
  { COSMIC_KIND_INVITATION, "invitation", N_("invited a member's computer") },
  { COSMIC_KIND_DEVICE_ADD, "device-add", N_("let a computer in") },
  { COSMIC_KIND_DEVICE_OFF, "device-off", N_("switched a computer off") },
  { COSMIC_KIND_ROTATION, "rotation", N_("changed the locks") },
  { COSMIC_KIND_SHARE, "share", N_("handed on keys") },
  { COSMIC_KIND_EQUIVOCATION, "equivocation", N_("showed two copies of one computer") },
  { COSMIC_KIND_ERASE, "erase", N_("deleted for everyone") },
  { DPOP_KIND_MEMBER_ADD, "member-add", N_("enrolled") },
  { DPOP_KIND_MEMBER_DETAILS, "member-details", N_("entered the particulars of") },
  { DPOP_KIND_MEMBER_STATE, "member-state", N_("changed the membership of") },
  { DPOP_KIND_MEMBER_REMOVE, "member-remove", N_("ended the membership of") },
  { DPOP_KIND_MEMBERS_UNDO, "members-undo", N_("took an import back") },
  { DPOP_KIND_ROLE_GRANT, "role-grant", N_("gave a role to") },
  { DPOP_KIND_ROLE_REVOKE, "role-revoke", N_("took a role from") },
  { DPOP_KIND_UNIT_ADD, "unit-add", N_("set up a group") },
  { DPOP_KIND_UNIT_NAME, "unit-name", N_("renamed a group") },
  { DPOP_KIND_UNIT_ASSIGN, "unit-assign", N_("changed the group of") },
  { DPOP_KIND_ENACT, "enact", N_("carried out what was decided") },
  { DPOP_KIND_PROPOSE, "propose", N_("put the question") },
  { DPOP_KIND_TEXT, "text", N_("added a text to") },
  { DPOP_KIND_OPTION, "option", N_("added an option to") },
  { DPOP_KIND_OPTION_WITHDRAW, "option-withdraw", N_("withdrew an option from") },
  { DPOP_KIND_OPEN, "open", N_("opened the vote on") },
  { DPOP_KIND_VOTE, "vote", N_("voted on") },
  { DPOP_KIND_CLOSE, "close", N_("closed the vote on") },
  { DPOP_KIND_STOP, "stop", N_("stopped") },
  { DPOP_KIND_DISCUSS, "discuss", N_("began to discuss") },
  { DPOP_KIND_COMMENT, "comment", N_("said something about") },
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
kind_name (guint16 kind, const char **what)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i].kind == kind)
      {
        *what = g_dgettext (GETTEXT_PACKAGE, kinds[i].what);
        return kinds[i].name;
      }
  *what = _("did something that this version does not know");
  return "unknown";
}

/* Who or what it was done to, as far as it can be told; "" for nothing. */
static char *
object_name (Dpopctl *self, const CosmicEntry *entry, const CosmicId *about)
{
  if (!cosmic_id_is_zero (about))
    {
      g_autofree char *title = dpopctl_find_decision_name (self, about);

      return g_strdup_printf (" \"%s\"", title);
    }
  if (!cosmic_id_is_zero (&entry->subject))
    {
      g_autofree char *name = dpopctl_find_member_name (self, &entry->subject);

      return g_strdup_printf (" %s", name);
    }
  return g_strdup ("");
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
  g_autofree char *who = NULL;
  g_autofree char *object_text = NULL;
  g_autofree char *text = NULL;
  CosmicId author, about;
  const char *what;

  if (find_author (audit, entry, &author))
    who = dpopctl_find_member_name (self, &author);
  else
    who = dpopctl_print_short (&entry->operation->header.author);
  find_about (self, &entry->operation->header.stream, &about);
  object_text = object_name (self, entry, &about);
  dpopctl_print_id_to (object, "entry", &entry->operation->id);
  json_object_set_string_member (object, "kind", kind_name (entry->operation->header.kind, &what));
  text = g_strdup_printf ("%s %s%s", who, what, object_text);
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
  Audit audit = { self, filter, dpop_profile_state (self->profile, NULL, error), entries };
  JsonArray *array;

  if (audit.authority == NULL
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
