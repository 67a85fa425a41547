/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-network-group.h"

#include "dpop-shell.h"

#include <glib/gi18n-lib.h>

#define ROWS_MAX 50 /* computers that are shown one by one */

struct _DpopNetworkGroup
{
  AdwPreferencesGroup parent_instance;

  AdwActionRow *use;
  GtkSwitch *uses;
  GtkWidget *address;
  GPtrArray *rows; /* of AdwActionRow, borrowed: one a computer */
  DpopSession *session;
  gboolean showing; /* the switch is set by what is so, not by a person */
};

G_DEFINE_FINAL_TYPE (DpopNetworkGroup, dpop_network_group, ADW_TYPE_PREFERENCES_GROUP)

/* --- How it stands. -------------------------------------------------------------------------- */

static char *
state_words (const DpopNetworkReport *report)
{
  g_autofree char *where = NULL;

  if (report == NULL)
    return g_strdup ("");
  if (report->fault != NULL)
    return g_strdup (report->fault);
  where = report->address != NULL
              /* Translators: %s is an address, such as "192.168.1.5:4711". */
              ? g_strdup_printf (_("This computer is at %s."), report->address)
              : g_strdup (_("This computer is in no network."));
  if (report->absent)
    return g_strdup_printf (_("%s Others do not find it by themselves: the service for that, "
                              "Avahi, does not run on this computer."),
                            where);
  if (report->peers->len == 0)
    return g_strdup_printf (_("%s Nobody else of your organisation is here now."), where);
  return g_steal_pointer (&where);
}

static char *
peer_words (const DpopNetworkPeer *peer)
{
  if (peer->equal)
    return g_strdup_printf (_("Has the same as this computer. At %s."), peer->address);
  if (peer->total > peer->done)
    return g_strdup_printf (ngettext ("%lu entry is still to come. At %s.",
                                      "%lu entries are still to come. At %s.",
                                      (gulong) (peer->total - peer->done)),
                            (gulong) (peer->total - peer->done), peer->address);
  return g_strdup_printf (_("Exchanging. At %s."), peer->address);
}

static void
set_row (AdwActionRow *row, const DpopNetworkPeer *peer)
{
  g_autofree char *words = peer_words (peer);
  g_autofree char *title
      = g_markup_escape_text (peer->name != NULL ? peer->name : _("Somebody’s computer"), -1);
  g_autofree char *subtitle = g_markup_escape_text (words, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (row, subtitle);
}

static void
show_peers (DpopNetworkGroup *self, const DpopNetworkReport *report)
{
  const guint count = report != NULL ? MIN (report->peers->len, ROWS_MAX) : 0;

  while (self->rows->len > count)
    {
      adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self),
                                    self->rows->pdata[self->rows->len - 1]);
      g_ptr_array_set_size (self->rows, (gint) self->rows->len - 1);
    }
  while (self->rows->len < count)
    {
      GtkWidget *row = adw_action_row_new ();

      adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
      adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
      g_ptr_array_add (self->rows, row);
      set_row (ADW_ACTION_ROW (row), report->peers->pdata[self->rows->len - 1]);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
    }
  for (guint i = 0; i < count; i++)
    set_row (self->rows->pdata[i], report->peers->pdata[i]);
}

static void
show_state (DpopNetworkGroup *self)
{
  const DpopSessionInfo *info = dpop_session_get_info (self->session);
  g_autofree char *words = NULL;
  g_autofree char *subtitle = NULL;

  if (info == NULL)
    return;
  self->showing = TRUE;
  gtk_switch_set_active (self->uses, info->uses_network);
  self->showing = FALSE;
  words = state_words (info->uses_network ? info->network : NULL);
  subtitle = g_markup_escape_text (words, -1);
  adw_action_row_set_subtitle (self->use, subtitle);
  gtk_widget_set_visible (self->address, info->uses_network);
  show_peers (self, info->network);
}

/* --- What can be done. ----------------------------------------------------------------------- */

static void
on_uses (GtkSwitch *uses, GParamSpec *pspec, DpopNetworkGroup *self)
{
  if (!self->showing)
    dpop_session_use_network (self->session, gtk_switch_get_active (uses));
}

static void
on_address (GtkWidget *from, DpopNetworkGroup *self)
{
  GtkEditable *row = GTK_EDITABLE (self->address);
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (row)));

  if (dpop_session_connect (self->session, text))
    {
      gtk_editable_set_text (row, "");
      dpop_shell_toast (GTK_WIDGET (self), _("The address is tried until somebody answers there."));
    }
  else
    dpop_shell_toast (GTK_WIDGET (self), _("This is no address with a port. Write it as it stands "
                                           "on the other computer: 192.168.1.5:4711."));
}

/* --- The group. ------------------------------------------------------------------------------ */

void
dpop_network_group_set_session (DpopNetworkGroup *self, DpopSession *session)
{
  g_return_if_fail (DPOP_IS_NETWORK_GROUP (self) && self->session == NULL);
  self->session = g_object_ref (session);
  g_signal_connect_object (session, "notify::info", G_CALLBACK (show_state), self,
                           G_CONNECT_SWAPPED);
  show_state (self);
}

static void
dpop_network_group_dispose (GObject *object)
{
  g_clear_object (&DPOP_NETWORK_GROUP (object)->session);
  G_OBJECT_CLASS (dpop_network_group_parent_class)->dispose (object);
}

static void
dpop_network_group_finalize (GObject *object)
{
  g_ptr_array_unref (DPOP_NETWORK_GROUP (object)->rows);
  G_OBJECT_CLASS (dpop_network_group_parent_class)->finalize (object);
}

static void
dpop_network_group_class_init (DpopNetworkGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dpop_network_group_dispose;
  G_OBJECT_CLASS (klass)->finalize = dpop_network_group_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dpop/Dpop/dpop-network-group.ui");
  gtk_widget_class_bind_template_child (widget_class, DpopNetworkGroup, use);
  gtk_widget_class_bind_template_child (widget_class, DpopNetworkGroup, uses);
  gtk_widget_class_bind_template_child (widget_class, DpopNetworkGroup, address);
  gtk_widget_class_bind_template_callback (widget_class, on_uses);
  gtk_widget_class_bind_template_callback (widget_class, on_address);
}

static void
dpop_network_group_init (DpopNetworkGroup *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}
