/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-discussion-section.h"

#include "dpop-comment-card.h"
#include "dpop-comment-list.h"
#include "dpop-decide.h"
#include "dpop-decision-parts-private.h"
#include "dpop-shell.h"
#include "dpop-wrapping-label.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* As many of the newest are shown at once. */
#define SHOWN_AT_ONCE 40

struct _DpopDiscussionSection
{
  GtkBox parent_instance;

  DpopSession *session;
  CosmicId decision;
  DpopCommentList *comments;
  GHashTable *names; /* member -> what they are called */
  gboolean asking;   /* names are being found out */
  gboolean may;
  guint shown;
  CosmicId answers; /* zero: none */

  GtkWidget *heading;
  GtkWidget *earlier;
  GtkWidget *box; /* of cards */
  GtkWidget *none;
  GtkWidget *why;
  GtkWidget *writing;
  GtkWidget *answering;
  GtkWidget *answering_whom;
  GtkWidget *text;
  GtkWidget *send;
  GtkWidget *failure;
  gboolean sending;
};

G_DEFINE_FINAL_TYPE (DpopDiscussionSection, dpop_discussion_section, GTK_TYPE_BOX)

/* --- Who says it. ---------------------------------------------------------------------------- */

/* In the engine's thread: what the members among DATA (of CosmicId) are called. */
static gpointer
read_names (DpopProfile *profile, gpointer data, GError **error)
{
  const GArray *ids = data;
  g_autoptr (DpopNames) names = dpop_names_new (profile, error);
  g_autoptr (GHashTable) table
      = g_hash_table_new_full (cosmic_id_hash, cosmic_id_equal, g_free, g_free);

  if (names == NULL)
    return NULL;
  for (guint i = 0; i < ids->len; i++)
    {
      const CosmicId *id = &g_array_index (ids, CosmicId, i);

      g_hash_table_insert (table, g_memdup2 (id, sizeof *id), dpop_names_member (names, id));
    }
  return g_steal_pointer (&table);
}

static void show_comments (DpopDiscussionSection *self);

static void
on_names (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DpopDiscussionSection) self = data;
  g_autoptr (GHashTable) table = dpop_session_run_finish (DPOP_SESSION (source), result, NULL);
  GHashTableIter iter;
  gpointer id, name;

  self->asking = FALSE;
  if (table == NULL)
    return;
  g_hash_table_iter_init (&iter, table);
  while (g_hash_table_iter_next (&iter, &id, &name))
    g_hash_table_insert (self->names, g_memdup2 (id, sizeof (CosmicId)), g_strdup (name));
  show_comments (self);
}

/* The row is the item's, which is the caller's; NULL: it has not come yet. */
static DpopCommentItem *
item_at (DpopDiscussionSection *self, guint position, const DpopCommentRow **row)
{
  DpopCommentItem *item = g_list_model_get_item (G_LIST_MODEL (self->comments), position);

  *row = item != NULL ? dpop_comment_item_get_row (item) : NULL;
  return item;
}

/* TRUE when every name is known; else asks for those that are not. */
static gboolean
know_names (DpopDiscussionSection *self, guint first, guint n)
{
  g_autoptr (GArray) unknown = g_array_new (FALSE, FALSE, sizeof (CosmicId));

  for (guint i = first; i < n; i++)
    {
      const DpopCommentRow *row;
      g_autoptr (DpopCommentItem) item = item_at (self, i, &row);

      if (row != NULL && !g_hash_table_contains (self->names, &row->member))
        g_array_append_val (unknown, row->member);
    }
  if (unknown->len == 0)
    return TRUE;
  if (self->asking)
    return FALSE;
  self->asking = TRUE;
  dpop_session_run_async (self->session, read_names, g_steal_pointer (&unknown),
                          (GDestroyNotify) g_array_unref, (GDestroyNotify) g_hash_table_unref, NULL,
                          on_names, g_object_ref (self));
  return FALSE;
}

/* --- Drafts: whom it answers, if anybody, in the first line; what is typed follows. ----------- */

static char *
draft_name (DpopDiscussionSection *self)
{
  g_autofree char *id = cosmic_id_to_text (&self->decision);

  return g_strconcat ("comment/", id, NULL);
}

static void
put_draft (DpopDiscussionSection *self)
{
  g_autofree char *text = dpop_decision_parts_typed (self->text);
  g_autofree char *name = draft_name (self);
  g_autofree char *whom = !cosmic_id_is_zero (&self->answers) ? cosmic_id_to_text (&self->answers)
                                                              : g_strdup ("");
  g_autofree char *draft = g_strconcat (whom, "\n", text, NULL);

  dpop_session_put_draft (self->session, name, *text != '\0' ? draft : NULL);
}

static void show_answering (DpopDiscussionSection *self);

static void
on_draft (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DpopDiscussionSection) self = data;
  g_autofree char *draft = dpop_session_get_draft_finish (DPOP_SESSION (source), result, NULL);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text));
  char *text = draft != NULL ? strchr (draft, '\n') : NULL;

  if (text == NULL || !cosmic_id_is_zero (&self->answers)
      || gtk_text_buffer_get_char_count (buffer) > 0)
    return;
  *text = '\0';
  if (!cosmic_id_from_text (draft, &self->answers))
    self->answers = cosmic_id_zero;
  show_answering (self);
  gtk_text_buffer_set_text (buffer, text + 1, -1);
}

/* --- Comments. ------------------------------------------------------------------------------- */

static void
set_answers (DpopDiscussionSection *self, const CosmicId *comment)
{
  self->answers = *comment;
  show_answering (self);
  put_draft (self);
  gtk_widget_grab_focus (self->text);
}

static void
on_answer (DpopCommentCard *card, DpopDiscussionSection *self)
{
  set_answers (self, dpop_comment_card_get_id (card));
}

static void
on_no_answer (GtkButton *button, DpopDiscussionSection *self)
{
  set_answers (self, &cosmic_id_zero);
}

static const char *
name_of_comment (DpopDiscussionSection *self, const CosmicId *comment, guint n)
{
  for (guint i = 0; !cosmic_id_is_zero (comment) && i < n; i++)
    {
      const DpopCommentRow *row;
      g_autoptr (DpopCommentItem) item = item_at (self, i, &row);

      if (row != NULL && cosmic_id_same (&row->id, comment))
        return g_hash_table_lookup (self->names, &row->member);
    }
  return NULL;
}

/* A draft may be there before the comment that it answers. */
static void
show_answering (DpopDiscussionSection *self)
{
  const char *name = name_of_comment (self, &self->answers,
                                      g_list_model_get_n_items (G_LIST_MODEL (self->comments)));
  g_autofree char *text = name != NULL ? g_strdup_printf (_("You answer %s."), name) : NULL;

  if (text != NULL)
    gtk_label_set_label (GTK_LABEL (self->answering_whom), text);
  gtk_widget_set_visible (self->answering, text != NULL);
}

static GtkWidget *
take_card (GHashTable *cards, const DpopCommentRow *row)
{
  GtkWidget *card = g_hash_table_lookup (cards, &row->id);

  if (card != NULL)
    g_hash_table_remove (cards, &row->id);
  return card;
}

/* Cards that are there stay, with the focus that one of them may have; a comment that was deleted
 * or became readable is made anew. */
static GHashTable *
present_cards (DpopDiscussionSection *self)
{
  GHashTable *cards = g_hash_table_new (cosmic_id_hash, cosmic_id_equal);

  for (GtkWidget *card = gtk_widget_get_first_child (self->box); card != NULL;
       card = gtk_widget_get_next_sibling (card))
    g_hash_table_insert (cards, (gpointer) dpop_comment_card_get_id (DPOP_COMMENT_CARD (card)),
                         card);
  return cards;
}

static void
remove_cards (DpopDiscussionSection *self, GHashTable *cards)
{
  g_autoptr (GList) rest = g_hash_table_get_values (cards);

  for (const GList *at = rest; at != NULL; at = at->next)
    gtk_box_remove (GTK_BOX (self->box), at->data);
}

static void
put_cards (DpopDiscussionSection *self, guint first, guint n)
{
  g_autoptr (GHashTable) cards = present_cards (self);
  GtkWidget *previous = NULL;

  for (guint i = first; i < n; i++)
    {
      const DpopCommentRow *row;
      g_autoptr (DpopCommentItem) item = item_at (self, i, &row);
      GtkWidget *card;

      if (row == NULL)
        continue;
      card = take_card (cards, row);
      if (card == NULL)
        {
          card = dpop_comment_card_new (row, g_hash_table_lookup (self->names, &row->member),
                                        name_of_comment (self, &row->answers, n));
          g_signal_connect (card, "answer", G_CALLBACK (on_answer), self);
          gtk_box_append (GTK_BOX (self->box), card);
        }
      dpop_comment_card_set_answerable (DPOP_COMMENT_CARD (card), self->may);
      gtk_box_reorder_child_after (GTK_BOX (self->box), card, previous);
      previous = card;
    }
  remove_cards (self, cards);
}

static void
show_comments (DpopDiscussionSection *self)
{
  const guint n = g_list_model_get_n_items (G_LIST_MODEL (self->comments));
  const guint first = n > self->shown ? n - self->shown : 0;
  g_autofree char *heading = n > 0 ? g_strdup_printf (ngettext ("%u comment", "%u comments", n), n)
                                   : g_strdup (_("Discussion"));

  gtk_label_set_label (GTK_LABEL (self->heading), heading);
  gtk_widget_set_visible (self->none, n == 0);
  gtk_widget_set_visible (self->earlier, first > 0);
  if (!know_names (self, 0, n))
    return;
  put_cards (self, first, n);
  show_answering (self);
}

/* The card of an entry that has come in place of another may say something else. */
static void
forget_card (DpopDiscussionSection *self, guint position)
{
  const DpopCommentRow *row;
  g_autoptr (DpopCommentItem) item = item_at (self, position, &row);
  g_autoptr (GHashTable) cards = present_cards (self);
  GtkWidget *card = row != NULL ? g_hash_table_lookup (cards, &row->id) : NULL;

  if (card != NULL)
    gtk_box_remove (GTK_BOX (self->box), card);
}

static void
on_items_changed (GListModel *model, guint position, guint removed, guint added,
                  DpopDiscussionSection *self)
{
  for (guint i = position; removed > 0 && i < position + added; i++)
    forget_card (self, i);
  show_comments (self);
}

static void
on_earlier (GtkButton *button, DpopDiscussionSection *self)
{
  self->shown += SHOWN_AT_ONCE;
  show_comments (self);
}

/* --- Writing. -------------------------------------------------------------------------------- */

static gboolean
is_blank (const char *text)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));

  return *stripped == '\0';
}

static void
on_typed (GtkTextBuffer *buffer, DpopDiscussionSection *self)
{
  g_autofree char *text = dpop_decision_parts_typed (self->text);

  gtk_widget_set_sensitive (self->send, !is_blank (text) && !self->sending);
  dpop_decision_parts_say (self->failure, NULL);
  put_draft (self);
}

typedef struct
{
  CosmicId decision;
  CosmicId answers;
  char *text;
} Comment;

static void
comment_free (gpointer data)
{
  g_free (((Comment *) data)->text);
  g_free (data);
}

static gpointer
say_comment (DpopProfile *profile, gpointer data, GError **error)
{
  const Comment *comment = data;

  return GINT_TO_POINTER (dpop_decide_comment (
      profile, &comment->decision, cosmic_id_is_zero (&comment->answers) ? NULL : &comment->answers,
      NULL, comment->text, NULL, error));
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DpopDiscussionSection) self = data;
  g_autoptr (GError) error = NULL;

  self->sending = FALSE;
  gtk_text_view_set_editable (GTK_TEXT_VIEW (self->text), TRUE);
  if (dpop_session_run_finish (DPOP_SESSION (source), result, &error) == NULL)
    {
      dpop_decision_parts_say (self->failure, error->message);
      gtk_widget_set_sensitive (self->send, TRUE);
      return;
    }
  self->answers = cosmic_id_zero;
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text)), "", -1);
  show_answering (self);
  gtk_widget_grab_focus (self->text);
  dpop_shell_announce (GTK_WIDGET (self), _("Your comment is saved here."));
}

static void
send_comment (DpopDiscussionSection *self)
{
  g_autofree char *text = dpop_decision_parts_typed (self->text);
  Comment *comment;

  if (self->sending || is_blank (text))
    return;
  comment = g_new0 (Comment, 1);
  comment->decision = self->decision;
  comment->answers = self->answers;
  comment->text = g_strdup (g_strstrip (text));
  self->sending = TRUE;
  gtk_text_view_set_editable (GTK_TEXT_VIEW (self->text), FALSE);
  gtk_widget_set_sensitive (self->send, FALSE);
  dpop_session_run_async (self->session, say_comment, comment, comment_free, NULL, NULL, on_sent,
                          g_object_ref (self));
}

static gboolean
on_send_key (GtkWidget *widget, GVariant *args, gpointer data)
{
  send_comment (data);
  return TRUE;
}

static void
on_send (GtkButton *button, DpopDiscussionSection *self)
{
  send_comment (self);
}

/* --- The section. ---------------------------------------------------------------------------- */

void
dpop_discussion_section_show (DpopDiscussionSection *self, const DpopDecisionSight *sight)
{
  const DpopMay *may = &sight->may.comment;

  if (self->may != may->yes)
    {
      self->may = may->yes;
      show_comments (self);
    }
  gtk_widget_set_visible (self->writing, may->yes);
  dpop_decision_parts_say (self->why, may->yes ? NULL : may->why);
}

void
dpop_discussion_section_refresh (DpopDiscussionSection *self, DpopProjectorChanges *changes)
{
  if (changes == NULL || changes->everything || changes->members->len > 0)
    g_hash_table_remove_all (self->names);
  dpop_list_refresh (DPOP_LIST (self->comments), changes);
}

static void
dpop_discussion_section_dispose (GObject *object)
{
  DpopDiscussionSection *self = DPOP_DISCUSSION_SECTION (object);

  if (self->comments != NULL)
    g_signal_handlers_disconnect_by_data (self->comments, self);
  g_clear_object (&self->comments);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (dpop_discussion_section_parent_class)->dispose (object);
}

static void
dpop_discussion_section_finalize (GObject *object)
{
  g_hash_table_unref (DPOP_DISCUSSION_SECTION (object)->names);
  G_OBJECT_CLASS (dpop_discussion_section_parent_class)->finalize (object);
}

static void
dpop_discussion_section_class_init (DpopDiscussionSectionClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dpop_discussion_section_dispose;
  G_OBJECT_CLASS (klass)->finalize = dpop_discussion_section_finalize;
}

static void
add_send_keys (DpopDiscussionSection *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("<Control>Return|<Control>KP_Enter"),
                        gtk_callback_action_new (on_send_key, self, NULL)));
  gtk_widget_add_controller (self->text, keys);
}

static GtkWidget *
new_writing (DpopDiscussionSection *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  GtkWidget *cancel = gtk_button_new_with_label (_("Do Not Answer"));
  GtkWidget *frame = dpop_decision_parts_text (_("Your comment"), 72, &self->text);

  self->answering = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  self->answering_whom = dpop_wrapping_label_new (NULL, NULL);
  gtk_widget_set_hexpand (self->answering_whom, TRUE);
  gtk_widget_add_css_class (cancel, "flat");
  g_signal_connect (cancel, "clicked", G_CALLBACK (on_no_answer), self);
  gtk_box_append (GTK_BOX (self->answering), self->answering_whom);
  gtk_box_append (GTK_BOX (self->answering), cancel);
  gtk_widget_set_visible (self->answering, FALSE);
  self->send = gtk_button_new_with_label (_("Send Comment"));
  gtk_widget_set_tooltip_text (self->send, _("Ctrl+Enter"));
  gtk_widget_set_halign (self->send, GTK_ALIGN_END);
  gtk_widget_set_sensitive (self->send, FALSE);
  g_signal_connect (self->send, "clicked", G_CALLBACK (on_send), self);
  self->failure = dpop_decision_parts_failure ();
  add_send_keys (self);
  gtk_box_append (GTK_BOX (box), self->answering);
  gtk_box_append (GTK_BOX (box), frame);
  gtk_box_append (GTK_BOX (box), self->failure);
  gtk_box_append (GTK_BOX (box), self->send);
  gtk_widget_set_visible (box, FALSE);
  return box;
}

static void
dpop_discussion_section_init (DpopDiscussionSection *self)
{
  GtkBox *box = GTK_BOX (self);

  self->shown = SHOWN_AT_ONCE;
  self->names = g_hash_table_new_full (cosmic_id_hash, cosmic_id_equal, g_free, g_free);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (box, 12);
  self->heading = dpop_decision_parts_heading (_("Discussion"));
  self->earlier
      = dpop_decision_parts_link (_("Show Earlier Comments"), G_CALLBACK (on_earlier), self);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 15);
  self->none = dpop_wrapping_label_new (_("Nobody has said anything yet."), "dim-label");
  self->why = dpop_wrapping_label_new (NULL, "dim-label");
  self->writing = new_writing (self);
  gtk_box_append (box, self->heading);
  gtk_box_append (box, self->earlier);
  gtk_box_append (box, self->box);
  gtk_box_append (box, self->none);
  gtk_box_append (box, self->why);
  gtk_box_append (box, self->writing);
}

GtkWidget *
dpop_discussion_section_new (DpopSession *session, const CosmicId *decision)
{
  DpopDiscussionSection *self = g_object_new (DPOP_TYPE_DISCUSSION_SECTION, NULL);
  g_autofree char *name = NULL;

  self->session = g_object_ref (session);
  self->decision = *decision;
  self->comments = dpop_comment_list_new (dpop_session_get_reader (session), decision);
  g_signal_connect (self->comments, "items-changed", G_CALLBACK (on_items_changed), self);
  g_signal_connect (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text)), "changed",
                    G_CALLBACK (on_typed), self);
  name = draft_name (self);
  dpop_session_get_draft_async (session, name, on_draft, g_object_ref (self));
  show_comments (self);
  return GTK_WIDGET (self);
}
