// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/** The search box with what it has found. */

import { useEffect, useRef } from "preact/hooks";

import { type App, useApp } from "../app.ts";
import { allowed } from "../calls.ts";
import { kindWords, matchedWords, membersWords, presenceBriefly, whyAway } from "../directory-words.ts";
import { SEARCH_ID } from "../focus.ts";
import type { Found } from "../people.ts";
import { numberIn } from "../words.ts";
import { CardPanel, SUMMARY_ID } from "./card.tsx";

/** As many as the search reads; what is pasted beyond that is cut off. */
const MOST_LETTERS = 400;

export function Find() {
  const app = useApp();
  const { t, search } = app;
  const found = search.found.value;
  const open = found.length > 0;
  return (
    <section class="find" aria-label={t.search} role="search">
      <label class="ds-label" for={SEARCH_ID}>
        {t.search_label}
      </label>
      <input
        id={SEARCH_ID}
        class="ds-input find-input"
        type="text"
        role="combobox"
        autocomplete="off"
        spellcheck={false}
        maxLength={MOST_LETTERS}
        aria-expanded={open}
        aria-controls="results"
        aria-autocomplete="list"
        aria-activedescendant={open ? `result-${search.index.value}` : undefined}
        value={search.words.value}
        onInput={(event) => search.type(event.currentTarget.value)}
        onKeyDown={(event) => searchKey(event, app)}
      />
      {search.chosen.value === null && <EnterHint />}
      <Results found={found} />
      <p class="find-status" role="status">
        {statusWords(app)}
      </p>
      <CardPanel />
    </section>
  );
}

function searchKey(event: KeyboardEvent, app: App): void {
  if (event.isComposing) return;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    app.search.move(event.key === "ArrowDown" ? 1 : -1);
  } else if (event.key === "Enter") {
    event.preventDefault();
    const { ctrlKey, shiftKey } = event;
    void app.work.chosen(ctrlKey ? (shiftKey ? "exactly" : "message") : shiftKey ? "consult" : "connect");
  }
}

/** What Enter would do now: it depends on the call, so it stands beside the box. */
function EnterHint() {
  const app = useApp();
  const { t } = app;
  const { mine } = app.board.value;
  const can = allowed(mine);
  const connects = can.includes("transfer");
  return (
    <p class="hint">
      {(connects || mine === null) && (
        <span>
          <kbd>Enter</kbd> {connects ? t.transfer : t.dial}
        </span>
      )}
      {can.includes("consult") && (
        <span>
          <kbd>Shift+Enter</kbd> {t.consult}
        </span>
      )}
      <span>
        <kbd>Ctrl+Enter</kbd> {t.message}
      </span>
    </p>
  );
}

function statusWords(app: App): string {
  const { t, search } = app;
  if (search.status.value === "failed") return t.search_failed;
  if (search.status.value !== "done") return "";
  const count = search.found.value.length;
  const found = count === 0 ? t.no_results : t.results_count(count);
  return search.words.value.length < MOST_LETTERS ? found : `${found} · ${t.search_cut(MOST_LETTERS)}`;
}

function Results({ found }: { readonly found: readonly Found[] }) {
  const app = useApp();
  const { t, search } = app;
  const chosen = search.index.value;
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    list.current?.children[chosen]?.scrollIntoView({ block: "nearest" });
    // In a window too low for both, what is being typed is what must be seen.
    const box = document.getElementById(SEARCH_ID);
    if (box !== null && box === document.activeElement) box.scrollIntoView({ block: "nearest" });
  }, [chosen, found]);
  return (
    <ul ref={list} id="results" class="results" role="listbox" aria-label={t.results} hidden={found.length === 0}>
      {found.map((one, index) => (
        <Result key={one.id || one.number} found={one} index={index} chosen={index === chosen} />
      ))}
    </ul>
  );
}

function Result({ found, index, chosen }: { readonly found: Found; readonly index: number; readonly chosen: boolean }) {
  const app = useApp();
  const { t } = app;
  const state = app.state.value;
  const typed = found.id === "";
  const several = Object.keys(state.organisations).length > 1;
  const reading = numberIn(found.number, found.organisation, state);
  const place = several ? state.organisations[found.organisation]?.name : "";
  const presence = found.kind === "group" ? membersWords(found.presence, t) : presenceBriefly(found.presence, t);
  const described = chosen && found.id !== "" && app.cards.card.value?.id === found.id;
  const why = found.kind === "group" ? "" : whyAway(found.presence, t);
  const what = [kindWords(found, t), found.title, found.unit, place].filter(Boolean).join(" · ");
  // In this order for forty cells of braille: who, whether she is here, her number; then the rest.
  return (
    <li
      id={`result-${index}`}
      class="result"
      role="option"
      aria-selected={chosen}
      aria-describedby={described ? SUMMARY_ID : undefined}
      onClick={() => app.search.choose(index)}
    >
      <span class="result-name">{typed ? t.ring_number(reading) : found.name}</span>{" "}
      {presence !== "" && (
        <span class="result-state presence-words" data-here={found.presence?.here}>
          {presence}
        </span>
      )}{" "}
      <span class="result-number">{typed ? "" : reading || t.no_number}</span>{" "}
      <span class="result-aside">
        {found.protected && <span class="ds-tag protected">{t.protected} </span>}
        {[why, matchedWords(found, t)].filter(Boolean).join(" · ")}
      </span>{" "}
      <span class="result-what">{what}</span>
    </li>
  );
}
