/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-member-sections-private.h"

#include "dpop-chip.h"
#include "dpop-moment.h"
#include "dpop-spoken-name.h"
#include "dpop-words.h"
#include "dpop-wrap-box.h"
#include "dpop-wrapping-label.h"

#include <glib/gi18n-lib.h>

/* --- Who it is. ------------------------------------------------------------------------------ */

static GtkWidget *
new_chips (const DpopMemberView *view)
{
  GtkWidget *chips = dpop_wrap_box_new ();
  const DpopMemberState state = view->member.standing.state;
  const DpopChipTone tone = state == DPOP_MEMBER_MEMBER   ? DPOP_CHIP_SUCCESS
                            : state == DPOP_MEMBER_FORMER ? DPOP_CHIP_QUIET
                                                          : DPOP_CHIP_WARNING;

  dpop_wrap_box_append (DPOP_WRAP_BOX (chips),
                        dpop_chip_new (dpop_words_member_state (state), tone));
  for (guint i = 0; i < view->roles->len; i++)
    dpop_wrap_box_append (
        DPOP_WRAP_BOX (chips),
        dpop_chip_new (g_array_index (view->roles, DpopMemberViewRole, i).name, DPOP_CHIP_ACCENT));
  dpop_wrap_box_append (DPOP_WRAP_BOX (chips),
                        dpop_chip_new (view->confirmed ? _("final") : _("not yet confirmed"),
                                       DPOP_CHIP_QUIET));
  return chips;
}

static const char *
standing_words (const DpopMemberSight *sight)
{
  const DpopMember *member = &sight->view->member;

  if (sight->may != NULL && sight->may->self)
    return _("This is you.");
  if (member->standing.state == DPOP_MEMBER_FORMER)
    return _("They are no longer a member.");
  if (!member->has_device)
    return _("They have no computer. What they say is entered by others, in their name.");
  return _("They have a computer of their own.");
}

GtkWidget *
dpop_member_sections_head (const DpopMemberSections *self)
{
  const DpopMemberView *view = self->sight->view;
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 18);
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *avatar = adw_avatar_new (72, view->name, TRUE);

  gtk_widget_set_valign (avatar, GTK_ALIGN_START);
  gtk_accessible_update_state (GTK_ACCESSIBLE (avatar), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  gtk_widget_set_hexpand (column, TRUE);
  gtk_widget_set_valign (column, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (column), dpop_wrapping_label_new (view->name, "title-1"));
  gtk_box_append (GTK_BOX (column), new_chips (view));
  gtk_box_append (GTK_BOX (column),
                  dpop_wrapping_label_new (standing_words (self->sight), "dim-label"));
  gtk_box_append (GTK_BOX (head), avatar);
  gtk_box_append (GTK_BOX (head), column);
  return head;
}

/* --- Particulars. ---------------------------------------------------------------------------- */

static void
add_address (GtkWidget *group, const DpopMemberDetails *details)
{
  g_autofree char *lines
      = details->address != NULL ? g_strjoinv ("\n", details->address) : g_strdup ("");

  if (*lines != '\0')
    dpop_member_parts_row (group, _("Address"), lines);
}

static void
add_texts (GtkWidget *group, const DpopMemberDetails *details)
{
  static const struct
  {
    DpopMemberDetailsField field;
    const char *title;
  } shown[] = {
    { DPOP_MEMBER_DETAILS_EMAIL, N_("E-mail") },
    { DPOP_MEMBER_DETAILS_PHONE, N_("Telephone") },
    { DPOP_MEMBER_DETAILS_POSTCODE, N_("Postcode") },
    { DPOP_MEMBER_DETAILS_CITY, N_("City") },
    { DPOP_MEMBER_DETAILS_COUNTRY, N_("Country") },
    { DPOP_MEMBER_DETAILS_BORN, N_("Born") },
    { DPOP_MEMBER_DETAILS_JOINED, N_("Joined") },
    { DPOP_MEMBER_DETAILS_NUMBER, N_("Member number") },
    { DPOP_MEMBER_DETAILS_NOTE, N_("Note") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (shown); i++)
    {
      const char *text = dpop_member_details_get (details, shown[i].field);

      if (shown[i].field == DPOP_MEMBER_DETAILS_POSTCODE)
        add_address (group, details);
      if (*text != '\0')
        dpop_member_parts_row (group, _(shown[i].title), text);
    }
  for (guint i = 0; i < details->n_extras; i++)
    dpop_member_parts_row (group, details->extras[i].heading, details->extras[i].text);
}

static const char *
unreadable_words (DpopProjectionText readable)
{
  switch (readable)
    {
    case DPOP_PROJECTION_TEXT_SEALED:
      return _("They are not for this computer’s eyes.");
    case DPOP_PROJECTION_TEXT_ERASED:
      return _("They were deleted for everyone.");
    case DPOP_PROJECTION_TEXT_NONE:
    case DPOP_PROJECTION_TEXT_READABLE:
    default:
      return _("None were entered.");
    }
}

static void
on_edit_clicked (GtkButton *button, const DpopMemberSections *self)
{
  self->table->edit (self->page);
}

GtkWidget *
dpop_member_sections_particulars (const DpopMemberSections *self)
{
  const DpopMemberView *view = self->sight->view;
  GtkWidget *group = dpop_member_parts_group (
      _("Particulars"),
      view->details == NULL ? unreadable_words (view->readable)
      : view->member.on_behalf ? _("Entered by somebody else in their name.")
                               : NULL);

  if (view->details != NULL)
    add_texts (group, view->details);
  if (self->sight->may != NULL && self->sight->may->edit.yes
      && view->readable != DPOP_PROJECTION_TEXT_SEALED)
    {
      GtkWidget *button = gtk_button_new_with_label (_("Edit"));

      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      dpop_spoken_name_set (button, _("Edit the particulars"));
      dpop_member_parts_set_key (button, "edit");
      g_signal_connect (button, "clicked", G_CALLBACK (on_edit_clicked), (gpointer) self);
      adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (group), button);
    }
  return group;
}

/* As a line of its own. */
static char *
capitalised (const char *text)
{
  g_autofree char *first = g_utf8_strup (text, g_utf8_next_char (text) - text);

  return g_strconcat (first, g_utf8_next_char (text), NULL);
}

GtkWidget *
dpop_member_sections_readers (const DpopMemberSections *self)
{
  const GPtrArray *readers = self->sight->view->readers;
  GtkWidget *group;

  if (self->sight->view->readable == DPOP_PROJECTION_TEXT_NONE
      || self->sight->view->readable == DPOP_PROJECTION_TEXT_ERASED)
    return NULL;
  group = dpop_member_parts_group (_("Who else may see this"),
                                   readers->len == 0 ? _("Nobody but themselves.") : NULL);
  for (guint i = 0; i < readers->len; i++)
    {
      g_autofree char *line = capitalised (readers->pdata[i]);

      dpop_member_parts_row (group, line, NULL);
    }
  return group;
}

/* --- Decisions. ------------------------------------------------------------------------------ */

typedef struct
{
  const DpopMemberSections *sections;
  CosmicId decision;
} Chosen;

static void
chosen_free (gpointer chosen, GClosure *closure)
{
  g_free (chosen);
}

static void
on_decision (AdwActionRow *row, const Chosen *chosen)
{
  chosen->sections->table->decision (chosen->sections->page, &chosen->decision);
}

static void
add_decision (const DpopMemberSections *self, GtkWidget *group, const char *what,
              const DpopDecisionRow *decision, const char *subtitle)
{
  const char *title = decision->title != NULL && *decision->title != '\0'
                          ? decision->title
                          : _("(cannot be read here)");
  GtkWidget *row = dpop_member_parts_row (group, title, subtitle);
  g_autofree char *key = dpop_member_parts_key (what, &decision->id, 0);
  Chosen *chosen = g_new0 (Chosen, 1);

  *chosen = (Chosen){ self, decision->id };
  dpop_member_parts_choose (row, key, G_CALLBACK (on_decision), chosen, chosen_free);
}

GtkWidget *
dpop_member_sections_votes (const DpopMemberSections *self)
{
  const GPtrArray *open = self->sight->open;
  GtkWidget *group;

  if (open->len == 0)
    return NULL;
  group = dpop_member_parts_group (_("Votes in their name"),
                                   _("They have no computer: you may enter what they say."));
  for (guint i = 0; i < open->len; i++)
    {
      const DpopDecisionRow *decision = open->pdata[i];
      g_autofree char *when = decision->closes > 0 ? dpop_moment_now (decision->closes) : NULL;
      g_autofree char *subtitle = when != NULL ? g_strdup_printf (_("Open until %s"), when)
                                               : g_strdup (_("Open"));

      add_decision (self, group, "vote", decision, subtitle);
    }
  return group;
}

GtkWidget *
dpop_member_sections_proposed (const DpopMemberSections *self)
{
  const GPtrArray *proposed = self->sight->proposed;
  GtkWidget *group;

  if (proposed->len == 0)
    return NULL;
  group = dpop_member_parts_group (_("What they proposed"), NULL);
  for (guint i = 0; i < proposed->len; i++)
    {
      const DpopDecisionRow *decision = proposed->pdata[i];

      add_decision (self, group, "proposed", decision,
                    decision->phase == DPOP_DECISION_CLOSED && decision->outcome != 0
                        ? dpop_words_outcome (decision->outcome)
                        : dpop_words_phase (decision->phase));
    }
  return group;
}
