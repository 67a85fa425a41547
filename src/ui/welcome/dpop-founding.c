/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-founding-private.h"

#include "dpop-edge-charter.h"
#include "dpop-shell.h"

#include <glib/gi18n-lib.h>

static const DpopFoundingQuestion *const questions[] = {
  &dpop_founding_kind,      &dpop_founding_board,   &dpop_founding_notice,
  &dpop_founding_quorum,    &dpop_founding_proposers, &dpop_founding_contact,
  &dpop_founding_person,    &dpop_founding_passphrase,
};

/* --- What was answered. ---------------------------------------------------------------------- */

static void
founding_clear (gpointer data)
{
  DpopFounding *self = data;

  g_clear_weak_pointer (&self->owner);
  g_free (self->kind);
  g_clear_pointer (&self->charter, dpop_charter_unref);
  dpop_charter_names_free (self->names);
  dpop_charter_answers_free (self->answers);
  g_free (self->name);
  g_free (self->email);
  g_free (self->label);
}

DpopFounding *
dpop_founding_new (DpopWayIn *owner)
{
  DpopFounding *self = g_rc_box_new0 (DpopFounding);

  g_set_weak_pointer (&self->owner, owner);
  self->contact = DPOP_CONTACT_MAIL;
  dpop_founding_choose (self, dpop_edge_charter_ready_names ()[0]);
  return self;
}

DpopFounding *
dpop_founding_ref (DpopFounding *self)
{
  return g_rc_box_acquire (self);
}

void
dpop_founding_unref (DpopFounding *self)
{
  g_rc_box_release_full (self, founding_clear);
}

void
dpop_founding_choose (DpopFounding *self, const char *kind)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  g_autofree char *name = NULL;

  if (g_strcmp0 (self->kind, kind) == 0)
    return;
  if (self->answers != NULL)
    name = g_strdup (self->answers->name);
  g_free (self->kind);
  self->kind = g_strdup (kind);
  g_clear_pointer (&self->charter, dpop_charter_unref);
  g_clear_pointer (&self->names, dpop_charter_names_free);
  g_clear_pointer (&self->answers, dpop_charter_answers_free);
  bytes = dpop_edge_charter_ready (kind);
  problems = dpop_edge_charter_read (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                                     &self->charter, &self->names);
  self->answers = dpop_charter_answers_new (self->charter, self->names);
  if (name == NULL)
    return;
  g_free (self->answers->name);
  self->answers->name = g_steal_pointer (&name);
}

/* --- The path. ------------------------------------------------------------------------------- */

typedef struct
{
  DpopFounding *founding;
  guint index;
} Place;

static void
place_free (gpointer data, GClosure *closure)
{
  Place *place = data;

  dpop_founding_unref (place->founding);
  g_free (place);
}

static DpopPage *new_page (DpopFounding *founding, guint index);

static void
on_left (DpopStepPage *page, gpointer data)
{
  const Place *place = data;

  questions[place->index]->save (place->founding, page);
}

static void
on_next (DpopStepPage *page, gpointer data)
{
  const Place *place = data;
  const DpopFoundingQuestion *question = questions[place->index];

  question->save (place->founding, page);
  if (!question->check (place->founding, page))
    return;
  if (place->index + 1 < G_N_ELEMENTS (questions))
    dpop_shell_push (GTK_WIDGET (page), new_page (place->founding, place->index + 1));
  else
    dpop_founding_carry_out (place->founding, page);
}

static void
connect (DpopStepPage *page, const char *signal, GCallback callback, DpopFounding *founding,
         guint index)
{
  Place *place = g_new (Place, 1);

  place->founding = dpop_founding_ref (founding);
  place->index = index;
  g_signal_connect_data (page, signal, callback, place, place_free, 0);
}

static DpopPage *
new_page (DpopFounding *founding, guint index)
{
  const DpopFoundingQuestion *question = questions[index];
  g_autofree char *progress = g_strdup_printf (_("Step %u of %u"), index + 1,
                                               (guint) G_N_ELEMENTS (questions));
  DpopStepPage *page = dpop_step_page_new (
      NULL, &(DpopStepText){
                .title = _("Start an Organisation"),
                .progress = progress,
                .question = _(question->question),
                .explanation = question->explanation != NULL ? _(question->explanation) : NULL,
                .next = question->next != NULL ? _(question->next) : _("Continue"),
            });

  dpop_step_page_set_body (page, question->build (founding, page));
  connect (page, "next", G_CALLBACK (on_next), founding, index);
  connect (page, "left", G_CALLBACK (on_left), founding, index);
  return DPOP_PAGE (page);
}

DpopPage *
dpop_founding_page_new (DpopWayIn *owner)
{
  g_autoptr (DpopFounding) founding = dpop_founding_new (owner);

  return new_page (founding, 0);
}
