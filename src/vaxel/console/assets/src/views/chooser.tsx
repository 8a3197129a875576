// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/** A list in which one is chosen with the arrow keys, and what may be done with the chosen one below it. */

import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";

import { useApp } from "../app.ts";

/** What matters most comes first, for braille as for the eye. */
export interface Choosable {
  readonly id: string;
  readonly colour?: string;
  readonly first: string;
  readonly second: string;
  readonly third: string;
  readonly time: string;
}

/** Who is chosen, by id: whatever comes, goes or is sorted anew, what may be done is done to nobody else. */
export interface Choice<T> {
  /** The chosen one; the first while nobody has been at the list; null when the chosen one has gone. */
  readonly one: T | null;
  readonly gone: boolean;
  readonly choose: (id: string) => void;
}

export function useChoice<T extends { readonly id: string }>(items: readonly T[]): Choice<T> {
  const fixed = useSignal("");
  const chosen = items.find((one) => one.id === fixed.value) ?? null;
  return {
    one: fixed.value === "" ? (items[0] ?? null) : chosen,
    gone: fixed.value !== "" && chosen === null,
    choose: (id) => (fixed.value = id),
  };
}

interface ChooserProps {
  readonly id: string;
  readonly title: string;
  /** What is shown when there is nothing to choose from. */
  readonly none: string;
  readonly items: readonly Choosable[];
  readonly choice: Choice<{ readonly id: string }>;
  readonly children: ComponentChildren;
}

const STEPS: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowDown: (at, last) => Math.min(at + 1, last),
  ArrowUp: (at) => Math.max(at - 1, 0),
  Home: () => 0,
  End: (_at, last) => last,
};

/** Enter goes to the first thing that may be done. Whoever comes here has chosen what is shown: it stays that one. */
export function Chooser({ id, title, none, items, choice, children }: ChooserProps) {
  const box = useRef<HTMLElement>(null);
  const chosen = choice.one?.id ?? "";
  const at = items.findIndex((one) => one.id === chosen);
  const name = useRef("");
  name.current = items[at]?.first ?? name.current;
  useEffect(() => {
    box.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [chosen]);
  const press = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    const next = step === undefined ? undefined : items[step(at, items.length - 1)];
    if (next !== undefined) choice.choose(next.id);
    else if (event.key === "Enter") box.current?.querySelector<HTMLElement>(".chosen :is(button, input)")?.focus();
    else return;
    event.preventDefault();
  };
  const fix = () => {
    if (chosen !== "") choice.choose(chosen);
  };
  return (
    <section ref={box} class="chooser" aria-labelledby={`${id}-title`} onFocusIn={fix} onPointerDown={fix}>
      <h2 id={`${id}-title`} class="list-title" tabIndex={-1}>
        {title} <span class="count">{items.length}</span>
      </h2>
      {items.length === 0 && none !== "" && <p class="none">{none}</p>}
      {items.length > 0 && (
        <ul
          class="results"
          role="listbox"
          tabIndex={0}
          aria-labelledby={`${id}-title`}
          aria-activedescendant={at < 0 ? undefined : `${id}-${at}`}
          onKeyDown={press}
        >
          {items.map((one, index) => (
            <li
              key={one.id}
              id={`${id}-${index}`}
              class="result"
              role="option"
              data-color={one.colour}
              aria-selected={index === at}
              onClick={() => choice.choose(one.id)}
            >
              <span class="result-name">{one.first}</span> <time class="result-number">{one.time}</time>{" "}
              <span class="result-what">
                <strong>{one.second}</strong> {one.third}
              </span>
            </li>
          ))}
        </ul>
      )}
      <div class="chosen">{choice.gone ? <Gone name={name.current} box={box} /> : children}</div>
    </section>
  );
}

/** The chosen one has gone under her finger: she is told, and put where she can choose another. */
function Gone({ name, box }: { readonly name: string; readonly box: { readonly current: HTMLElement | null } }) {
  const app = useApp();
  const words = app.t.chosen_gone(name);
  useLayoutEffect(() => {
    app.say(words, true);
    // Her button went with it, and with that the focus.
    if (document.activeElement === document.body) {
      const list = box.current?.querySelector<HTMLElement>("[role=listbox]");
      (list ?? box.current?.querySelector("h2"))?.focus();
    }
  }, [app, box, words]);
  return <p class="field-note">{words}</p>;
}
