// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/** A list in which one is chosen with the arrow keys, and what may be done with the chosen one below it. */

import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

/** What matters most comes first, for braille as for the eye. */
export interface Choosable {
  readonly id: string;
  readonly colour?: string;
  readonly first: string;
  readonly second: string;
  readonly third: string;
  readonly time: string;
}

interface ChooserProps {
  readonly id: string;
  readonly title: string;
  /** What is shown when there is nothing to choose from. */
  readonly none: string;
  readonly items: readonly Choosable[];
  readonly chosen: string;
  readonly onChoose: (id: string) => void;
  readonly children: ComponentChildren;
}

const STEPS: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowDown: (at, last) => Math.min(at + 1, last),
  ArrowUp: (at) => Math.max(at - 1, 0),
  Home: () => 0,
  End: (_at, last) => last,
};

/** Enter goes to the first thing that may be done. */
export function Chooser({ id, title, none, items, chosen, onChoose, children }: ChooserProps) {
  const box = useRef<HTMLElement>(null);
  const at = Math.max(
    0,
    items.findIndex((one) => one.id === chosen),
  );
  useEffect(() => {
    box.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [chosen]);
  const press = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    const next = step === undefined ? undefined : items[step(at, items.length - 1)];
    if (next !== undefined) onChoose(next.id);
    else if (event.key === "Enter") box.current?.querySelector<HTMLElement>(".chosen :is(button, input)")?.focus();
    else return;
    event.preventDefault();
  };
  return (
    <section ref={box} class="chooser" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`} class="list-title">
        {title} <span class="count">{items.length}</span>
      </h2>
      {items.length === 0 && none !== "" && <p class="none">{none}</p>}
      {items.length > 0 && (
        <ul
          class="results"
          role="listbox"
          tabIndex={0}
          aria-labelledby={`${id}-title`}
          aria-activedescendant={`${id}-${at}`}
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
              onClick={() => onChoose(one.id)}
            >
              <span class="result-name">{one.first}</span> <time class="result-number">{one.time}</time>{" "}
              <span class="result-what">
                <strong>{one.second}</strong> {one.third}
              </span>
            </li>
          ))}
        </ul>
      )}
      <div class="chosen">{children}</div>
    </section>
  );
}
