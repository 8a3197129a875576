// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/** Small parts that several views share. */

import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

import { useApp } from "../app.ts";
import type { KeyAction } from "../keys.ts";
import { modalOpen, Told, Voice } from "./voice.tsx";

export { colourOf } from "../theme.ts";

/** A key as `aria-keyshortcuts` wants it. */
export function spokenKeys(key: string): string | undefined {
  return key === "" ? undefined : key.replace("Ctrl", "Control");
}

interface KeyButtonProps {
  readonly action?: KeyAction;
  /** The key to show when it isn't that of an action. */
  readonly keys?: string;
  readonly onClick: () => void;
  readonly primary?: boolean;
  readonly danger?: boolean;
  /** In the colour of the municipality whose call it is. */
  readonly own?: boolean;
  readonly disabled?: boolean;
  readonly pressed?: boolean;
  /** What the button concerns, for those who don't see where it stands. */
  readonly about?: string;
  readonly children: ComponentChildren;
}

/** A button that shows its key. The key is told to screen readers as such, not read as part of the name. */
export function KeyButton(props: KeyButtonProps) {
  const { action, primary, danger, about } = props;
  const own = useApp().keys;
  const keys = props.keys ?? (action === undefined ? "" : own.keyOf(action));
  // What needs two keys of the keypad stands in the help: here it would be longer than the word.
  const keypad = action === undefined ? "" : (/^\S*$/.exec(own.keypadOf(action))?.[0] ?? "");
  return (
    <button
      type="button"
      class="ds-button"
      data-variant={primary ? "primary" : "secondary"}
      data-color={danger ? "danger" : props.own ? undefined : "accent"}
      aria-keyshortcuts={spokenKeys(keys)}
      aria-pressed={props.pressed}
      disabled={props.disabled}
      onClick={props.onClick}
    >
      <span>
        {props.children}
        {about !== undefined && <span class="ds-sr-only"> {about}</span>}
      </span>
      {keys !== "" && (
        <span aria-hidden="true" class="keys">
          <kbd>{keys}</kbd>
          {keypad !== "" && <kbd class="keypad">{keypad}</kbd>}
        </span>
      )}
    </button>
  );
}

interface ModalProps {
  readonly open: boolean;
  readonly title: string;
  readonly close: string;
  /** A dialog to be read begins at its title; one that asks begins at its first answer. */
  readonly toRead?: boolean;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

/** A modal dialog. The browser keeps the focus inside, and gives it back. */
export function Modal({ open, title, close, toRead, onClose, children }: ModalProps) {
  const element = useRef<HTMLDialogElement>(null);
  // At once: the next key may be meant for the dialog.
  useLayoutEffect(() => {
    const dialog = element.current;
    if (dialog === null) return;
    if (open && !dialog.open) dialog.showModal();
    if (!open && dialog.open) dialog.close();
    modalOpen.value = document.querySelector("dialog[open]") !== null;
  }, [open]);
  return (
    <dialog ref={element} class="ds-dialog" aria-labelledby={open ? "dialog-title" : undefined} onClose={onClose}>
      {open && (
        <>
          <h2 class="ds-heading" data-size="sm" id="dialog-title" tabIndex={toRead ? -1 : undefined} autofocus={toRead}>
            {title}
          </h2>
          {children}
          <p>
            <button type="button" class="ds-button" data-variant="secondary" onClick={onClose}>
              {close}
            </button>
          </p>
          <Told />
          <Voice />
        </>
      )}
    </dialog>
  );
}
