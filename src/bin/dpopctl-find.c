/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpopctl-find.h"

#include "dpop-command-details.h"
#include "dpop-decision-query.h"
#include "dpop-member-query.h"
#include "dpop-unit.h"
#include "dpop-wording.h"

#include <glib/gi18n-lib.h>

#define CANDIDATES_SHOWN 5

/* --- One word, several things it may mean. --- */

typedef struct
{
  Dpopctl *self;
  const char *word;
  gboolean digits; /* the word may be the beginning of an id */
  GArray *exact;   /* of CosmicId */
  GArray *begun;   /* of CosmicId whose text begins so */
  GPtrArray *exact_names;
  GPtrArray *begun_names;
} Finder;

static void
finder_init (Finder *finder, Dpopctl *self, const char *word)
{
  gsize size = strlen (word);

  *finder = (Finder){ self, word, size >= DPOPCTL_FIND_DIGITS && size <= 2 * COSMIC_ID_SIZE };
  for (gsize i = 0; i < size; i++)
    finder->digits = finder->digits && g_ascii_isxdigit (word[i]);
  finder->exact = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  finder->begun = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  finder->exact_names = g_ptr_array_new_with_free_func (g_free);
  finder->begun_names = g_ptr_array_new_with_free_func (g_free);
}

static void
finder_clear (Finder *finder)
{
  g_array_unref (finder->exact);
  g_array_unref (finder->begun);
  g_ptr_array_unref (finder->exact_names);
  g_ptr_array_unref (finder->begun_names);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Finder, finder_clear)

/* NAME is what it is shown as; EXACT, whether one of its names is the word. */
static void
finder_try (Finder *finder, const CosmicId *id, const char *name, gboolean exact)
{
  g_autofree char *text = cosmic_id_to_text (id);

  if (exact)
    {
      g_array_append_val (finder->exact, *id);
      g_ptr_array_add (finder->exact_names, g_strdup (name));
    }
  else if (finder->digits && g_ascii_strncasecmp (text, finder->word, strlen (finder->word)) == 0)
    {
      g_array_append_val (finder->begun, *id);
      g_ptr_array_add (finder->begun_names, g_strdup (name));
    }
}

static gboolean
finder_fail (const Finder *finder, const GArray *ids, const GPtrArray *names, GError **error)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < ids->len && i < CANDIDATES_SHOWN; i++)
    {
      g_autofree char *id = dpopctl_print_short (&g_array_index (ids, CosmicId, i));

      g_string_append_printf (list, "\n  %s  %s", id, (const char *) names->pdata[i]);
    }
  if (ids->len > CANDIDATES_SHOWN)
    g_string_append (list, "\n  ...");
  g_set_error (error, DPOPCTL_ERROR, DPOPCTL_ERROR_AMBIGUOUS,
               _("\"%s\" can be several. Say which, by more of its number:%s"), finder->word,
               list->str);
  return FALSE;
}

static gboolean
finder_end (const Finder *finder, const char *nothing, CosmicId *id, GError **error)
{
  const GArray *ids = finder->exact->len > 0 ? finder->exact : finder->begun;
  const GPtrArray *names = finder->exact->len > 0 ? finder->exact_names : finder->begun_names;

  if (ids->len > 1)
    return finder_fail (finder, ids, names, error);
  if (ids->len == 1)
    {
      *id = g_array_index (ids, CosmicId, 0);
      return TRUE;
    }
  g_set_error (error, DPOP_PROFILE_ERROR, DPOP_PROFILE_ERROR_NOT_FOUND,
               _("There is no \"%s\" here. %s"), finder->word, nothing);
  return FALSE;
}

/* --- Members. --- */

static gboolean
same_name (const char *a, const char *b)
{
  g_autofree char *folded_a = g_utf8_casefold (a, -1);
  g_autofree char *folded_b = g_utf8_casefold (b, -1);

  return *a != '\0' && strcmp (folded_a, folded_b) == 0;
}

static gboolean
try_member (const DpopMember *member, gpointer data)
{
  Finder *finder = data;
  g_autoptr (DpopMemberDetails) details = NULL;
  const char *word = finder->word, *name = "";
  gboolean exact = FALSE;

  details = dpop_command_details_read (finder->self->profile, &member->details);
  if (details != NULL)
    {
      name = dpop_member_details_get (details, DPOP_MEMBER_DETAILS_NAME);
      exact = same_name (word, name)
              || same_name (word, dpop_member_details_get (details, DPOP_MEMBER_DETAILS_EMAIL))
              || same_name (word, dpop_member_details_get (details, DPOP_MEMBER_DETAILS_NUMBER));
    }
  finder_try (finder, &member->id, name, exact);
  return TRUE;
}

gboolean
dpopctl_find_member (Dpopctl *self, const char *word, CosmicId *member, GError **error)
{
  const CosmicState *authority = dpop_profile_state (self->profile, NULL, error);
  g_auto (Finder) finder = { 0 };

  if (authority == NULL)
    return FALSE;
  finder_init (&finder, self, word);
  dpop_member_query_each (authority, try_member, &finder);
  return finder_end (&finder, _("For members, try: dpopctl member list"), member,
                     error);
}

char *
dpopctl_find_member_name (Dpopctl *self, const CosmicId *id)
{
  const CosmicState *authority = dpop_profile_state (self->profile, NULL, NULL);
  g_autoptr (DpopMemberDetails) details = NULL;
  DpopMember member;

  if (authority != NULL && dpop_member_query_load (authority, id, &member))
    details = dpop_command_details_read (self->profile, &member.details);
  if (details == NULL)
    return dpopctl_print_short (id);
  return dpopctl_print_plain (dpop_member_details_get (details, DPOP_MEMBER_DETAILS_NAME));
}

/* --- Groups. --- */

static char *
unit_name (Dpopctl *self, const DpopUnit *unit)
{
  g_autoptr (GVariant) personal = dpop_profile_personal (self->profile, &unit->name,
                                                         DPOP_UNIT_NAME_PERSONAL_TYPE, NULL);
  char *name = personal != NULL ? dpop_unit_name_decode (personal) : NULL;

  return name != NULL ? name : dpopctl_print_short (&unit->id);
}

static gboolean
try_unit (const DpopUnit *unit, gpointer data)
{
  Finder *finder = data;
  g_autofree char *name = unit_name (finder->self, unit);

  finder_try (finder, &unit->id, name, same_name (finder->word, name));
  return TRUE;
}

gboolean
dpopctl_find_unit (Dpopctl *self, const char *word, CosmicId *unit, GError **error)
{
  const CosmicState *authority = dpop_profile_state (self->profile, NULL, error);
  g_auto (Finder) finder = { 0 };

  if (authority == NULL)
    return FALSE;
  finder_init (&finder, self, word);
  dpop_unit_each (authority, try_unit, &finder);
  return finder_end (&finder, _("For groups, try: dpopctl unit list"), unit,
                     error);
}

char *
dpopctl_find_unit_name (Dpopctl *self, const CosmicId *id)
{
  const CosmicState *authority = dpop_profile_state (self->profile, NULL, NULL);
  DpopUnit unit;

  if (authority == NULL || !dpop_unit_load (authority, id, &unit))
    return dpopctl_print_short (id);
  return unit_name (self, &unit);
}

/* --- Decisions. --- */

static gboolean
take_proposal (CosmicEntry *taken, gpointer data)
{
  g_autoptr (CosmicEntry) entry = taken;
  GArray *decisions = data;

  if (entry->operation->header.kind == DPOP_KIND_PROPOSE)
    g_array_append_val (decisions, entry->operation->header.stream);
  return TRUE;
}

GArray *
dpopctl_find_decisions (Dpopctl *self, GError **error)
{
  const CosmicEntries all = { .which = COSMIC_ENTRIES_ALL };
  CosmicLogStore store = cosmic_log_store (dpop_profile_log (self->profile));
  g_autoptr (GArray) decisions = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  GArray *there;

  if (!store.table->each_entry (store.self, &all, take_proposal, decisions, error))
    return NULL;
  there = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  for (guint i = 0; i < decisions->len; i++)
    {
      const CosmicId *stream = &g_array_index (decisions, CosmicId, i);
      const CosmicState *state = dpop_profile_state (self->profile, stream, NULL);
      DpopDecisionProposed proposed;

      if (state != NULL && dpop_decision_state_proposed (state, &proposed))
        g_array_append_val (there, *stream);
    }
  return there;
}

static char *
wording_title (Dpopctl *self, const CosmicId *operation)
{
  g_autoptr (GVariant) personal = dpop_profile_personal (self->profile, operation,
                                                         DPOP_WORDING_TYPE, NULL);
  const char *title, *text;

  if (personal == NULL)
    return NULL;
  g_variant_get (personal, "(&s&s)", &title, &text);
  return dpopctl_print_plain (title);
}

char *
dpopctl_find_decision_name (Dpopctl *self, const CosmicId *id)
{
  const CosmicState *state = dpop_profile_state (self->profile, id, NULL);
  g_autoptr (DpopDecision) decision = state != NULL ? dpop_decision_query (state, NULL) : NULL;
  g_autoptr (GArray) texts = NULL;
  char *title = NULL;

  if (decision != NULL && decision->opening != NULL && decision->opening->texts->len > 0)
    title = wording_title (self, &g_array_index (decision->opening->texts, CosmicId, 0));
  else if (decision != NULL && (texts = dpop_decision_query_texts (decision))->len > 0)
    title = wording_title (self, &g_array_index (texts, CosmicId, 0));
  return title != NULL ? title : dpopctl_print_short (id);
}

gboolean
dpopctl_find_decision (Dpopctl *self, const char *word, CosmicId *decision, GError **error)
{
  g_autoptr (GArray) decisions = dpopctl_find_decisions (self, error);
  g_auto (Finder) finder = { 0 };

  if (decisions == NULL)
    return FALSE;
  finder_init (&finder, self, word);
  for (guint i = 0; i < decisions->len; i++)
    {
      const CosmicId *id = &g_array_index (decisions, CosmicId, i);
      g_autofree char *name = dpopctl_find_decision_name (self, id);

      finder_try (&finder, id, name, same_name (word, name));
    }
  return finder_end (&finder, _("For decisions, try: dpopctl decision list"),
                     decision, error);
}

gboolean
dpopctl_find_option (Dpopctl *self, const CosmicId *id, const char *word, CosmicId *option,
                     GError **error)
{
  const CosmicState *state = dpop_profile_state (self->profile, id, error);
  g_autoptr (DpopDecision) decision = state != NULL ? dpop_decision_query (state, NULL) : NULL;
  g_autoptr (GArray) options = NULL;
  g_auto (Finder) finder = { 0 };
  guint64 number = 0;

  if (state == NULL)
    return FALSE;
  finder_init (&finder, self, word);
  if (decision != NULL)
    options = decision->opening != NULL ? g_array_ref (decision->opening->options)
                                        : dpop_decision_query_options (decision);
  for (guint i = 0; options != NULL && i < options->len; i++)
    {
      const CosmicId *each = &g_array_index (options, CosmicId, i);
      g_autofree char *name = wording_title (self, each);

      finder_try (&finder, each, name != NULL ? name : "",
                  name != NULL && same_name (word, name));
    }
  if (finder.exact->len == 0 && options != NULL
      && g_ascii_string_to_unsigned (word, 10, 1, options->len, &number, NULL))
    {
      *option = g_array_index (options, CosmicId, number - 1);
      return TRUE;
    }
  return finder_end (&finder, _("For the options of a ballot, try: dpopctl decision show"),
                     option, error);
}

/* --- Computers and entries. --- */

gboolean
dpopctl_find_device (Dpopctl *self, const char *word, CosmicId *device, GError **error)
{
  const CosmicState *authority = dpop_profile_state (self->profile, NULL, error);
  g_autoptr (GArray) devices = authority != NULL ? cosmic_authority_devices (authority) : NULL;
  g_auto (Finder) finder = { 0 };

  if (authority == NULL)
    return FALSE;
  finder_init (&finder, self, word);
  for (guint i = 0; i < devices->len; i++)
    {
      const CosmicId *id = &g_array_index (devices, CosmicId, i);
      CosmicDevice known;
      g_autofree char *name = cosmic_authority_device (authority, id, &known)
                                  ? dpopctl_find_member_name (self, &known.member)
                                  : g_strdup ("");

      finder_try (&finder, id, name, same_name (word, name));
    }
  return finder_end (&finder, _("For computers, try: dpopctl device list"),
                     device, error);
}

static gboolean
try_entry (CosmicEntry *taken, gpointer data)
{
  g_autoptr (CosmicEntry) entry = taken;

  finder_try (data, &entry->operation->id, "", FALSE);
  return TRUE;
}

gboolean
dpopctl_find_entry (Dpopctl *self, const char *word, CosmicId *operation, GError **error)
{
  const CosmicEntries all = { .which = COSMIC_ENTRIES_ALL };
  CosmicLogStore store = cosmic_log_store (dpop_profile_log (self->profile));
  g_auto (Finder) finder = { 0 };

  finder_init (&finder, self, word);
  if (!store.table->each_entry (store.self, &all, try_entry, &finder, error))
    return FALSE;
  return finder_end (&finder, _("For entries, try: dpopctl audit"), operation,
                     error);
}

/* --- The rules' words. --- */

gboolean
dpopctl_find_named (const GArray *list, const char *word, guint *index, GError **error)
{
  g_autoptr (GString) known = g_string_new (NULL);

  for (guint i = 0; i < list->len; i++)
    {
      const DpopCharterName *name = dpop_charter_names_get (list, i);

      if (strcmp (name->key, word) == 0 || same_name (name->label, word))
        {
          *index = i;
          return TRUE;
        }
      g_string_append_printf (known, "%s%s", i > 0 ? ", " : "", name->key);
    }
  g_set_error (error, DPOP_PROFILE_ERROR, DPOP_PROFILE_ERROR_NOT_FOUND,
               _("Our rules know no \"%s\". They know: %s."), word,
               known->len > 0 ? known->str : _("none"));
  return FALSE;
}

DpopCharterNames *
dpopctl_find_names (Dpopctl *self, GError **error)
{
  const CosmicId *party = cosmic_log_party (dpop_profile_log (self->profile));
  g_autoptr (GVariant) personal = dpop_profile_personal (self->profile, party,
                                                         DPOP_CHARTER_NAMES_TYPE, NULL);
  DpopCharterNames *names = personal != NULL ? dpop_charter_names_from_variant (personal, NULL)
                                             : NULL;

  if (names == NULL)
    g_set_error_literal (error, DPOP_PROFILE_ERROR, DPOP_PROFILE_ERROR_NOT_READABLE,
                         _("The words of our rules cannot be read on this computer yet. Import the "
                           "transfer file that lets it in."));
  return names;
}
