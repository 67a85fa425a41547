/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* The program: its windows, what it is called with, and the files it is given. */
#define DPOP_TYPE_APPLICATION (dpop_application_get_type ())
G_DECLARE_FINAL_TYPE (DpopApplication, dpop_application, DPOP, APPLICATION, AdwApplication)

DpopApplication *dpop_application_new (void);

G_END_DECLS
