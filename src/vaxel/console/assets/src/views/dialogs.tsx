// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/** The help on keys, in which they are changed, and the sign that the keypad waits for a second key. */

import { signal } from "@preact/signals";

import { type App, useApp } from "../app.ts";
import { type Binding, BINDINGS, IN_SEARCH, type KeyAction, layerOf, nameOf, placeOnKeypad } from "../keys.ts";
import { Modal } from "./parts.tsx";

/** The action that gets the next key pressed, "" for none; and what was wrong with the last. */
const asking = signal<KeyAction | "">("");
const trouble = signal("");

export function actionWords(action: KeyAction, { supervision, t }: App): string {
  const words: Readonly<Record<KeyAction, string>> = {
    main: t.help_main,
    end: t.help_end,
    hold: t.help_hold,
    park: t.help_park,
    search: t.help_search_key,
    message: t.help_message,
    promise: t.help_promise,
    number: t.help_number,
    absence: t.help_absence,
    cover: t.help_cover,
    mobile: t.help_mobile,
    note: t.help_note,
    notices: t.help_notices,
    mute: t.help_mute,
    pause: t.help_pause,
    surge: supervision.mine.value.length > 0 ? t.help_surge : t.help_surge_answer,
    repeat: t.help_repeat,
    queue: t.help_queue,
    supervise: t.supervision,
    settings: t.settings,
    leave: t.log_off,
    help: t.help_help,
    consult: t.help_consult,
    exactly: t.help_exactly,
    up: t.help_up,
    down: t.help_down,
    out: t.help_out,
  };
  return words[action];
}

/** What only supervisors do stands in their help alone. */
function isHers({ action }: Binding, { supervision }: App): boolean {
  return action !== "supervise" || supervision.mine.value.length > 0;
}

const CHANGEABLE = BINDINGS.filter((binding) => binding.key !== "");
const FIXED = BINDINGS.filter((binding) => binding.key === "");

export function Help() {
  const app = useApp();
  const { t } = app;
  const close = () => {
    asking.value = "";
    trouble.value = "";
    app.helpOpen.value = false;
  };
  return (
    <Modal toRead open={app.helpOpen.value} title={t.help_title} close={t.close} onClose={close}>
      <p>{t.help_intro}</p>
      <p>{t.help_keypad_layer}</p>
      <table class="ds-table" data-color="neutral">
        <thead>
          <tr>
            <th scope="col">{t.help_action}</th>
            <th scope="col">{t.help_key}</th>
            <th scope="col">{t.help_keypad}</th>
          </tr>
        </thead>
        <tbody>
          {CHANGEABLE.filter((binding) => isHers(binding, app)).map(({ action }) => (
            <Row key={action} action={action} />
          ))}
        </tbody>
      </table>
      <p>
        <button
          type="button"
          class="ds-button"
          data-variant="secondary"
          disabled={Object.keys(app.keys.own.value).length === 0}
          onClick={() => void keep(app, () => app.keys.reset(), t.keys_were_reset)}
        >
          {t.keys_reset}
        </button>
      </p>
      <h3 class="help-part">{t.help_search}</h3>
      <InSearch />
    </Modal>
  );
}

function Row({ action }: { readonly action: KeyAction }) {
  const app = useApp();
  const { t, keys } = app;
  const key = keys.keyOf(action);
  const words = actionWords(action, app);
  const asks = asking.value === action;
  return (
    <tr>
      <td>{words}</td>
      <td>
        <div class="key-choice">
          <kbd>{key || t.key_none}</kbd>
          <button
            type="button"
            class="ds-button"
            data-variant="tertiary"
            aria-pressed={asks}
            aria-label={asks ? `${t.key_press}: ${words}` : t.key_change_of(words)}
            aria-describedby={asks ? "key-help" : undefined}
            onClick={() => ask(app, action)}
            onKeyDown={(event) => asks && give(event, app, action)}
            onBlur={() => {
              if (asks) asking.value = "";
            }}
          >
            {asks ? t.key_press : t.key_change}
          </button>
        </div>
        {asks && (
          <p id="key-help" class="field-help">
            {trouble.value || t.key_press_help}
          </p>
        )}
      </td>
      <td>{keys.keypadOf(action) !== "" && <kbd>{keys.keypadOf(action)}</kbd>}</td>
    </tr>
  );
}

function InSearch() {
  const app = useApp();
  const { t, keys } = app;
  const rows: readonly (readonly [string, string, string])[] = [
    ["Enter", t.help_connect, "Enter"],
    ["Ctrl+Enter", t.help_message, ""],
    ...FIXED.map(({ action }) => [IN_SEARCH[action] ?? "", actionWords(action, app), keys.keypadOf(action)] as const),
  ];
  return (
    <table class="ds-table" data-color="neutral">
      <thead>
        <tr>
          <th scope="col">{t.help_action}</th>
          <th scope="col">{t.help_key}</th>
          <th scope="col">{t.help_keypad}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([key, words, keypad]) => (
          <tr key={key}>
            <td>{words}</td>
            <td>
              <kbd>{key}</kbd>
            </td>
            <td>{keypad !== "" && <kbd>{keypad}</kbd>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Whether the next key is to be given to an action: then it must not act. */
export function asksForKey(): boolean {
  return asking.value !== "";
}

function ask(app: App, action: KeyAction): void {
  trouble.value = "";
  asking.value = asking.value === action ? "" : action;
  if (asking.value !== "") app.say(app.t.key_press, false);
}

function give(event: KeyboardEvent, app: App, action: KeyAction): void {
  const { t, keys } = app;
  if (["Shift", "Control", "Alt", "AltGraph", "Meta", "Tab"].includes(event.key)) return;
  event.preventDefault();
  event.stopPropagation();
  if (event.key === "Escape" && action !== "search") {
    asking.value = "";
    return;
  }
  const key = nameOf(event);
  const refused = keys.refusal(key, action);
  if (refused !== null) {
    trouble.value =
      refused.why === "taken"
        ? t.key_taken(actionWords(refused.by, app))
        : refused.why === "types"
          ? t.key_types
          : t.key_reserved;
    app.say(trouble.value, true);
    return;
  }
  asking.value = "";
  void keep(app, () => keys.change(action, key), t.key_changed(key));
}

async function keep(app: App, act: () => Promise<void>, done: string): Promise<void> {
  try {
    await act();
  } catch {
    return app.tell(app.t.keys_not_kept, true);
  }
  app.tell(done, false);
}

/** Shown while the keypad's comma waits for the next key. */
export function KeypadLayer() {
  const app = useApp();
  const { t, keys } = app;
  const layer = keys.layer.value;
  if (layer === 0) return null;
  const sign = (action: KeyAction) => keys.keypadOf(action).split(" ").at(-1) ?? "";
  const rows = keys.bindings.value
    .filter((binding) => layerOf(binding) === layer && isHers(binding, app))
    .map(({ action }) => [sign(action), actionWords(action, app)] as const)
    .concat(layer === 1 ? [[",", t.layer_more]] : [])
    .sort(([a], [b]) => placeOnKeypad(a) - placeOnKeypad(b));
  return (
    <aside class="layer" aria-label={t.layer_open}>
      <p>{t.layer_open}</p>
      <dl>
        {rows.map(([key, words]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
    </aside>
  );
}
