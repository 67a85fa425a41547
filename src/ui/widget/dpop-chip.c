/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-chip.h"

struct _DpopChip
{
  AdwBin parent_instance;

  GtkWidget *label;
  guint tone;
};

G_DEFINE_FINAL_TYPE (DpopChip, dpop_chip, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_LABEL,
  PROP_TONE,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static const char *const classes[] = { "quiet", "accent", "success", "warning", "error" };

static void
set_tone (DpopChip *self, guint tone)
{
  gtk_widget_remove_css_class (GTK_WIDGET (self), classes[self->tone]);
  self->tone = tone;
  gtk_widget_add_css_class (GTK_WIDGET (self), classes[self->tone]);
}

void
dpop_chip_set (DpopChip *self, const char *label, DpopChipTone tone)
{
  g_return_if_fail (DPOP_IS_CHIP (self));
  gtk_label_set_label (GTK_LABEL (self->label), label != NULL ? label : "");
  set_tone (self, tone);
}

static void
dpop_chip_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  DpopChip *self = DPOP_CHIP (object);

  switch (id)
    {
    case PROP_LABEL:
      dpop_chip_set (self, g_value_get_string (value), self->tone);
      break;
    case PROP_TONE:
      set_tone (self, g_value_get_uint (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
dpop_chip_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  DpopChip *self = DPOP_CHIP (object);

  switch (id)
    {
    case PROP_LABEL:
      g_value_set_string (value, gtk_label_get_label (GTK_LABEL (self->label)));
      break;
    case PROP_TONE:
      g_value_set_uint (value, self->tone);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
dpop_chip_class_init (DpopChipClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->set_property = dpop_chip_set_property;
  object_class->get_property = dpop_chip_get_property;
  props[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, "",
                                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_TONE] = g_param_spec_uint ("tone", NULL, NULL, 0, DPOP_CHIP_ERROR, 0,
                                        G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "chip");
}

static void
dpop_chip_init (DpopChip *self)
{
  self->label = gtk_label_new ("");
  gtk_label_set_wrap (GTK_LABEL (self->label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (self->label), PANGO_WRAP_WORD_CHAR);
  adw_bin_set_child (ADW_BIN (self), self->label);
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_START);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (GTK_WIDGET (self), classes[self->tone]);
}

GtkWidget *
dpop_chip_new (const char *label, DpopChipTone tone)
{
  GtkWidget *self = g_object_new (DPOP_TYPE_CHIP, NULL);

  dpop_chip_set (DPOP_CHIP (self), label, tone);
  return self;
}
