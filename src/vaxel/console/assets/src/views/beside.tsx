// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/** What is known of a caller: promises and messages that are open, and today's calls; and that my own call has become long. */

import { useEffect } from "preact/hooks";

import { useApp } from "../app.ts";
import type { CallerOf } from "../beside.ts";
import { isLong } from "../calls.ts";
import { earlierWords } from "../directory-words.ts";
import { clock, moment } from "../format.ts";
import { seconds } from "../people.ts";
import type { Call } from "../protocol.ts";
import type { EarlierCall, OpenMessage } from "../rest.ts";
import { KeyButton } from "./parts.tsx";

export function Beside({ call, caller }: { readonly call: Call; readonly caller: CallerOf }) {
  const { t } = useApp();
  const history = caller.history.value;
  if (history === null || history.call !== call.id) return null;
  if (!history.known) return <p class="beside-failed">{t.history_failed}</p>;
  const { promises = [], messages = [], earlier = [], notes = [] } = history.caller;
  return (
    <>
      <Open title={t.open_promises} rows={promises} promised />
      <Open title={t.open_messages} rows={messages.filter((one) => !promises.some((other) => other.id === one.id))} />
      <Earlier rows={earlier} />
      {notes.length > 0 && (
        <div role="group" class="beside" aria-label={t.notes}>
          <h3>{t.notes}</h3>
          <ul>
            {notes.map((note, index) => (
              <li key={index}>{note.text}</li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}

/** My call has become long while others wait: a call-back may be offered. Said once. */
export function KeepShort({ call }: { readonly call: Call }) {
  const app = useApp();
  const { t } = app;
  const { waiting, mine } = app.board.value;
  const hint = app.state.value.organisations[call.organisation]?.talk_hint;
  const long = mine?.id === call.id && isLong(call, waiting.length, hint, app.now.value);
  useEffect(() => {
    if (long) app.mention(t.keep_short);
  }, [app, long, t]);
  if (!long) return null;
  return (
    <p class="keep-short">
      {t.waiting_count(waiting.length)}. {t.keep_short}
    </p>
  );
}

interface OpenProps {
  readonly title: string;
  readonly rows: readonly OpenMessage[];
  readonly promised?: boolean;
}

function Open({ title, rows, promised }: OpenProps) {
  const app = useApp();
  const { t, now, state } = app;
  const nameOf = (row: OpenMessage) => row.to_name || state.value.operators[row.operator ?? ""]?.name || t.switchboard;
  if (rows.length === 0) return null;
  return (
    <div role="group" class="beside" data-open="true" aria-label={title}>
      <h3>{title}</h3>
      <ul>
        {rows.map((row) => (
          <li key={row.id}>
            <span>
              <strong>{nameOf(row)}</strong>
              {row.promised_at && <span> · {t.promised_until(moment(seconds(row.promised_at), now.value))}</span>}
              {row.matter !== "" && <span class="beside-matter"> · {row.matter}</span>}
            </span>
            {promised && (
              <KeyButton about={nameOf(row)} onClick={() => void app.promises.done(row)}>
                {t.promise_done}
              </KeyButton>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Earlier({ rows }: { readonly rows: readonly EarlierCall[] }) {
  const { t } = useApp();
  if (rows.length === 0) return null;
  return (
    <div role="group" class="beside" aria-label={t.earlier_today}>
      <h3>{t.earlier_today}</h3>
      <ul>
        {rows.map((row) => (
          <li key={row.id}>
            <time>{clock(seconds(row.at))}</time> {earlierWords(row, t)}
          </li>
        ))}
      </ul>
    </div>
  );
}
