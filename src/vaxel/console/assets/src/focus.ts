// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/** Where the focus is, and moving it: only when the operator has asked for something, and at once, before her next key. */

import type { Focus } from "./keys.ts";

export const SEARCH_ID = "search";
export const LOG_IN_ID = "log-in";

/** Inputs in which something is chosen, not written. */
const CHOSEN: ReadonlySet<string> = new Set(["checkbox", "radio"]);

export function focusNow(): Focus {
  const at = document.activeElement;
  if (at?.id === SEARCH_ID) return "search";
  if (at instanceof HTMLTextAreaElement) return "text";
  return at instanceof HTMLInputElement && !CHOSEN.has(at.type) ? "text" : "elsewhere";
}

/** To the link that logs in again, unless something is being written; whether the focus is there now. */
export function focusLogIn(): boolean {
  const link = document.getElementById(LOG_IN_ID);
  if (focusNow() !== "text") link?.focus();
  return link !== null && document.activeElement === link;
}

export function focusSearch(): void {
  const box = document.getElementById(SEARCH_ID);
  if (box instanceof HTMLInputElement) {
    box.focus();
    box.select();
  }
}

/** To the calls and operators that a supervisor chooses from, or, when there are none, to where that is said. */
export function focusChooser(): void {
  const place = document.querySelector<HTMLElement>(".chooser [role=listbox]");
  (place ?? document.querySelector<HTMLElement>(".chooser h2"))?.focus();
}

/** Close what lies over the page, at once: the browser gives the focus back before the next key. What was written in it is kept. */
export function closeDialogs(): void {
  for (const dialog of document.querySelectorAll<HTMLDialogElement>("dialog[open]")) dialog.close();
}

/** To the search box, unless the operator is writing elsewhere. */
export function offerSearch(): void {
  if (focusNow() !== "text") focusSearch();
}

/** To the calls that are steered, unless she types. */
export function offerChooser(): void {
  if (focusNow() !== "text") focusChooser();
}

const CONTROLS = "a[href], button:enabled, input:enabled, select, textarea, [tabindex='0']";

/**
 * Up (−1) and down (1) by the keypad, which has no arrows and no Tab: where something is chosen from a list, the next in it; else to
 * the next control. False in the search box and outside everything: there it means the results.
 */
export function step(by: 1 | -1): boolean {
  const at = document.activeElement;
  if (!(at instanceof HTMLElement) || at === document.body || at.id === SEARCH_ID) return false;
  if (at instanceof HTMLSelectElement) choose(at, at.selectedIndex + by);
  else if (at.role === "listbox") choosing(at, by)?.click();
  else besideSearch(at, by)?.focus();
  return true;
}

/** Out of the search box, where up and down mean the results: to the first control after it, or the last before it. */
export function leaveSearch(): void {
  const box = document.getElementById(SEARCH_ID);
  if (box !== null) (nextControl(box, 1) ?? nextControl(box, -1))?.focus();
}

/** The next control but for the search box, from which going on would be no more: it has a key of its own. */
function besideSearch(at: Element, by: 1 | -1): HTMLElement | undefined {
  const next = nextControl(at, by);
  return next?.id === SEARCH_ID ? nextControl(next, by) : next;
}

/** Choose the option at `index` as if by hand; its words, "" when there is none. */
export function choose(box: HTMLSelectElement, index: number): string {
  const option = box.options[index];
  if (option === undefined) return "";
  box.selectedIndex = index;
  box.dispatchEvent(new Event("change", { bubbles: true }));
  return option.text;
}

function choosing(list: HTMLElement, by: number): HTMLElement | undefined {
  const options = [...list.querySelectorAll<HTMLElement>("[role=option]")];
  const at = options.findIndex((one) => one.ariaSelected === "true");
  return options[at < 0 ? 0 : at + by];
}

/** The control after `at`, or before it, in the order of the page. */
export function nextControl(at: Element, by: 1 | -1): HTMLElement | undefined {
  const place = at.closest("dialog") ?? document;
  const way = by > 0 ? Node.DOCUMENT_POSITION_FOLLOWING : Node.DOCUMENT_POSITION_PRECEDING;
  const there = [...place.querySelectorAll<HTMLElement>(CONTROLS)].filter(
    (one) => (at.compareDocumentPosition(one) & way) !== 0 && one.checkVisibility(),
  );
  return by > 0 ? there[0] : there.at(-1);
}
