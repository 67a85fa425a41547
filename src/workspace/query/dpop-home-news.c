/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-home-view-private.h"

#include "cosmic-authority.h"
#include "dpop-decision.h"
#include "dpop-discussion.h"
#include "dpop-history-row.h"
#include "dpop-history-view.h"
#include "dpop-member.h"

#include <glib/gi18n-lib.h>

/* Entries that are looked at: whoever was away for longer reads the history. */
#define ENTRIES_MAX 2000
/* More alike than this, each about something of its own, are told in one sentence. */
#define ALIKE_MAX   3

void
dpop_home_news_free (DpopHomeNews *self)
{
  if (self == NULL)
    return;
  g_free (self->sentence);
  g_free (self);
}

/* --- What is news. ---------------------------------------------------------------------------- */

/* What follows from something else that is told, or is the machinery's own. */
static gboolean
is_news (guint16 kind)
{
  switch (kind)
    {
    case COSMIC_KIND_ROTATION:
    case COSMIC_KIND_SHARE:
    case DPOP_KIND_DISCUSS:
      return FALSE;
    default:
      return TRUE;
    }
}

static DpopHomeNews *
find_alike (const GPtrArray *news, const DpopHistoryBrief *brief)
{
  for (guint i = 0; i < news->len; i++)
    {
      DpopHomeNews *other = news->pdata[i];

      if (other->kind == brief->kind && cosmic_id_same (&other->stream, &brief->stream))
        return other;
    }
  return NULL;
}

static void
take_brief (GPtrArray *news, const DpopHistoryBrief *brief)
{
  DpopHomeNews *alike = is_news (brief->kind) ? find_alike (news, brief) : NULL;

  if (alike != NULL)
    {
      alike->n++;
      alike->subject = cosmic_id_zero;
    }
  if (alike != NULL || !is_news (brief->kind))
    return;
  alike = g_new0 (DpopHomeNews, 1);
  *alike = (DpopHomeNews){ .kind = brief->kind,
                           .n = 1,
                           .operation = brief->id,
                           .number = brief->n,
                           .stream = brief->stream,
                           .subject = brief->subject,
                           .time = brief->arrived };
  g_ptr_array_add (news, alike);
}

static guint
count_kind (const GPtrArray *news, guint16 kind)
{
  guint count = 0;

  for (guint i = 0; i < news->len; i++)
    count += ((const DpopHomeNews *) news->pdata[i])->kind == kind;
  return count;
}

/* Of one kind in many decisions: into the newest of them, which is about none any more. */
static void
join_alike (GPtrArray *news)
{
  for (guint i = 0; i < news->len; i++)
    {
      DpopHomeNews *first = news->pdata[i];

      if (count_kind (news, first->kind) <= ALIKE_MAX)
        continue;
      first->stream = first->subject = cosmic_id_zero;
      for (guint j = news->len - 1; j > i; j--)
        {
          const DpopHomeNews *other = news->pdata[j];

          if (other->kind != first->kind)
            continue;
          first->n += other->n;
          g_ptr_array_remove_index (news, j);
        }
    }
}

/* --- In words. -------------------------------------------------------------------------------- */

/* Translators, here and below: {n} is the number, {what} a decision. */
static const char *
about_one_decision (guint16 kind, guint n)
{
  switch (kind)
    {
    case DPOP_KIND_TEXT:
      return ngettext ("{n} text was added to “{what}”.", "{n} texts were added to “{what}”.", n);
    case DPOP_KIND_OPTION:
      return ngettext ("{n} option was added to “{what}”.", "{n} options were added to “{what}”.",
                       n);
    case DPOP_KIND_OPTION_WITHDRAW:
      return ngettext ("{n} option of “{what}” was withdrawn.",
                       "{n} options of “{what}” were withdrawn.", n);
    case DPOP_KIND_VOTE:
      return ngettext ("{n} vote came in on “{what}”.", "{n} votes came in on “{what}”.", n);
    case DPOP_KIND_COMMENT:
      return ngettext ("{n} comment was made on “{what}”.", "{n} comments were made on “{what}”.",
                       n);
    default:
      return ngettext ("{n} entry came in about “{what}”.", "{n} entries came in about “{what}”.",
                       n);
    }
}

static const char *
about_decisions (guint16 kind, guint n)
{
  switch (kind)
    {
    case DPOP_KIND_PROPOSE:
      return ngettext ("{n} proposal was made.", "{n} proposals were made.", n);
    case DPOP_KIND_TEXT:
      return ngettext ("{n} text was added to proposals.", "{n} texts were added to proposals.",
                       n);
    case DPOP_KIND_OPTION:
      return ngettext ("{n} option was added to proposals.",
                       "{n} options were added to proposals.", n);
    case DPOP_KIND_OPTION_WITHDRAW:
      return ngettext ("{n} option was withdrawn.", "{n} options were withdrawn.", n);
    case DPOP_KIND_OPEN:
      return ngettext ("Voting began on {n} decision.", "Voting began on {n} decisions.", n);
    case DPOP_KIND_VOTE:
      return ngettext ("{n} vote came in.", "{n} votes came in, on several decisions.", n);
    case DPOP_KIND_CLOSE:
      return ngettext ("Voting ended on {n} decision.", "Voting ended on {n} decisions.", n);
    case DPOP_KIND_STOP:
      return ngettext ("{n} decision was stopped.", "{n} decisions were stopped.", n);
    case DPOP_KIND_COMMENT:
      return ngettext ("{n} comment was made.", "{n} comments were made, on several decisions.",
                       n);
    default:
      return ngettext ("{n} entry came in.", "{n} entries came in.", n);
    }
}

static const char *
about_members (guint16 kind, guint n)
{
  switch (kind)
    {
    case COSMIC_KIND_INVITATION:
      return ngettext ("{n} person was invited.", "{n} people were invited.", n);
    case COSMIC_KIND_DEVICE_ADD:
      return ngettext ("{n} computer was let in.", "{n} computers were let in.", n);
    case COSMIC_KIND_DEVICE_OFF:
      return ngettext ("{n} computer was switched off.", "{n} computers were switched off.", n);
    case COSMIC_KIND_ERASE:
      return ngettext ("Something was deleted for everyone, {n} time.",
                       "Something was deleted for everyone, {n} times.", n);
    case COSMIC_KIND_DEVICE_ATTACH:
      return ngettext ("A new computer was asked for, for {n} person who lost all.",
                       "New computers were asked for, for {n} people who lost all.", n);
    case COSMIC_KIND_ATTACH_SUPPORT:
      return ngettext ("A new computer was supported, {n} time.",
                       "New computers were supported, {n} times.", n);
    case COSMIC_KIND_ATTACH_VETO:
      return ngettext ("{n} new computer was stopped by an old one.",
                       "{n} new computers were stopped by old ones.", n);
    case COSMIC_KIND_WITNESS_OFFER:
      return ngettext ("{n} computer was offered to keep the records.",
                       "{n} computers were offered to keep the records.", n);
    case DPOP_KIND_MEMBER_ADD:
      return ngettext ("{n} person was taken in.", "{n} people were taken in.", n);
    case DPOP_KIND_MEMBER_DETAILS:
      return ngettext ("Particulars were entered, {n} time.",
                       "Particulars were entered, {n} times.", n);
    case DPOP_KIND_MEMBER_STATE:
      return ngettext ("{n} membership changed.", "{n} memberships changed.", n);
    case DPOP_KIND_MEMBER_REMOVE:
      return ngettext ("{n} member was removed.", "{n} members were removed.", n);
    case DPOP_KIND_MEMBERS_UNDO:
      return ngettext ("{n} import was undone.", "{n} imports were undone.", n);
    case DPOP_KIND_ROLE_GRANT:
      return ngettext ("{n} role was given.", "{n} roles were given.", n);
    case DPOP_KIND_ROLE_REVOKE:
      return ngettext ("{n} role was taken back.", "{n} roles were taken back.", n);
    case DPOP_KIND_UNIT_ADD:
      return ngettext ("{n} group was founded.", "{n} groups were founded.", n);
    case DPOP_KIND_UNIT_NAME:
      return ngettext ("{n} group has a new name.", "{n} groups have new names.", n);
    case DPOP_KIND_UNIT_ASSIGN:
      return ngettext ("Members changed groups, {n} time.", "Members changed groups, {n} times.",
                       n);
    case DPOP_KIND_ENACT:
      return ngettext ("{n} decision was carried out.", "{n} decisions were carried out.", n);
    case DPOP_KIND_WITNESS_APPOINT:
      return ngettext ("Record keepers were appointed, {n} time.",
                       "Record keepers were appointed, {n} times.", n);
    case DPOP_KIND_WITNESS_RESIGN:
      return ngettext ("{n} record keeper resigned.", "{n} record keepers resigned.", n);
    default:
      return ngettext ("{n} entry came in.", "{n} entries came in.", n);
    }
}

static const char *
template_for (const DpopHomeNews *news)
{
  if (!cosmic_id_is_zero (&news->decision))
    return about_one_decision (news->kind, news->n);
  return news->kind < DPOP_KIND_PROPOSE ? about_members (news->kind, news->n)
                                        : about_decisions (news->kind, news->n);
}

/* What was typed by people is not looked at for placeholders. */
static char *
fill_in (const char *at, guint n, const char *what)
{
  GString *sentence = g_string_new (NULL);

  while (*at != '\0')
    if (g_str_has_prefix (at, "{n}"))
      {
        g_string_append_printf (sentence, "%u", n);
        at += strlen ("{n}");
      }
    else if (g_str_has_prefix (at, "{what}"))
      {
        g_string_append (sentence, what);
        at += strlen ("{what}");
      }
    else
      g_string_append_c (sentence, *at++);
  return g_string_free (sentence, FALSE);
}

static char *
sentence_of_one (DpopProfile *profile, const DpopNames *names, const DpopHomeNews *news,
                 GError **error)
{
  CosmicLogStore store = cosmic_log_store (dpop_profile_log (profile));
  g_autoptr (CosmicEntry) entry = NULL;

  if (!store.table->find_entry (store.self, &news->operation, &entry, error))
    return NULL;
  return entry != NULL ? dpop_history_view_sentence (profile, names, entry) : g_strdup ("");
}

static gboolean
put_in_words (DpopHomeNews *news, DpopProfile *profile, const DpopNames *names, GError **error)
{
  const CosmicState *state = cosmic_id_is_zero (&news->stream)
                                 ? NULL
                                 : dpop_profile_state (profile, &news->stream, NULL);
  g_autofree char *what = NULL;
  DpopDiscussion discussion;

  if (state != NULL)
    news->decision = dpop_discussion_query (state, &discussion) ? discussion.about : news->stream;
  if (news->n == 1)
    news->sentence = sentence_of_one (profile, names, news, error);
  else
    {
      if (!cosmic_id_is_zero (&news->decision))
        what = dpop_names_decision (names, &news->decision);
      news->sentence = fill_in (template_for (news), news->n, what != NULL ? what : "");
    }
  return news->sentence != NULL;
}

gboolean
dpop_home_news_fill (DpopHomeView *self, DpopProfile *profile, const DpopNames *names, guint most,
                     GError **error)
{
  gint64 after = MAX (self->seen, self->newest - ENTRIES_MAX);
  g_autoptr (GArray) briefs = NULL;
  CosmicId own;

  dpop_profile_device_id (profile, &own);
  briefs = dpop_history_row_news (dpop_profile_database (profile), after, &own, ENTRIES_MAX, error);
  if (briefs == NULL)
    return FALSE;
  for (guint i = 0; i < briefs->len; i++)
    take_brief (self->news, &g_array_index (briefs, DpopHistoryBrief, i));
  join_alike (self->news);
  self->more = after > self->seen || self->news->len > most;
  if (self->news->len > most)
    g_ptr_array_set_size (self->news, (int) most);
  for (guint i = 0; i < self->news->len; i++)
    if (!put_in_words (self->news->pdata[i], profile, names, error))
      return FALSE;
  return TRUE;
}
