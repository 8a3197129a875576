// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/** Whom I have promised to ring back: what is due first comes first, and what is late says so (GNO-6, TAN-5). */

import { useApp } from "../app.ts";
import { keyed, moment } from "../format.ts";
import { seconds } from "../people.ts";
import type { OpenMessage } from "../rest.ts";
import { KeyButton } from "./parts.tsx";

export function PromisedList() {
  const { t, promises } = useApp();
  const own = promises.own.value;
  if (own.length === 0) return null;
  return (
    <section class="list list-promised" aria-labelledby="promised-title">
      <h2 id="promised-title" class="list-title">
        {t.my_promises} <span class="count">{own.length}</span>
      </h2>
      <ul>
        {own.map((promise) => (
          <Promised key={promise.id} promise={promise} />
        ))}
      </ul>
    </section>
  );
}

function Promised({ promise }: { readonly promise: OpenMessage }) {
  const app = useApp();
  const { t, now } = app;
  const due = promise.promised_at ? seconds(promise.promised_at) : null;
  const late = due !== null && due < now.value;
  const number = promise.caller_number ?? "";
  const who = promise.caller_name || number || t.unknown_caller;
  const { organisation = "" } = promise;
  const ring = () => void app.command("dial", { to: keyed(number), organisation });
  return (
    <li class="row" data-late={late}>
      <p class="row-head">
        <span class="row-who">{who}</span>
        {due !== null && (
          <span class="row-due">
            {late && <strong>{t.promise_late} </strong>}
            <time>{moment(due, now.value)}</time>
          </span>
        )}
      </p>
      {promise.caller_name && number !== "" && <p class="row-why">{number}</p>}
      {promise.matter !== "" && <p class="row-why">{promise.matter}</p>}
      <div class="row-do">
        {app.board.value.mine === null && keyed(number) !== "" && (
          <KeyButton about={who} onClick={ring}>
            {t.dial}
          </KeyButton>
        )}
        <KeyButton about={who} onClick={() => void app.promises.done(promise)}>
          {t.promise_done}
        </KeyButton>
      </div>
    </li>
  );
}
