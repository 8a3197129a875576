// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/** The form of a promise to ring back. */

import { useApp } from "../app.ts";
import { focusSearch } from "../focus.ts";
import { Field, onSendKey, quiet, SendOrClose, useFirstFocus } from "./fields.tsx";

export function PromiseForm() {
  const app = useApp();
  const { t, promises } = app;
  const draft = promises.draft.value;
  const refusal = promises.sending.refusal.value;
  const field = useFirstFocus<HTMLTextAreaElement>(draft !== null);
  if (draft === null) return null;
  const send = async () => {
    if (await promises.send()) focusSearch();
  };
  return (
    <form class="panel" aria-labelledby="promise-title" onKeyDown={onSendKey(() => void send())} onSubmit={quiet(send)}>
      <h3 id="promise-title" class="panel-title">
        {t.promise}
      </h3>
      {draft.person !== null && <Who />}
      <div class="pair">
        <Field id="promise-number" label={t.number} error={refusal?.fields.number ?? ""}>
          <input
            id="promise-number"
            class="ds-input"
            inputMode="tel"
            maxLength={40}
            aria-invalid={refusal?.fields.number !== undefined}
            aria-describedby={refusal?.fields.number === undefined ? undefined : "promise-number-error"}
            value={draft.number}
            onInput={(event) => promises.change({ number: event.currentTarget.value })}
          />
        </Field>
        <Field id="promise-by" label={t.promised} error={refusal?.fields.promised ?? ""}>
          <input
            id="promise-by"
            type="datetime-local"
            class="ds-input"
            title={t.promised_help}
            value={draft.promised}
            onInput={(event) => promises.change({ promised: event.currentTarget.value })}
          />
        </Field>
      </div>
      <Field
        id="promise-text"
        label={t.matter}
        help={t.matter_help}
        error={refusal?.fields.text ?? refusal?.detail ?? ""}
      >
        <textarea
          ref={field}
          id="promise-text"
          class="ds-input"
          rows={2}
          maxLength={4000}
          aria-describedby={refusal === null ? "promise-text-help" : "promise-text-help promise-text-error"}
          value={draft.text}
          onInput={(event) => promises.change({ text: event.currentTarget.value })}
        />
      </Field>
      <SendOrClose words={t.promise_do} busy={promises.sending.busy.value} send={send} close={() => promises.close()} />
    </form>
  );
}

/** She or I. */
function Who() {
  const app = useApp();
  const { t, promises } = app;
  const draft = promises.draft.value;
  if (draft === null || draft.person === null) return null;
  const choices = [draft.person, null];
  return (
    <fieldset class="who-calls">
      <legend class="ds-label">{t.who_rings_back}</legend>
      {choices.map((one) => (
        <label key={one?.id ?? "me"} class="check">
          <input
            type="radio"
            name="who-rings-back"
            class="ds-input"
            checked={draft.who?.id === one?.id}
            onChange={() => promises.change({ who: one })}
          />
          {one?.name ?? t.i_do}
        </label>
      ))}
    </fieldset>
  );
}
