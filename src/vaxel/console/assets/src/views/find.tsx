// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/** The search box with what it has found, and the chosen person's card. */

import { useEffect, useRef } from "preact/hooks";

import { useApp } from "../app.ts";
import { allowed } from "../calls.ts";
import { SEARCH_ID } from "../focus.ts";
import { number } from "../format.ts";
import type { Found } from "../rest.ts";
import { KeyButton } from "./parts.tsx";

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
        maxLength={200}
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
      <Card />
    </section>
  );
}

type Way = "connect" | "consult" | "message";

async function act(app: ReturnType<typeof useApp>, way: Way): Promise<void> {
  if (way === "message") return app.messages.begin();
  const call = app.board.value.mine?.id ?? null;
  const found = await app.search.settled();
  if (found === null) return;
  if (way === "consult") await app.work.consult(found, call);
  else await app.work.connect(found, call);
}

function searchKey(event: KeyboardEvent, app: ReturnType<typeof useApp>): void {
  if (event.isComposing) return;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    app.search.move(event.key === "ArrowDown" ? 1 : -1);
  } else if (event.key === "Enter") {
    event.preventDefault();
    void act(app, event.ctrlKey ? "message" : event.shiftKey ? "consult" : "connect");
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

function statusWords(app: ReturnType<typeof useApp>): string {
  const { t, search } = app;
  if (search.status.value === "failed") return t.search_failed;
  if (search.status.value !== "done") return "";
  const count = search.found.value.length;
  return count === 0 ? t.no_results : t.results_count(count);
}

function Results({ found }: { readonly found: readonly Found[] }) {
  const app = useApp();
  const { t, search } = app;
  const { organisations } = app.state.value;
  const several = Object.keys(organisations).length > 1;
  const chosen = search.index.value;
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    list.current?.children[chosen]?.scrollIntoView({ block: "nearest" });
  }, [chosen, found]);
  return (
    <ul ref={list} id="results" class="results" role="listbox" aria-label={t.results} hidden={found.length === 0}>
      {found.map((one, index) => (
        <li
          key={one.id || one.number}
          id={`result-${index}`}
          class="result"
          role="option"
          aria-selected={index === chosen}
          onClick={() => search.choose(index)}
        >
          <span class="result-name">{one.id === "" ? t.ring_number(reading(one, app)) : one.name}</span>
          <span class="result-number">{one.id === "" ? "" : reading(one, app) || t.no_number}</span>
          <span class="result-what">
            {[one.title, one.unit, several ? organisations[one.organisation]?.name : ""].filter(Boolean).join(" · ")}
          </span>
        </li>
      ))}
    </ul>
  );
}

function reading(found: Found, app: ReturnType<typeof useApp>): string {
  return number(found.number, app.state.value.organisations[found.organisation]?.main_number ?? "");
}

function Card() {
  const app = useApp();
  const { t, search } = app;
  const found = search.chosen.value;
  if (found === null) return null;
  const { mine } = app.board.value;
  const can = allowed(mine);
  return (
    <section class="card" aria-labelledby="card-title">
      <h2 id="card-title" class="card-title">
        {found.id === "" ? reading(found, app) : found.name}
      </h2>
      {found.id !== "" && <Details found={found} />}
      {found.id === "" && mine === null && <DialFor />}
      <div class="actions">
        {(mine === null || can.includes("transfer")) && (
          <KeyButton keys="Enter" primary onClick={() => void act(app, "connect")}>
            {mine === null ? t.dial : t.transfer}
          </KeyButton>
        )}
        {can.includes("consult") && (
          <KeyButton keys="Shift+Enter" onClick={() => void act(app, "consult")}>
            {t.consult}
          </KeyButton>
        )}
        {found.id !== "" && (
          <KeyButton keys="Ctrl+Enter" onClick={() => void act(app, "message")}>
            {t.message}
          </KeyButton>
        )}
      </div>
    </section>
  );
}

function DialFor() {
  const app = useApp();
  const { organisations } = app.state.value;
  const served = Object.values(organisations);
  if (served.length < 2) return null;
  return (
    <div class="ds-field">
      <label class="ds-label" for="dial-for">
        {app.t.dial_as}
      </label>
      <select
        id="dial-for"
        class="ds-input"
        value={app.dialFor.value}
        onChange={(event) => app.setDialFor(event.currentTarget.value)}
      >
        {served.map((one) => (
          <option key={one.id} value={one.id}>
            {one.name}
          </option>
        ))}
      </select>
    </div>
  );
}

function Details({ found }: { readonly found: Found }) {
  const app = useApp();
  const { t } = app;
  const rows: readonly (readonly [string, string | undefined])[] = [
    [t.number, reading(found, app)],
    [t.unit, [found.title, found.unit].filter(Boolean).join(", ")],
    [t.tasks, found.tasks],
    [t.email, found.email],
  ];
  return (
    <dl class="details">
      {rows.map(([name, value]) =>
        value ? (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ) : null,
      )}
    </dl>
  );
}
