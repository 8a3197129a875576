// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/** Where the focus is, and moving it: only when the operator has asked for something, and at once, before her next key. */

import type { Focus } from "./keys.ts";

export const SEARCH_ID = "search";

export function focusNow(): Focus {
  const at = document.activeElement;
  if (at?.id === SEARCH_ID) return "search";
  if (at instanceof HTMLTextAreaElement || at instanceof HTMLSelectElement) return "text";
  return at instanceof HTMLInputElement && at.type !== "checkbox" ? "text" : "elsewhere";
}

export function focusSearch(): void {
  const box = document.getElementById(SEARCH_ID);
  if (box instanceof HTMLInputElement) {
    box.focus();
    box.select();
  }
}

/** To the search box, unless the operator is writing elsewhere or must answer a question first. */
export function offerSearch(): void {
  if (focusNow() !== "text" && document.querySelector("dialog[open]") === null) focusSearch();
}
