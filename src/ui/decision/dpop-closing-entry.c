/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-closing-entry.h"

#include "dpop-decision-parts-private.h"
#include "dpop-edge-date.h"
#include "dpop-moment.h"
#include "dpop-spoken-name.h"
#include "dpop-words.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

#define DAY_MS      (G_GINT64_CONSTANT (24) * 3600 * 1000)
#define AT_A_MOMENT 5

struct _DpopClosingEntry
{
  GtkBox parent_instance;

  gint64 least, most;
  GtkDropDown *way;
  GtkWidget *moment; /* the row of what is typed */
  GtkWidget *date;
  GtkWidget *time;
  GtkWidget *calendar;
  GtkWidget *sentence;
};

G_DEFINE_FINAL_TYPE (DpopClosingEntry, dpop_closing_entry, GTK_TYPE_BOX)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Days of the ways between "by hand" and "at a moment". */
static const gint days[] = { 0, 1, 3, 7, 14 };

/* --- Reading. -------------------------------------------------------------------------------- */

static gboolean
read_time (const char *text, gint *hour, gint *minute)
{
  char rest;
  gint count = sscanf (text, " %d %*1[:.h] %d %c", hour, minute, &rest);

  if (count == 1 || count == EOF)
    *minute = 0;
  return (count == 1 || count == 2) && *hour >= 0 && *hour <= 23 && *minute >= 0 && *minute <= 59;
}

gint64
dpop_closing_entry_read (const char *date, const char *time)
{
  g_autoptr (GDateTime) moment = NULL;
  DpopEdgeDateParts parts;
  DpopEdgeDate day;
  gint hour, minute;

  if (!dpop_edge_date_scan (date, &parts) || !read_time (time, &hour, &minute))
    return 0;
  day = dpop_edge_date_resolve (&parts, DPOP_EDGE_DATE_DAY_FIRST, 21991231);
  if (day == 0)
    return 0;
  moment = g_date_time_new_local ((gint) (day / 10000), (gint) (day / 100 % 100),
                                  (gint) (day % 100), hour, minute, 0);
  return moment != NULL ? g_date_time_to_unix (moment) * 1000 : 0;
}

static gint64
closes_at (DpopClosingEntry *self, gint64 now)
{
  const guint way = gtk_drop_down_get_selected (self->way);

  if (way < G_N_ELEMENTS (days))
    return way == 0 ? 0 : now + days[way] * DAY_MS;
  return dpop_closing_entry_read (gtk_editable_get_text (GTK_EDITABLE (self->date)),
                                  gtk_editable_get_text (GTK_EDITABLE (self->time)));
}

/* What is wrong with it; NULL: nothing. The caller frees. */
static char *
find_fault (DpopClosingEntry *self, gint64 closes, gint64 now)
{
  g_autofree char *words = NULL;

  if (gtk_drop_down_get_selected (self->way) == 0)
    return NULL;
  if (closes == 0)
    return g_strdup (
        _("Type a day, such as 24.12.2026 or 2026-12-24, and a time, such as 18:00."));
  if (closes <= now)
    return g_strdup (_("That is over already. Choose a later time."));
  if (self->least > 0 && closes - now < self->least)
    {
      words = dpop_words_duration (self->least);
      return g_strdup_printf (
          _("By this rule a vote is open for at least %s. Choose a later time."), words);
    }
  if (self->most > 0 && closes - now > self->most)
    {
      words = dpop_words_duration (self->most);
      return g_strdup_printf (_("By this rule a vote is open for at most %s. Choose an earlier "
                                "time."),
                              words);
    }
  return NULL;
}

gboolean
dpop_closing_entry_get (DpopClosingEntry *self, gint64 *closes)
{
  const gint64 now = g_get_real_time () / 1000;
  g_autofree char *fault = NULL;

  *closes = closes_at (self, now);
  fault = find_fault (self, *closes, now);
  return fault == NULL;
}

/* --- Showing. -------------------------------------------------------------------------------- */

static char *
closing_words (DpopClosingEntry *self, gint64 closes)
{
  g_autofree char *moment = NULL;
  g_autofree char *longest = NULL;

  if (closes > 0)
    {
      moment = dpop_moment_full (closes);
      return g_strdup_printf (_("It closes on %s."), moment);
    }
  if (self->most == 0)
    return g_strdup (_("You close it when it is time."));
  longest = dpop_words_duration (self->most);
  return g_strdup_printf (_("You close it when it is time; by itself it closes after %s."),
                          longest);
}

static void
show (DpopClosingEntry *self)
{
  const gint64 now = g_get_real_time () / 1000, closes = closes_at (self, now);
  g_autofree char *fault = find_fault (self, closes, now);
  g_autofree char *words = fault == NULL ? closing_words (self, closes) : NULL;

  gtk_widget_set_visible (self->moment, gtk_drop_down_get_selected (self->way) == AT_A_MOMENT);
  dpop_decision_parts_say (self->sentence, fault != NULL ? fault : words);
  if (fault != NULL)
    gtk_widget_add_css_class (self->sentence, "error");
  else
    gtk_widget_remove_css_class (self->sentence, "error");
}

static void
on_changed (DpopClosingEntry *self)
{
  show (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_day (GtkCalendar *calendar, DpopClosingEntry *self)
{
  g_autoptr (GDateTime) day = gtk_calendar_get_date (calendar);
  g_autofree char *text = g_date_time_format (day, "%Y-%m-%d");

  gtk_editable_set_text (GTK_EDITABLE (self->date), text);
}

void
dpop_closing_entry_set_bounds (DpopClosingEntry *self, gint64 least, gint64 most)
{
  self->least = least;
  self->most = most;
  show (self);
}

/* --- The entry. ------------------------------------------------------------------------------ */

static void
dpop_closing_entry_class_init (DpopClosingEntryClass *klass)
{
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
name (GtkWidget *widget, const char *label)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
}

static GtkWidget *
new_calendar (DpopClosingEntry *self)
{
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *popover = gtk_popover_new ();

  self->calendar = gtk_calendar_new ();
  gtk_popover_set_child (GTK_POPOVER (popover), self->calendar);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "x-office-calendar-symbolic");
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), popover);
  gtk_widget_set_tooltip_text (button, _("Choose a day"));
  name (button, _("Choose a day"));
  g_signal_connect (self->calendar, "day-selected", G_CALLBACK (on_day), self);
  return button;
}

static GtkWidget *
new_moment (DpopClosingEntry *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) later = g_date_time_add_days (now, 7);
  g_autofree char *date = g_date_time_format (later, "%Y-%m-%d");

  self->date = gtk_entry_new ();
  gtk_editable_set_text (GTK_EDITABLE (self->date), date);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->date), 11);
  name (self->date, _("Day"));
  self->time = gtk_entry_new ();
  gtk_editable_set_text (GTK_EDITABLE (self->time), "18:00");
  gtk_editable_set_width_chars (GTK_EDITABLE (self->time), 6);
  name (self->time, _("Time"));
  gtk_box_append (GTK_BOX (box), self->date);
  gtk_box_append (GTK_BOX (box), new_calendar (self));
  gtk_box_append (GTK_BOX (box), self->time);
  return box;
}

static void
dpop_closing_entry_init (DpopClosingEntry *self)
{
  const char *const ways[] = {
    _("When I close it"),
    _("In one day"),
    _("In three days"),
    _("In one week"),
    _("In two weeks"),
    _("On a day and at a time…"),
    NULL,
  };
  GtkBox *box = GTK_BOX (self);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (box, 9);
  self->way = GTK_DROP_DOWN (gtk_drop_down_new_from_strings (ways));
  gtk_widget_set_halign (GTK_WIDGET (self->way), GTK_ALIGN_START);
  dpop_spoken_name_set (GTK_WIDGET (self->way), _("When the vote closes"));
  self->moment = new_moment (self);
  self->sentence
      = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "wrap-mode",
                      PANGO_WRAP_WORD_CHAR, "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS, NULL);
  gtk_box_append (box, GTK_WIDGET (self->way));
  gtk_box_append (box, self->moment);
  gtk_box_append (box, self->sentence);
  g_signal_connect_swapped (self->way, "notify::selected", G_CALLBACK (on_changed), self);
  g_signal_connect_swapped (self->date, "changed", G_CALLBACK (on_changed), self);
  g_signal_connect_swapped (self->time, "changed", G_CALLBACK (on_changed), self);
  show (self);
}

GtkWidget *
dpop_closing_entry_new (void)
{
  return g_object_new (DPOP_TYPE_CLOSING_ENTRY, NULL);
}
