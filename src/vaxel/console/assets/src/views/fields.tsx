// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/** What the forms of the console share: labelled fields, sending by key, the first focus. */

import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

import { useApp } from "../app.ts";
import { choose, focusSearch, nextControl } from "../focus.ts";
import { KeyButton } from "./parts.tsx";

/** Ctrl+Enter sends, from any field of a form, and so does the keypad's Enter, which writes no new line. */
export function onSendKey(act: () => unknown): (event: KeyboardEvent) => void {
  return (event) => {
    const keypad = event.code === "NumpadEnter" && !(event.target instanceof HTMLButtonElement);
    if (keypad || (event.key === "Enter" && event.ctrlKey)) {
      event.preventDefault();
      event.stopPropagation();
      act();
    }
  };
}

/** Submitting, without leaving the page. */
export function quiet(act: () => unknown): (event: Event) => void {
  return (event) => {
    event.preventDefault();
    void act();
  };
}

/** Of the digits of a keypad: those that choose among a list's first nine. */
const NINE = 9;

/** `words` of the choice at `index`, with the digit that chooses it. */
export function numbered(words: string, index: number): string {
  return index < NINE ? `${words} · ${index + 1}` : words;
}

/** In a list of choices a digit chooses, and goes on to the next of the form: a keypad has no Tab. 0 is for nobody. */
export function useDigits(): (event: KeyboardEvent) => void {
  const app = useApp();
  return (event) => {
    const box = event.currentTarget;
    if (!/^\d$/.test(event.key) || event.ctrlKey || event.altKey || !(box instanceof HTMLSelectElement)) return;
    event.preventDefault();
    const named = [...box.options].filter((option) => option.value !== "");
    const wanted =
      event.key === "0" ? [...box.options].find((option) => option.value === "") : named[Number(event.key) - 1];
    if (wanted === undefined) return;
    app.say(choose(box, wanted.index), false);
    const next = nextControl(box, 1);
    if (next instanceof HTMLSelectElement && next.form === box.form) next.focus();
  };
}

type Control = HTMLTextAreaElement | HTMLInputElement | HTMLSelectElement;

/** Focus a field when the form has been opened by the operator. */
export function useFirstFocus<T extends Control>(open: boolean) {
  const field = useRef<T>(null);
  // Before the browser paints: what is typed next belongs in the field already.
  useLayoutEffect(() => {
    if (!open) return;
    field.current?.focus();
    field.current?.form?.scrollIntoView({ block: "nearest" });
  }, [open]);
  return field;
}

interface FieldProps {
  readonly id: string;
  readonly label: string;
  readonly help?: string;
  readonly error?: string;
  readonly children: ComponentChildren;
}

/** A label, its help, a control with `id`, and what is wrong: ids `…-help` and `…-error` for `aria-describedby`. */
export function Field({ id, label, help, error, children }: FieldProps) {
  return (
    <div class="ds-field">
      <label class="ds-label" for={id}>
        {label}
      </label>
      {help && (
        <p class="field-help" id={`${id}-help`}>
          {help}
        </p>
      )}
      {children}
      {error && (
        <p class="ds-validation-message" id={`${id}-error`}>
          {error}
        </p>
      )}
    </div>
  );
}

interface SendOrCloseProps {
  readonly words: string;
  readonly busy: boolean;
  readonly send: () => Promise<unknown>;
  readonly close: () => void;
  readonly children?: ComponentChildren;
}

/** The buttons under a form; closing it gives the focus back to the search. */
export function SendOrClose({ words, busy, send, close, children }: SendOrCloseProps) {
  const { t } = useApp();
  const shut = () => {
    close();
    focusSearch();
  };
  return (
    <div class="actions">
      <KeyButton keys="Ctrl+Enter" primary disabled={busy} onClick={() => void send()}>
        {words}
      </KeyButton>
      {children}
      <button type="button" class="ds-button" data-variant="tertiary" onClick={shut}>
        {t.close}
      </button>
    </div>
  );
}
