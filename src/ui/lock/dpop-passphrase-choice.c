/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-passphrase-choice.h"

#include "dpop-caps-lock.h"
#include "dpop-passphrase-strength.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _DpopPassphraseChoice
{
  AdwBin parent_instance;

  GtkWidget *first;
  GtkWidget *level;
  GtkWidget *strength;
  GtkWidget *second;
  GtkWidget *same;
  GtkWidget *caps;
  gboolean acceptable;
};

G_DEFINE_FINAL_TYPE (DpopPassphraseChoice, dpop_passphrase_choice, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_ACCEPTABLE,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const char *
text_of (GtkWidget *entry)
{
  return gtk_editable_get_text (GTK_EDITABLE (entry));
}

static void
say (GtkWidget *label, const char *text, const char *class)
{
  gtk_label_set_label (GTK_LABEL (label), text);
  gtk_widget_remove_css_class (label, "error");
  gtk_widget_remove_css_class (label, "warning");
  gtk_widget_remove_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, class);
}

static void
show_strength (DpopPassphraseChoice *self, DpopPassphraseStrength strength)
{
  const gint above = (gint) strength - DPOP_PASSPHRASE_SHORT;

  gtk_level_bar_set_value (GTK_LEVEL_BAR (self->level), MAX (above, 0));
  say (self->strength, dpop_passphrase_strength_words (strength),
       strength == DPOP_PASSPHRASE_WEAK ? "warning" : "dim-label");
}

/* While the second is being typed, it is not told to be another until it cannot become the same. */
static void
show_same (DpopPassphraseChoice *self)
{
  const char *first = text_of (self->first);
  const char *second = text_of (self->second);
  const gboolean same = strcmp (first, second) == 0;

  gtk_widget_set_visible (self->same,
                          *second != '\0' && (same || !g_str_has_prefix (first, second)));
  if (same)
    say (self->same, _("Both are the same."), "dim-label");
  else
    say (self->same, _("The two are not the same."), "error");
}

static void
on_typed (GtkEditable *entry, DpopPassphraseChoice *self)
{
  const DpopPassphraseStrength strength = dpop_passphrase_strength (text_of (self->first));
  const gboolean acceptable = strength >= DPOP_PASSPHRASE_WEAK
                              && strcmp (text_of (self->first), text_of (self->second)) == 0;

  show_strength (self, strength);
  show_same (self);
  g_signal_emit (self, signals[CHANGED], 0);
  if (self->acceptable == acceptable)
    return;
  self->acceptable = acceptable;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ACCEPTABLE]);
}

gboolean
dpop_passphrase_choice_get_acceptable (DpopPassphraseChoice *self)
{
  g_return_val_if_fail (DPOP_IS_PASSPHRASE_CHOICE (self), FALSE);
  return self->acceptable;
}

CosmicSecret *
dpop_passphrase_choice_dup (DpopPassphraseChoice *self)
{
  g_return_val_if_fail (DPOP_IS_PASSPHRASE_CHOICE (self), NULL);
  if (!self->acceptable)
    return NULL;
  return cosmic_secret_copy (text_of (self->first), strlen (text_of (self->first)));
}

void
dpop_passphrase_choice_complain (DpopPassphraseChoice *self)
{
  const DpopPassphraseStrength strength = dpop_passphrase_strength (text_of (self->first));

  g_return_if_fail (DPOP_IS_PASSPHRASE_CHOICE (self));
  if (strength == DPOP_PASSPHRASE_EMPTY)
    say (self->strength, _("Type a passphrase. It opens this organisation on this computer."),
         "error");
  else if (strength == DPOP_PASSPHRASE_SHORT)
    say (self->strength, dpop_passphrase_strength_words (strength), "error");
  else if (!self->acceptable)
    {
      say (self->same, _("The two are not the same. Type it once more here."), "error");
      gtk_widget_set_visible (self->same, TRUE);
    }
  gtk_widget_grab_focus (strength < DPOP_PASSPHRASE_WEAK ? self->first : self->second);
}

void
dpop_passphrase_choice_clear (DpopPassphraseChoice *self)
{
  g_return_if_fail (DPOP_IS_PASSPHRASE_CHOICE (self));
  gtk_editable_set_text (GTK_EDITABLE (self->first), "");
  gtk_editable_set_text (GTK_EDITABLE (self->second), "");
}

static gboolean
dpop_passphrase_choice_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (DPOP_PASSPHRASE_CHOICE (widget)->first);
}

static void
dpop_passphrase_choice_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_ACCEPTABLE)
    g_value_set_boolean (value, DPOP_PASSPHRASE_CHOICE (object)->acceptable);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
dpop_passphrase_choice_class_init (DpopPassphraseChoiceClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->get_property = dpop_passphrase_choice_get_property;
  widget_class->grab_focus = dpop_passphrase_choice_grab_focus;
  props[PROP_ACCEPTABLE] = g_param_spec_boolean ("acceptable", NULL, NULL, FALSE,
                                                 G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, props);
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dpop/Dpop/dpop-passphrase-choice.ui");
  gtk_widget_class_bind_template_child (widget_class, DpopPassphraseChoice, first);
  gtk_widget_class_bind_template_child (widget_class, DpopPassphraseChoice, level);
  gtk_widget_class_bind_template_child (widget_class, DpopPassphraseChoice, strength);
  gtk_widget_class_bind_template_child (widget_class, DpopPassphraseChoice, second);
  gtk_widget_class_bind_template_child (widget_class, DpopPassphraseChoice, same);
  gtk_widget_class_bind_template_child (widget_class, DpopPassphraseChoice, caps);
  gtk_widget_class_bind_template_callback (widget_class, on_typed);
}

static void
dpop_passphrase_choice_init (DpopPassphraseChoice *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_level_bar_remove_offset_value (GTK_LEVEL_BAR (self->level), NULL);
  dpop_caps_lock_watch (GTK_WIDGET (self), self->caps);
  show_strength (self, DPOP_PASSPHRASE_EMPTY);
}

GtkWidget *
dpop_passphrase_choice_new (void)
{
  return g_object_new (DPOP_TYPE_PASSPHRASE_CHOICE, NULL);
}
