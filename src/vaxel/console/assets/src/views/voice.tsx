// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/** What the page tells: a sentence that is seen, and the two places that screen readers speak from. */

import { signal, useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

import { useApp } from "../app.ts";
import type { Spoken } from "../telling.ts";

/** Milliseconds. */
const JUST_SAID = 500;

/** While a dialog is open, what stands outside it is dead to screen readers: then the dialog has these parts, and the page hasn't. */
export const modalOpen = signal(false);

export function OfThePage({ children }: { readonly children: ComponentChildren }) {
  return modalOpen.value ? null : <>{children}</>;
}

export function Told() {
  const { telling, t } = useApp();
  const notice = telling.shown.value;
  if (notice === null) return null;
  return (
    <div class="notice ds-alert" data-color={notice.error ? "danger" : "success"}>
      <p>{notice.text}</p>
      <button type="button" class="ds-button" data-variant="tertiary" onClick={() => telling.dismiss()}>
        {t.dismiss}
      </button>
    </div>
  );
}

/** They show nothing, and nothing else on the page is live but the search's count. Not atomic: only what is new is read. */
export function Voice() {
  const { telling } = useApp();
  return (
    <>
      <div class="ds-sr-only" role="status" aria-live="polite" aria-atomic="false">
        <News spoken={telling.polite.value} />
      </div>
      <div class="ds-sr-only" role="alert" aria-live="assertive" aria-atomic="false">
        <News spoken={telling.urgent.value} />
      </div>
    </>
  );
}

/**
 * What was said long before this place was there is not said again. What was said as a dialog closed is: nobody has heard it yet; and a
 * place speaks only what comes into it.
 */
function News({ spoken }: { readonly spoken: readonly Spoken[] }) {
  const begun = useRef(Date.now() - JUST_SAID);
  const ready = useSignal(false);
  useEffect(() => {
    ready.value = true;
  }, [ready]);
  const news = ready.value ? spoken.filter(({ at }) => at >= begun.current) : [];
  return (
    <>
      {news.map(({ id, text, quote }) => (
        <div key={id}>
          {text}
          {quote !== undefined && <span lang={quote.language}> {quote.text}</span>}
        </div>
      ))}
    </>
  );
}
