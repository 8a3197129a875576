// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/** The words of the pages. A key that a language lacks, or has too much, is an error of the type checker. */

import type { Language } from "../boot.ts";
import { da } from "./da.ts";
import { en } from "./en.ts";
import { nb } from "./nb.ts";
import { sv } from "./sv.ts";

export type Catalogue = Readonly<{ [K in keyof typeof en]: (typeof en)[K] extends string ? string : (typeof en)[K] }>;

const catalogues: Readonly<Record<Language, Catalogue>> = { sv, nb, da, en };

export function catalogue(language: Language): Catalogue {
  return catalogues[language];
}
