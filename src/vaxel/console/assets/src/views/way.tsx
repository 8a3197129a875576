// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/** The way a call came, step by step. */

import { useApp } from "../app.ts";
import { clock } from "../format.ts";
import type { Call } from "../protocol.ts";
import { numberIn, pathWords } from "../words.ts";

export function Way({ call }: { readonly call: Call }) {
  const { state, t } = useApp();
  const steps = call.path
    .map((entry) => ({ ...entry, who: numberIn(entry.who ?? "", call.organisation, state.value) }))
    .map((entry) => ({ at: entry.at, text: pathWords(entry, t) }))
    .filter((entry) => entry.text !== "");
  if (steps.length === 0) return null;
  return (
    <div class="way">
      <h3 class="way-title">{t.way_here}</h3>
      <ol>
        {steps.map((entry, index) => (
          <li key={index}>
            <time>{clock(entry.at)}</time> {entry.text}
          </li>
        ))}
      </ol>
    </div>
  );
}
