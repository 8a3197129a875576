// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/** The note and the message to an employee. Both stay open when the call ends or the next is answered. */

import { useApp } from "../app.ts";
import { focusSearch } from "../focus.ts";
import type { Draft } from "../messages.ts";
import { Field, onSendKey, quiet, SendOrClose, useFirstFocus } from "./fields.tsx";
import { KeyButton } from "./parts.tsx";

export function NoteForm() {
  const app = useApp();
  const { t, messages } = app;
  const note = messages.note.value;
  const field = useFirstFocus<HTMLTextAreaElement>(note !== null);
  if (note === null) return null;
  const save = async () => {
    if (await messages.saveNote()) focusSearch();
  };
  return (
    <form class="panel" aria-label={t.note} onKeyDown={onSendKey(() => void save())} onSubmit={quiet(save)}>
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
  const refusal = messages.sending.refusal.value;
  const field = useFirstFocus<HTMLTextAreaElement>(draft !== null);
  if (draft === null) return null;
  const send = async () => {
    if (await messages.send()) focusSearch();
    else field.current?.focus();
  };
  const matterError = refusal?.fields.matter ?? refusal?.detail ?? "";
  return (
    <form class="panel" aria-labelledby="message-title" onKeyDown={onSendKey(() => void send())} onSubmit={quiet(send)}>
      <h3 id="message-title" class="panel-title">
        {t.message_to} {draft.to?.name ?? "…"}
        {(draft.about || draft.to?.unit) && <span class="panel-sub"> · {draft.about || draft.to?.unit}</span>}
      </h3>
      {draft.choice.length > 1 && <ReceiverField draft={draft} />}
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
      <SendOrClose words={t.send} busy={messages.sending.busy.value} send={send} close={() => messages.close()} />
    </form>
  );
}

/** A group or a unit doesn't read messages: somebody who does gets it. */
function ReceiverField({ draft }: { readonly draft: Draft }) {
  const { t, messages } = useApp();
  return (
    <Field id="receiver" label={t.message_receiver}>
      <select
        id="receiver"
        class="ds-input"
        value={draft.to?.id ?? ""}
        onChange={(event) => {
          const to = draft.choice.find((one) => one.id === event.currentTarget.value);
          if (to !== undefined) messages.change({ to });
        }}
      >
        {draft.choice.map((one) => (
          <option key={one.id} value={one.id}>
            {one.name}
          </option>
        ))}
      </select>
    </Field>
  );
}
