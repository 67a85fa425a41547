/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-next-step-private.h"

#include "dpop-button-flow.h"
#include "dpop-document-print.h"
#include "dpop-invitation-letter.h"
#include "dpop-letter.h"
#include "dpop-shell.h"
#include "dpop-spoken-name.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define LIST_HEIGHT 280

/* --- One of them, for the list. -------------------------------------------------------------- */

#define DPOP_TYPE_LETTER_ITEM (dpop_letter_item_get_type ())
G_DECLARE_FINAL_TYPE (DpopLetterItem, dpop_letter_item, DPOP, LETTER_ITEM, GObject)

struct _DpopLetterItem
{
  GObject parent_instance;

  const DpopLetter *letter; /* of LETTERS */
  GPtrArray *letters;
};

G_DEFINE_FINAL_TYPE (DpopLetterItem, dpop_letter_item, G_TYPE_OBJECT)

static void
dpop_letter_item_finalize (GObject *object)
{
  g_ptr_array_unref (DPOP_LETTER_ITEM (object)->letters);
  G_OBJECT_CLASS (dpop_letter_item_parent_class)->finalize (object);
}

static void
dpop_letter_item_class_init (DpopLetterItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dpop_letter_item_finalize;
}

static void
dpop_letter_item_init (DpopLetterItem *self)
{
}

/* --- Writing them. --------------------------------------------------------------------------- */

typedef struct
{
  DpopStepPage *page; /* owns this */
  GPtrArray *letters; /* of DpopLetter; NULL: none were written */
  GtkWidget *write;
  GtkWidget *written; /* what is there when they are */
  GtkWidget *count;
  GtkWidget *list;
} Invitations;

static void
invitations_free (gpointer data)
{
  Invitations *self = data;

  g_clear_pointer (&self->letters, g_ptr_array_unref);
  g_free (self);
}

static const char *
contact_words (DpopContact contact)
{
  switch (contact)
    {
    case DPOP_CONTACT_MEETING:
      return _("What is new travels between our computers in transfer files, on a stick, at our "
               "meetings.");
    case DPOP_CONTACT_FOLDER:
      return _("What is new travels between our computers in transfer files, in the folder that "
               "we share.");
    case DPOP_CONTACT_MAIL:
    default:
      return _("What is new travels between our computers in transfer files, by e-mail.");
    }
}

/* In the engine's thread. */
static gpointer
write_there (DpopProfile *profile, gpointer data, GError **error)
{
  g_autofree char *text = g_strjoin (
      "\n\n",
      _("With DPOP you can read what we discuss, propose, and vote from home. You are a full "
        "member without it, too."),
      contact_words (dpop_founding_steps_contact (profile)), NULL);

  return dpop_letter_invite (profile, NULL, &(DpopLetterSender){ .text = text }, error);
}

static GListModel *
new_items (GPtrArray *letters)
{
  GListStore *items = g_list_store_new (DPOP_TYPE_LETTER_ITEM);

  for (guint i = 0; i < letters->len; i++)
    {
      g_autoptr (DpopLetterItem) item = g_object_new (DPOP_TYPE_LETTER_ITEM, NULL);

      item->letters = g_ptr_array_ref (letters);
      item->letter = letters->pdata[i];
      g_list_store_append (items, item);
    }
  return G_LIST_MODEL (items);
}

static void
show_letters (Invitations *self)
{
  g_autoptr (GListModel) items = new_items (self->letters);
  g_autoptr (GtkNoSelection) none = gtk_no_selection_new (g_object_ref (items));
  g_autofree char *count
      = g_strdup_printf (ngettext ("%u invitation is written. It is shown only now: send or print "
                                   "it before you go on.",
                                   "%u invitations are written. They are shown only now: send or "
                                   "print them before you go on.",
                                   self->letters->len),
                         self->letters->len);

  gtk_label_set_label (GTK_LABEL (self->count), count);
  gtk_list_view_set_model (GTK_LIST_VIEW (self->list), GTK_SELECTION_MODEL (none));
  gtk_widget_set_visible (self->write, FALSE);
  gtk_widget_set_visible (self->written, TRUE);
  dpop_next_step_done (self->page);
  gtk_widget_child_focus (self->written, GTK_DIR_TAB_FORWARD);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) body = data;
  Invitations *self = g_object_get_data (G_OBJECT (body), "dpop-invitations");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) letters
      = dpop_session_run_finish (DPOP_SESSION (source), result, &error);

  if (gtk_widget_get_root (body) == NULL)
    return;
  dpop_step_page_busy (self->page, NULL);
  if (letters == NULL)
    dpop_step_page_fail (self->page, error->message);
  else if (letters->len == 0)
    dpop_step_page_fail (self->page, _("There is nobody to invite: enter your members first."));
  else
    {
      self->letters = g_steal_pointer (&letters);
      show_letters (self);
    }
}

static void
on_write (GtkButton *button, Invitations *self)
{
  dpop_step_page_busy (self->page, _("Writing the invitations."));
  dpop_session_run_async (dpop_page_get_session (DPOP_PAGE (self->page)), write_there, NULL, NULL,
                          (GDestroyNotify) g_ptr_array_unref, NULL, on_written,
                          g_object_ref (dpop_step_page_get_body (self->page)));
}

/* --- On paper. ------------------------------------------------------------------------------- */

typedef DpopDocument *(*Setter) (const DpopInvitationSender *sender, const GPtrArray *letters,
                                 DpopDocumentPaper paper);

static DpopDocument *
set_on_paper (Invitations *self, Setter setter)
{
  DpopSession *session = dpop_page_get_session (DPOP_PAGE (self->page));
  const DpopSessionInfo *info = dpop_session_get_info (session);
  g_autoptr (GPtrArray) letters = g_ptr_array_new_with_free_func (g_free);
  DpopInvitationSender sender = { .written = g_get_real_time () / 1000 };

  if (info == NULL)
    return NULL;
  sender.organisation = info->name;
  sender.signed_by = info->own_name;
  for (guint i = 0; i < self->letters->len; i++)
    {
      const DpopLetter *letter = self->letters->pdata[i];
      DpopInvitationLetter *one = g_new0 (DpopInvitationLetter, 1);

      one->name = letter->name;
      one->address = (const char *const *) letter->address;
      one->code = letter->code;
      one->expires = letter->expires;
      g_ptr_array_add (letters, one);
    }
  return setter (&sender, letters, dpop_document_print_paper ());
}

static void
on_printed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DpopStepPage) page = data;
  g_autoptr (GError) error = NULL;

  if (!dpop_document_print_finish (result, &error)
      && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    dpop_step_page_fail (page, error->message);
}

static void
print (Invitations *self, Setter setter)
{
  g_autoptr (DpopDocument) document = set_on_paper (self, setter);

  if (document != NULL)
    dpop_document_print_async (document,
                               GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self->page))),
                               on_printed, g_object_ref (self->page));
}

static void
on_letters (GtkButton *button, Invitations *self)
{
  print (self, dpop_invitation_letter_new);
}

static void
on_cards (GtkButton *button, Invitations *self)
{
  print (self, dpop_invitation_letter_cards);
}

/* --- By e-mail. ------------------------------------------------------------------------------ */

static DpopLetterItem *
item_of (GtkWidget *button)
{
  return gtk_list_item_get_item (g_object_get_data (G_OBJECT (button), "dpop-list-item"));
}

static void
on_mail (GtkWidget *button, gpointer data)
{
  char *uri = dpop_letter_mailto (item_of (button)->letter);

  if (uri == NULL)
    return;
  gtk_show_uri (GTK_WINDOW (gtk_widget_get_root (button)), uri, GDK_CURRENT_TIME);
  cosmic_wipe (uri, strlen (uri));
  g_free (uri);
}

static void
on_copy (GtkWidget *button, gpointer data)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (button), item_of (button)->letter->mail);
  dpop_shell_toast (button, _("The text is copied. Paste it where you write to them."));
}

static GtkWidget *
add_button (GtkWidget *box, GtkListItem *item, const char *label, GCallback callback)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_object_set_data (G_OBJECT (button), "dpop-list-item", item);
  g_signal_connect (button, "clicked", callback, NULL);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *name = gtk_label_new ("");

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_box_append (GTK_BOX (box), name);
  add_button (box, item, _("E-mail…"), G_CALLBACK (on_mail));
  add_button (box, item, _("Copy Text"), G_CALLBACK (on_copy));
  gtk_list_item_set_child (item, box);
  gtk_list_item_set_activatable (item, FALSE);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  const DpopLetter *letter = DPOP_LETTER_ITEM (gtk_list_item_get_item (item))->letter;
  GtkWidget *name = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  GtkWidget *mail = gtk_widget_get_next_sibling (name);
  g_autofree char *mail_name = g_strdup_printf (_("E-mail to %s"), letter->name);
  g_autofree char *copy_name = g_strdup_printf (_("Copy the text for %s"), letter->name);

  gtk_label_set_label (GTK_LABEL (name), letter->name);
  gtk_widget_set_visible (mail, letter->email != NULL);
  dpop_spoken_name_set (mail, mail_name);
  dpop_spoken_name_set (gtk_widget_get_next_sibling (mail), copy_name);
}

/* --- The step. ------------------------------------------------------------------------------- */

static GtkWidget *
new_paper_buttons (Invitations *self)
{
  GtkWidget *flow = dpop_button_flow_new ();
  GtkWidget *letters = gtk_button_new_with_label (_("Print Letters…"));
  GtkWidget *cards = gtk_button_new_with_label (_("Print Cards…"));

  g_signal_connect (letters, "clicked", G_CALLBACK (on_letters), self);
  g_signal_connect (cards, "clicked", G_CALLBACK (on_cards), self);
  dpop_button_flow_add (flow, letters);
  dpop_button_flow_add (flow, cards);
  return flow;
}

static GtkWidget *
new_list (Invitations *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), NULL);
  self->list = gtk_list_view_new (NULL, factory);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Invitations"), -1);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), LIST_HEIGHT);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->list);
  return scroller;
}

static GtkWidget *
build_invitations (DpopStepPage *page)
{
  Invitations *self = g_new0 (Invitations, 1);
  GtkWidget *body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->page = page;
  g_object_set_data_full (G_OBJECT (body), "dpop-invitations", self, invitations_free);
  self->write = gtk_button_new_with_label (_("Write the Invitations"));
  gtk_widget_set_halign (self->write, GTK_ALIGN_START);
  gtk_widget_add_css_class (self->write, "suggested-action");
  g_signal_connect (self->write, "clicked", G_CALLBACK (on_write), self);
  self->written = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->count = gtk_label_new ("");
  gtk_label_set_wrap (GTK_LABEL (self->count), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->count), 0);
  gtk_widget_add_css_class (self->count, "heading");
  gtk_box_append (GTK_BOX (self->written), self->count);
  gtk_box_append (GTK_BOX (self->written), new_paper_buttons (self));
  gtk_box_append (GTK_BOX (self->written), new_list (self));
  gtk_widget_set_visible (self->written, FALSE);
  gtk_box_append (GTK_BOX (body), self->write);
  gtk_box_append (GTK_BOX (body), self->written);
  return body;
}

const DpopNextStep dpop_next_step_invitations = {
  .step = DPOP_FOUNDING_STEP_INVITATIONS,
  .name = N_("Invitations"),
  .question = N_("Invite your members"),
  .explanation = N_("Everybody who has no computer here yet gets an invitation of their own, with "
                    "a code that lets one computer in, once: as an e-mail, or as a letter to "
                    "print. Who wants no computer stays a full member."),
  .build = build_invitations,
};
