/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stddef.h>
#include <stdint.h>

/* A fuzz target is one file fuzz-NAME.c and one line in meson.build. It defines
 * LLVMFuzzerTestOneInput(), which takes any bytes, aborts (g_assert) where a promise is broken, and
 * returns 0. The same file is run in two ways:
 *  - with -Dfuzz=true by libFuzzer, for as long as FUZZ_SECONDS says;
 *  - else by fuzz-driver.c, as an ordinary test: every seed, then seeded mutations of them.
 * Seeds are the files in seeds/NAME/ (optional), and what fuzz_seed() gives (optional): seeds made
 * by the encoder follow the format when it changes. Tokens come from fuzz-NAME.dict (optional). */
int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* Seed number N, counted from 0; NULL past the last. The caller owns it. */
GBytes *fuzz_seed (guint n) __attribute__ ((weak));
