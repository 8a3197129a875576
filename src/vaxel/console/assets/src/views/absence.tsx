// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/** The form of a colleague's absence. */

import { ABSENCE_REASONS, type AbsenceDraft, type Span, SPANS } from "../absences.ts";
import { useApp } from "../app.ts";
import { absenceReason, spanWords } from "../directory-words.ts";
import { focusSearch } from "../focus.ts";
import { Field, numbered, onSendKey, quiet, SendOrClose, useDigits, useFirstFocus } from "./fields.tsx";

export function AbsenceForm() {
  const app = useApp();
  const { t, absences } = app;
  const draft = absences.draft.value;
  const refusal = absences.sending.refusal.value;
  const field = useFirstFocus<HTMLSelectElement>(draft !== null);
  const digits = useDigits();
  if (draft === null) return null;
  const send = async () => {
    if (await absences.send()) focusSearch();
  };
  const back = async () => {
    await absences.back(draft.person);
    focusSearch();
  };
  const wrong =
    Object.values(refusal?.fields ?? {})
      .filter(Boolean)
      .join(" ") ||
    (refusal?.detail ?? "");
  return (
    <form class="panel" aria-labelledby="absence-title" onKeyDown={onSendKey(() => void send())} onSubmit={quiet(send)}>
      <h3 id="absence-title" class="panel-title">
        {t.absence_of(draft.person.name)}
      </h3>
      <div class="pair">
        <Field id="absence-reason" label={t.absence_reason}>
          <select
            ref={field}
            id="absence-reason"
            class="ds-input"
            value={draft.reason}
            onKeyDown={digits}
            onChange={(event) => absences.change({ reason: event.currentTarget.value })}
          >
            {ABSENCE_REASONS.map((reason, index) => (
              <option key={reason} value={reason}>
                {numbered(absenceReason(reason, t), index)}
              </option>
            ))}
          </select>
        </Field>
        <HowLong draft={draft} />
      </div>
      <div class="pair">
        <Field id="absence-until" label={t.back_at}>
          <input
            id="absence-until"
            type="datetime-local"
            class="ds-input"
            value={draft.until}
            onInput={(event) => absences.change({ until: event.currentTarget.value })}
          />
        </Field>
        <Field id="absence-message" label={t.may_tell} error={wrong}>
          <input
            id="absence-message"
            class="ds-input"
            maxLength={300}
            value={draft.message}
            onInput={(event) => absences.change({ message: event.currentTarget.value })}
          />
        </Field>
      </div>
      <SendOrClose words={t.save} busy={absences.sending.busy.value} send={send} close={() => absences.close()}>
        {draft.person.presence?.here === false && (
          <button type="button" class="ds-button" data-variant="secondary" onClick={() => void back()}>
            {t.is_back}
          </button>
        )}
      </SendOrClose>
    </form>
  );
}

/** As it is told: for an hour, all of today. Fills in the moment, which can be changed. */
function HowLong({ draft }: { readonly draft: AbsenceDraft }) {
  const { t, absences } = useApp();
  const span = SPANS.find((one) => absences.spanned(one) === draft.until);
  return (
    <Field id="absence-span" label={t.how_long}>
      <select
        id="absence-span"
        class="ds-input"
        value={span ?? ""}
        onKeyDown={useDigits()}
        onChange={(event) => absences.change({ until: absences.spanned(event.currentTarget.value as Span) })}
      >
        {span === undefined && <option value="">{t.span_own}</option>}
        {SPANS.map((one, index) => (
          <option key={one} value={one}>
            {numbered(spanWords(one, t), index)}
          </option>
        ))}
      </select>
    </Field>
  );
}
