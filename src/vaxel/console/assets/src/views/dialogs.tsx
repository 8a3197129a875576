// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/** The help on keys, and the question for a pause's reason. */

import { useApp } from "../app.ts";
import { BINDINGS, type KeyAction, keypadOf } from "../keys.ts";
import { PAUSE_REASONS, pauseWords } from "../words.ts";
import { Modal } from "./parts.tsx";

export function Help() {
  const app = useApp();
  const { t } = app;
  const what: Readonly<Record<KeyAction, string>> = {
    main: t.help_main,
    end: t.help_end,
    hold: t.help_hold,
    park: t.help_park,
    search: t.help_search_key,
    message: t.help_message,
    note: t.help_note,
    mute: t.help_mute,
    pause: t.help_pause,
    help: t.help_help,
  };
  const inSearch: readonly (readonly [string, string])[] = [
    ["↑ ↓", t.help_choose],
    ["Enter", t.help_connect],
    ["Shift+Enter", t.help_consult],
    ["Ctrl+Enter", t.help_message],
  ];
  return (
    <Modal
      toRead
      open={app.helpOpen.value}
      title={t.help_title}
      close={t.close}
      onClose={() => (app.helpOpen.value = false)}
    >
      <p>{t.help_intro}</p>
      <table class="ds-table" data-color="neutral">
        <thead>
          <tr>
            <th scope="col">{t.help_action}</th>
            <th scope="col">{t.help_key}</th>
            <th scope="col">{t.help_keypad}</th>
          </tr>
        </thead>
        <tbody>
          {BINDINGS.map(({ action, key }) => (
            <tr key={action}>
              <td>{what[action]}</td>
              <td>
                <kbd>{key}</kbd>
              </td>
              <td>{keypadOf(action) !== "" && <kbd>{keypadOf(action)}</kbd>}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <h3 class="help-part">{t.help_search}</h3>
      <table class="ds-table" data-color="neutral">
        <thead>
          <tr>
            <th scope="col">{t.help_action}</th>
            <th scope="col">{t.help_key}</th>
          </tr>
        </thead>
        <tbody>
          {inSearch.map(([key, words]) => (
            <tr key={key}>
              <td>{words}</td>
              <td>
                <kbd>{key}</kbd>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <label class="check">
        <input
          type="checkbox"
          class="ds-input"
          checked={app.ringSound.value}
          onChange={(event) => app.setRingSound(event.currentTarget.checked)}
        />
        {t.ring_sound}
      </label>
    </Modal>
  );
}

export function PauseQuestion() {
  const app = useApp();
  const { t } = app;
  return (
    <Modal
      open={app.duty.pauseOpen.value}
      title={t.pause_title}
      close={t.close}
      onClose={() => (app.duty.pauseOpen.value = false)}
    >
      <ul class="reasons">
        {PAUSE_REASONS.map((reason) => (
          <li key={reason}>
            <button
              type="button"
              class="ds-button"
              data-variant="secondary"
              data-fullwidth
              onClick={() => void app.duty.pause(reason)}
            >
              {pauseWords(reason, t)}
            </button>
          </li>
        ))}
      </ul>
    </Modal>
  );
}
