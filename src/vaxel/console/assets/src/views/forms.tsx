// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/** The note and the message to an employee. Both stay open when the call ends or the next is answered. */

import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

import { useApp } from "../app.ts";
import { focusSearch } from "../focus.ts";
import { KeyButton } from "./parts.tsx";

/** Ctrl+Enter sends, from any field of a form. */
function onCtrlEnter(act: () => void): (event: KeyboardEvent) => void {
  return (event) => {
    if (event.key === "Enter" && event.ctrlKey) {
      event.preventDefault();
      event.stopPropagation();
      act();
    }
  };
}

/** Focus a field when the form has been opened by the operator. */
function useFirstFocus(open: boolean) {
  const field = useRef<HTMLTextAreaElement>(null);
  // Before the browser paints: what is typed next belongs in the field already.
  useLayoutEffect(() => {
    if (!open) return;
    field.current?.focus();
    field.current?.form?.scrollIntoView({ block: "nearest" });
  }, [open]);
  return field;
}

export function NoteForm() {
  const app = useApp();
  const { t, messages } = app;
  const note = messages.note.value;
  const field = useFirstFocus(note !== null);
  if (note === null) return null;
  const save = async () => {
    if (await messages.saveNote()) focusSearch();
  };
  return (
    <form class="panel" aria-label={t.note} onKeyDown={onCtrlEnter(() => void save())} onSubmit={quiet(save)}>
      <Field id="note" label={t.note_label}>
        <textarea
          ref={field}
          id="note"
          class="ds-input"
          rows={2}
          maxLength={4000}
          value={note.text}
          onInput={(event) => (messages.note.value = { ...note, text: event.currentTarget.value })}
        />
      </Field>
      <div class="actions">
        <KeyButton keys="Ctrl+Enter" primary onClick={() => void save()}>
          {t.save}
        </KeyButton>
        <button type="button" class="ds-button" data-variant="tertiary" onClick={() => (messages.note.value = null)}>
          {t.close}
        </button>
      </div>
    </form>
  );
}

export function MessageForm() {
  const app = useApp();
  const { t, messages } = app;
  const draft = messages.draft.value;
  const refusal = messages.refusal.value;
  const field = useFirstFocus(draft !== null);
  if (draft === null) return null;
  const send = async () => {
    if (await messages.send()) focusSearch();
    else field.current?.focus();
  };
  const matterError = refusal?.fields.matter ?? refusal?.detail ?? "";
  return (
    <form
      class="panel"
      aria-labelledby="message-title"
      onKeyDown={onCtrlEnter(() => void send())}
      onSubmit={quiet(send)}
    >
      <h3 id="message-title" class="panel-title">
        {t.message_to} {draft.to?.name ?? "…"}
        {draft.to?.unit && <span class="panel-sub"> · {draft.to.unit}</span>}
      </h3>
      <div class="pair">
        <Field id="who" label={t.who_called}>
          <input
            id="who"
            class="ds-input"
            maxLength={120}
            value={draft.caller_name}
            onInput={(event) => messages.change({ caller_name: event.currentTarget.value })}
          />
        </Field>
        <Field id="their-number" label={t.number}>
          <input
            id="their-number"
            class="ds-input"
            inputMode="tel"
            maxLength={40}
            value={draft.caller_number}
            onInput={(event) => messages.change({ caller_number: event.currentTarget.value })}
          />
        </Field>
      </div>
      <Field id="matter" label={t.matter} help={t.matter_help} error={matterError}>
        <textarea
          ref={field}
          id="matter"
          class="ds-input"
          rows={2}
          maxLength={4000}
          aria-describedby={matterError === "" ? "matter-help" : "matter-help matter-error"}
          aria-invalid={matterError !== ""}
          value={draft.matter}
          onInput={(event) => messages.change({ matter: event.currentTarget.value })}
        />
      </Field>
      <div class="pair">
        <label class="check">
          <input
            type="checkbox"
            class="ds-input"
            checked={draft.call_back}
            onChange={(event) => messages.change({ call_back: event.currentTarget.checked })}
          />
          {t.call_back}
        </label>
        <Field id="promised" label={t.promised} error={refusal?.fields.promised_at ?? ""}>
          <input
            id="promised"
            type="datetime-local"
            class="ds-input"
            title={t.promised_help}
            value={draft.promised}
            onInput={(event) => messages.change({ promised: event.currentTarget.value })}
          />
        </Field>
      </div>
      <div class="actions">
        <KeyButton keys="Ctrl+Enter" primary disabled={messages.sending.value} onClick={() => void send()}>
          {t.send}
        </KeyButton>
        <button
          type="button"
          class="ds-button"
          data-variant="tertiary"
          onClick={() => {
            messages.close();
            focusSearch();
          }}
        >
          {t.close}
        </button>
      </div>
    </form>
  );
}

function quiet(act: () => Promise<void>): (event: Event) => void {
  return (event) => {
    event.preventDefault();
    void act();
  };
}

interface FieldProps {
  readonly id: string;
  readonly label: string;
  readonly help?: string;
  readonly error?: string;
  readonly children: ComponentChildren;
}

function Field({ id, label, help, error, children }: FieldProps) {
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
