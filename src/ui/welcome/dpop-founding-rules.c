/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-founding-private.h"

#include "dpop-edge-charter.h"
#include "dpop-spoken-name.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define DAY_MS     (G_GINT64_CONSTANT (86400) * 1000)
#define DAYS_MAX   365
#define CHOICE_KEY "dpop-choice"
#define ROWS_KEY   "dpop-rows"

static void
keep_text (char **text, GtkWidget *row)
{
  g_free (*text);
  *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));
}

static GtkWidget *
new_entry (const char *title, const char *text)
{
  GtkWidget *row = adw_entry_row_new ();

  dpop_spoken_name_entry_row (ADW_ENTRY_ROW (row));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_editable_set_text (GTK_EDITABLE (row), text != NULL ? text : "");
  g_object_set (row, "activates-default", TRUE, NULL);
  return row;
}

/* --- One of several. ------------------------------------------------------------------------- */

/* A row with a mark; GROUP is the first of them, NULL for it. The row's name is the mark's too. */
static GtkWidget *
add_choice (GtkWidget *group_box, GtkWidget *group, guint number, gboolean chosen,
            const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *check = gtk_check_button_new ();
  g_autofree char *escaped = g_markup_escape_text (title, -1);
  g_autofree char *below = subtitle != NULL ? g_markup_escape_text (subtitle, -1) : NULL;

  if (group != NULL)
    gtk_check_button_set_group (GTK_CHECK_BUTTON (check), GTK_CHECK_BUTTON (group));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), chosen);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  if (subtitle != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                    subtitle, -1);
  g_object_set_data (G_OBJECT (check), CHOICE_KEY, GUINT_TO_POINTER (number));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), escaped);
  if (below != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), below);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  /* Enter chooses what has the focus; elsewhere it goes on. */
  gtk_widget_set_receives_default (row, TRUE);
  gtk_widget_set_receives_default (check, TRUE);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group_box), row);
  return check;
}

/* The number of what is chosen among the marks in ROWS. */
static guint
choice_of (GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    if (gtk_check_button_get_active (rows->pdata[i]))
      return GPOINTER_TO_UINT (g_object_get_data (rows->pdata[i], CHOICE_KEY));
  return 0;
}

/* ROWS are kept with BODY, in their order. */
static GPtrArray *
keep_rows (GtkWidget *body)
{
  GPtrArray *rows = g_ptr_array_new ();

  g_object_set_data_full (G_OBJECT (body), ROWS_KEY, rows, (GDestroyNotify) g_ptr_array_unref);
  return rows;
}

static GPtrArray *
rows_of (DpopStepPage *page)
{
  return g_object_get_data (G_OBJECT (dpop_step_page_get_body (page)), ROWS_KEY);
}

/* --- What are you? --------------------------------------------------------------------------- */

/* A ready charter begins by saying what it is for; the rest is for its authors. */
static char *
first_sentence (const char *text)
{
  const char *end = strstr (text, ". ");

  return end != NULL ? g_strndup (text, (gsize) (end - text) + 1) : g_strdup (text);
}

static void
add_kind (DpopFounding *self, GtkWidget *group, GPtrArray *rows, guint number)
{
  const char *kind = dpop_edge_charter_ready_names ()[number];
  g_autoptr (GBytes) bytes = dpop_edge_charter_ready (kind);
  g_autoptr (DpopCharter) charter = NULL;
  g_autoptr (DpopCharterNames) names = NULL;
  g_autoptr (GPtrArray) problems
      = dpop_edge_charter_read (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &charter,
                                &names);
  g_autofree char *sentence = first_sentence (names->description);

  g_ptr_array_add (rows, add_choice (group, rows->len > 1 ? rows->pdata[1] : NULL, number,
                                     g_strcmp0 (self->kind, kind) == 0, names->name, sentence));
}

static GtkWidget *
build_kind (DpopFounding *self, DpopStepPage *page)
{
  GtkWidget *body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  GtkWidget *called = adw_preferences_group_new ();
  GtkWidget *kinds = adw_preferences_group_new ();
  GtkWidget *name = new_entry (_("Name of the organisation"), self->answers->name);
  GPtrArray *rows = keep_rows (body);

  adw_preferences_group_add (ADW_PREFERENCES_GROUP (called), name);
  g_ptr_array_add (rows, name);
  for (guint i = 0; dpop_edge_charter_ready_names ()[i] != NULL; i++)
    add_kind (self, kinds, rows, i);
  gtk_box_append (GTK_BOX (body), called);
  gtk_box_append (GTK_BOX (body), kinds);
  dpop_step_page_set_first (page, name);
  return body;
}

static void
save_kind (DpopFounding *self, DpopStepPage *page)
{
  GPtrArray *rows = rows_of (page);

  for (guint i = 1; i < rows->len; i++)
    if (gtk_check_button_get_active (rows->pdata[i]))
      dpop_founding_choose (self, dpop_edge_charter_ready_names ()[i - 1]);
  keep_text (&self->answers->name, rows->pdata[0]);
}

static gboolean
check_kind (DpopFounding *self, DpopStepPage *page)
{
  const glong length = g_utf8_strlen (self->answers->name, -1);

  if (length > 0 && length <= DPOP_CHARTER_LABEL_MAX)
    return TRUE;
  dpop_step_page_fail (page, length == 0
                                 ? _("The organisation needs a name. Type it above.")
                                 : _("The name is too long. Shorten it to 200 letters."));
  gtk_widget_grab_focus (rows_of (page)->pdata[0]);
  return FALSE;
}

const DpopFoundingQuestion dpop_founding_kind = {
  .question = N_("What are you?"),
  .explanation = N_("Choose what comes closest. The next pages ask for the rules that matter most. "
                    "In this version they then stay as they are: answer with care."),
  .build = build_kind,
  .save = save_kind,
  .check = check_kind,
};

/* --- The board. ------------------------------------------------------------------------------ */

static char *
role_title (DpopFounding *self, guint role)
{
  const char *label = dpop_charter_names_get (self->names->roles, role)->label;

  return (self->charter->founder & DPOP_CHARTER_BIT (role)) != 0
             ? g_strdup_printf (_("%s, held by you at first"), label)
             : g_strdup (label);
}

static void
add_roles (DpopFounding *self, GtkWidget *body, GPtrArray *rows, DpopScope scope,
           const char *title)
{
  GtkWidget *group = adw_preferences_group_new ();
  gboolean any = FALSE;

  if (title != NULL)
    adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  for (guint role = 0; role < self->charter->n_roles; role++)
    {
      g_autofree char *called = role_title (self, role);
      GtkWidget *row;

      if (self->charter->roles[role].scope != scope)
        continue;
      row = new_entry (called, dpop_charter_answers_role (self->answers, role)->label);
      rows->pdata[role] = row;
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
      any = TRUE;
    }
  gtk_box_append (GTK_BOX (body), group);
  gtk_widget_set_visible (group, any);
}

static GtkWidget *
build_board (DpopFounding *self, DpopStepPage *page)
{
  GtkWidget *body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  GPtrArray *rows = keep_rows (body);

  g_ptr_array_set_size (rows, (gint) self->charter->n_roles);
  add_roles (self, body, rows, DPOP_SCOPE_PARTY, NULL);
  add_roles (self, body, rows, DPOP_SCOPE_UNIT, _("In each local group"));
  return body;
}

static void
save_board (DpopFounding *self, DpopStepPage *page)
{
  GPtrArray *rows = rows_of (page);

  for (guint role = 0; role < rows->len; role++)
    keep_text (&dpop_charter_answers_role (self->answers, role)->label, rows->pdata[role]);
}

static gboolean
is_sound (DpopFounding *self, DpopCharterFinding *why)
{
  g_autoptr (DpopCharter) charter = NULL;
  g_autoptr (DpopCharterNames) names = NULL;

  return dpop_charter_answers_apply (self->answers, self->charter, self->names, &charter, &names,
                                     why);
}

/* Whether the rules work with ROLE under its old name, and all others as answered. */
static gboolean
works_with (DpopFounding *self, guint role)
{
  DpopCharterRoleAnswer *answer = dpop_charter_answers_role (self->answers, role);
  char *typed = answer->label;
  g_autofree char *label = g_strdup (dpop_charter_names_get (self->names->roles, role)->label);
  gboolean works;

  answer->label = label;
  works = is_sound (self, NULL);
  answer->label = typed;
  return works;
}

static gboolean
check_board (DpopFounding *self, DpopStepPage *page)
{
  g_autofree char *text = NULL;
  DpopCharterFinding why;

  if (is_sound (self, &why))
    return TRUE;
  for (guint role = 0; role < self->charter->n_roles; role++)
    if (*dpop_charter_answers_role (self->answers, role)->label == '\0'
        && works_with (self, role))
      {
        text = g_strdup_printf (_("Without “%s” nobody could do what these rules leave to it. Give "
                                  "it a name, or go back and choose other rules."),
                                dpop_charter_names_get (self->names->roles, role)->label);
        gtk_widget_grab_focus (rows_of (page)->pdata[role]);
        dpop_step_page_fail (page, text);
        return FALSE;
      }
  dpop_step_page_fail (page, why.code == DPOP_CHARTER_NAMES_TOO_LONG
                                 ? _("One of these names is too long. Shorten it to 200 letters.")
                                 : _("With so few offices nobody could do what these rules leave "
                                     "to them. Give those that you emptied a name again."));
  return FALSE;
}

const DpopFoundingQuestion dpop_founding_board = {
  .question = N_("Who looks after your organisation?"),
  .explanation = N_("Call the offices as you do. Empty those that you do not have. What you hold "
                    "at first you hand on to others when they are members."),
  .build = build_board,
  .save = save_board,
  .check = check_board,
};

/* --- Notice. --------------------------------------------------------------------------------- */

static gboolean
is_of_whole (DpopFounding *self, guint rule)
{
  return self->charter->rules[rule].scope == DPOP_SCOPE_PARTY;
}

static const char *
rule_label (DpopFounding *self, guint rule)
{
  return dpop_charter_names_get (self->names->rules, rule)->label;
}

static GtkWidget *
new_rule_row (DpopFounding *self, guint rule)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title = g_markup_escape_text (rule_label (self, rule), -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  return row;
}

static GtkWidget *
new_days (DpopFounding *self, guint rule)
{
  GtkWidget *spin = gtk_spin_button_new_with_range (0, DAYS_MAX, 1);
  const DpopCharterRuleAnswer *answer = dpop_charter_answers_rule (self->answers, rule);
  g_autofree char *name = g_strdup_printf (_("Days for “%s”"), rule_label (self, rule));

  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), (double) (answer->notice_ms / DAY_MS));
  gtk_spin_button_set_numeric (GTK_SPIN_BUTTON (spin), TRUE);
  gtk_widget_set_valign (spin, GTK_ALIGN_CENTER);
  g_object_set (gtk_editable_get_delegate (GTK_EDITABLE (spin)), "activates-default", TRUE, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (spin), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return spin;
}

static GtkWidget *
build_notice (DpopFounding *self, DpopStepPage *page)
{
  GtkWidget *group = adw_preferences_group_new ();
  GPtrArray *rows = keep_rows (group);

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _("Days at least"));
  for (guint rule = 0; rule < self->charter->n_rules; rule++)
    {
      GtkWidget *row, *spin;

      g_ptr_array_add (rows, NULL);
      if (!is_of_whole (self, rule))
        continue;
      row = new_rule_row (self, rule);
      spin = new_days (self, rule);
      rows->pdata[rule] = spin;
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), spin);
      adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), spin);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
    }
  return group;
}

static void
save_notice (DpopFounding *self, DpopStepPage *page)
{
  GPtrArray *rows = rows_of (page);

  for (guint rule = 0; rule < rows->len; rule++)
    {
      DpopCharterRuleAnswer *answer = dpop_charter_answers_rule (self->answers, rule);
      gint64 days;

      if (rows->pdata[rule] == NULL)
        continue;
      gtk_spin_button_update (rows->pdata[rule]);
      days = gtk_spin_button_get_value_as_int (rows->pdata[rule]);
      /* Hours that a ready charter asks for stay, unless the days are changed. */
      if (days != answer->notice_ms / DAY_MS)
        answer->notice_ms = days * DAY_MS;
    }
}

static gboolean
check_nothing (DpopFounding *self, DpopStepPage *page)
{
  return TRUE;
}

const DpopFoundingQuestion dpop_founding_notice = {
  .question = N_("How long is a question known before it is voted on?"),
  .explanation = N_("From the day on which it is proposed to the day on which the vote may open. "
                    "Zero days: it can be opened at once."),
  .build = build_notice,
  .save = save_notice,
  .check = check_nothing,
};

/* --- Quorum. --------------------------------------------------------------------------------- */

typedef struct
{
  guint32 num, den;
  gboolean strict;
  const char *words;
} Share;

static const Share shares[] = {
  { 0, 1, FALSE, N_("any number") },
  { 1, 10, FALSE, N_("one tenth") },
  { 1, 5, FALSE, N_("one fifth") },
  { 1, 4, FALSE, N_("one quarter") },
  { 1, 3, FALSE, N_("one third") },
  { 1, 2, FALSE, N_("one half") },
  { 1, 2, TRUE, N_("more than half") },
  { 2, 3, FALSE, N_("two thirds") },
  { 3, 4, FALSE, N_("three quarters") },
};

static gboolean
is_share (const DpopCharterQuorum *quorum, const Share *share)
{
  const guint32 den = quorum->num == 0 ? 1 : quorum->den;

  return quorum->num == share->num && den == share->den
         && (quorum->num == 0 || quorum->strict == share->strict);
}

/* What a ready charter asks for stands in the list, even if it is none of ours. */
static GtkWidget *
new_shares (DpopFounding *self, guint rule)
{
  const DpopCharterRuleAnswer *answer = dpop_charter_answers_rule (self->answers, rule);
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  g_autofree char *name = g_strdup_printf (_("Quorum for “%s”"), rule_label (self, rule));
  guint chosen = G_N_ELEMENTS (shares);
  GtkWidget *drop;

  for (guint i = 0; i < G_N_ELEMENTS (shares); i++)
    {
      gtk_string_list_append (list, _(shares[i].words));
      if (is_share (&answer->quorum, &shares[i]))
        chosen = i;
    }
  if (chosen == G_N_ELEMENTS (shares))
    {
      g_autofree char *own = g_strdup_printf (_("%u of %u"), answer->quorum.num,
                                              answer->quorum.den);

      gtk_string_list_append (list, own);
    }
  drop = gtk_drop_down_new (G_LIST_MODEL (g_object_ref (list)), NULL);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (drop), chosen);
  gtk_widget_set_valign (drop, GTK_ALIGN_CENTER);
  dpop_spoken_name_set (drop, name);
  return drop;
}

static GtkWidget *
build_quorum (DpopFounding *self, DpopStepPage *page)
{
  GtkWidget *group = adw_preferences_group_new ();
  GPtrArray *rows = keep_rows (group);

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _("Of those entitled, at least"));
  for (guint rule = 0; rule < self->charter->n_rules; rule++)
    {
      GtkWidget *row, *drop;

      g_ptr_array_add (rows, NULL);
      if (!is_of_whole (self, rule))
        continue;
      row = new_rule_row (self, rule);
      drop = new_shares (self, rule);
      rows->pdata[rule] = drop;
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), drop);
      adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), drop);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
    }
  return group;
}

static void
save_quorum (DpopFounding *self, DpopStepPage *page)
{
  GPtrArray *rows = rows_of (page);

  for (guint rule = 0; rule < rows->len; rule++)
    {
      DpopCharterQuorum *quorum = &dpop_charter_answers_rule (self->answers, rule)->quorum;
      guint chosen;

      if (rows->pdata[rule] == NULL)
        continue;
      chosen = gtk_drop_down_get_selected (rows->pdata[rule]);
      if (chosen >= G_N_ELEMENTS (shares) || is_share (quorum, &shares[chosen]))
        continue;
      quorum->num = shares[chosen].num;
      quorum->den = shares[chosen].den;
      quorum->strict = shares[chosen].strict;
    }
}

static gboolean
check_quorum (DpopFounding *self, DpopStepPage *page)
{
  DpopCharterFinding why;

  if (is_sound (self, &why))
    return TRUE;
  dpop_step_page_fail (page, dpop_edge_charter_message (why.code));
  return FALSE;
}

const DpopFoundingQuestion dpop_founding_quorum = {
  .question = N_("How many must take part?"),
  .explanation = N_("If fewer do, a vote decides nothing, however it ends."),
  .build = build_quorum,
  .save = save_quorum,
  .check = check_quorum,
};

/* --- Who proposes. --------------------------------------------------------------------------- */

static gboolean
has_office (DpopFounding *self)
{
  for (guint role = 0; role < self->charter->n_roles; role++)
    if (self->charter->roles[role].scope == DPOP_SCOPE_PARTY && self->charter->roles[role].office)
      return TRUE;
  return FALSE;
}

static GtkWidget *
build_proposers (DpopFounding *self, DpopStepPage *page)
{
  const DpopCharterProposers now = self->answers->proposers;
  GtkWidget *group = adw_preferences_group_new ();
  GPtrArray *rows = keep_rows (group);
  GtkWidget *first;

  first = add_choice (group, NULL, DPOP_CHARTER_PROPOSERS_MEMBERS,
                      now == DPOP_CHARTER_PROPOSERS_MEMBERS, _("Every member"), NULL);
  g_ptr_array_add (rows, first);
  g_ptr_array_add (rows, add_choice (group, first, DPOP_CHARTER_PROPOSERS_APPLICANTS,
                                     now == DPOP_CHARTER_PROPOSERS_APPLICANTS,
                                     _("Members and applicants"),
                                     _("Also who has asked to join and is no member yet.")));
  g_ptr_array_add (rows, add_choice (group, first, DPOP_CHARTER_PROPOSERS_ROLES,
                                     now == DPOP_CHARTER_PROPOSERS_ROLES,
                                     has_office (self) ? _("Only who holds an office")
                                                       : _("Only who has a task"),
                                     _("Members vote on what is put before them.")));
  return group;
}

static void
save_proposers (DpopFounding *self, DpopStepPage *page)
{
  self->answers->proposers = choice_of (rows_of (page));
}

const DpopFoundingQuestion dpop_founding_proposers = {
  .question = N_("Who may propose something?"),
  .explanation = N_("Whoever may can put a question to the organisation. Voting is every member's "
                    "right in any case."),
  .build = build_proposers,
  .save = save_proposers,
  .check = check_quorum,
};

/* --- How to keep in touch. ------------------------------------------------------------------- */

static GtkWidget *
build_contact (DpopFounding *self, DpopStepPage *page)
{
  GtkWidget *group = adw_preferences_group_new ();
  GPtrArray *rows = keep_rows (group);
  GtkWidget *first;

  first = add_choice (group, NULL, DPOP_CONTACT_MAIL, self->contact == DPOP_CONTACT_MAIL,
                      _("By e-mail"), _("Transfer files go as attachments."));
  g_ptr_array_add (rows, first);
  g_ptr_array_add (rows, add_choice (group, first, DPOP_CONTACT_MEETING,
                                     self->contact == DPOP_CONTACT_MEETING,
                                     _("At meetings"),
                                     _("Transfer files go from hand to hand, on a stick.")));
  g_ptr_array_add (rows, add_choice (group, first, DPOP_CONTACT_FOLDER,
                                     self->contact == DPOP_CONTACT_FOLDER,
                                     _("In a folder that you share already"),
                                     _("DPOP exchanges through it by itself.")));
  return group;
}

static void
save_contact (DpopFounding *self, DpopStepPage *page)
{
  self->contact = choice_of (rows_of (page));
}

const DpopFoundingQuestion dpop_founding_contact = {
  .question = N_("How do you keep in touch?"),
  .explanation = N_("There is no server: what is new travels between your computers in transfer "
                    "files, which nobody else can read. Your invitations will say how."),
  .build = build_contact,
  .save = save_contact,
  .check = check_nothing,
};
