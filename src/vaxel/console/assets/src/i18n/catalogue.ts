// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/** The words of the pages. A key that a language lacks, or has too much, is an error of the type checker. */

import type { Language } from "../boot.ts";
import { da } from "./da.ts";
import { en } from "./en.ts";
import { da as findingDa } from "./finding-da.ts";
import { en as findingEn } from "./finding-en.ts";
import { nb as findingNb } from "./finding-nb.ts";
import { sv as findingSv } from "./finding-sv.ts";
import { nb } from "./nb.ts";
import { se } from "./se.ts";
import { da as steeringDa } from "./steering-da.ts";
import { en as steeringEn } from "./steering-en.ts";
import { nb as steeringNb } from "./steering-nb.ts";
import { sv as steeringSv } from "./steering-sv.ts";
import { sv } from "./sv.ts";

/** The same keys as `Source`, in any language. */
export type Words<Source> = { readonly [K in keyof Source]: Source[K] extends string ? string : Source[K] };

export type MainWords = Words<typeof en>;
export type FindingWords = Words<typeof findingEn>;
export type Catalogue = Words<typeof en & typeof steeringEn & typeof findingEn>;

const catalogues: Readonly<Record<Language, Catalogue>> = {
  sv: { ...sv, ...steeringSv, ...findingSv },
  nb: { ...nb, ...steeringNb, ...findingNb },
  da: { ...da, ...steeringDa, ...findingDa },
  en: { ...en, ...steeringEn, ...findingEn },
};

export function catalogue(language: Language): Catalogue {
  return catalogues[language];
}

/** Northern Sámi where its words are known, Norwegian for the rest. */
export function samiCatalogue(): Catalogue {
  return { ...catalogues.nb, ...se };
}
