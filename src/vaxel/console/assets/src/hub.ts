// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/** One WebSocket to the live hub: greeting, resuming, commands with acknowledgements, and coming back after a loss. */

import type { AckFrame, CommandName, Commands, Frame, HubError, StateFrame } from "./protocol.ts";

export type Connection = "connecting" | "live" | "lost" | "logged_out" | "forbidden";

/** A command that was not carried out. `code` is the hub's, or `offline` and `timeout` when no answer came. */
export class CommandError extends Error {
  readonly code: string;
  readonly detail: string;
  readonly by: string;
  readonly text: string;
  readonly fields: Readonly<Record<string, string>>;

  constructor(error: HubError) {
    super(error.title ?? error.code);
    this.name = "CommandError";
    this.code = error.code;
    this.detail = error.detail ?? "";
    this.by = error.by ?? "";
    this.text = error.text ?? "";
    this.fields = error.fields ?? {};
  }
}

/** There is no token for her: nobody is logged in any more, or who is, is no operator. */
export class NoToken extends Error {
  readonly why: "logged_out" | "forbidden";

  constructor(why: "logged_out" | "forbidden") {
    super(why);
    this.name = "NoToken";
    this.why = why;
  }
}

export interface HubOptions {
  readonly url: string;
  /** A token good for one greeting; asked for again when the hub refuses the last one. Rejects with `NoToken` when she may have none. */
  readonly token: (renew: boolean) => Promise<string>;
  /** What to resume from; `epoch` is "" when there is nothing yet. */
  readonly position: () => { epoch: string; n: number };
  readonly onFrame: (frame: StateFrame) => void;
  readonly onConnection: (connection: Connection) => void;
  readonly commandSeconds?: number;
  readonly pingSeconds?: number;
  readonly random?: () => number;
  readonly WebSocket?: typeof WebSocket;
}

interface Pending {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: CommandError) => void;
  readonly timer: ReturnType<typeof setTimeout>;
}

const UNAUTHENTICATED = 4401;
const NO_OPERATOR = 4403;
const FIRST_DELAY = 100;
/** A hub that is started anew is back within half a minute, mostly: so long, no pause is longer than this. */
const SHORT_DELAY = 500;
const SHORT_TRIES = 90;
const LONGEST_DELAY = 5000;

/**
 * Milliseconds before the `attempt`-th try (0, 1, 2 …): half of it fixed, half random, so that consoles don't return in step. Whoever
 * waits for a hub that is started anew sees it within a second of its being there.
 */
export function backOff(attempt: number, random: () => number): number {
  const quick = Math.min(SHORT_DELAY, FIRST_DELAY * 2 ** attempt);
  const ceiling = Math.min(LONGEST_DELAY, attempt < SHORT_TRIES ? quick : quick * 2 ** (attempt - SHORT_TRIES + 1));
  return ceiling / 2 + (ceiling / 2) * random();
}

export class Hub {
  readonly #options: HubOptions;
  readonly #WebSocket: typeof WebSocket;
  readonly #pending = new Map<number, Pending>();
  #socket: WebSocket | null = null;
  #greeted = false;
  #stopped = false;
  #renewToken = false;
  #attempt = 0;
  #lastId = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #pinger: ReturnType<typeof setInterval> | undefined;

  constructor(options: HubOptions) {
    this.#options = options;
    this.#WebSocket = options.WebSocket ?? globalThis.WebSocket;
  }

  start(): void {
    this.#stopped = false;
    this.#options.onConnection("connecting");
    void this.#connect();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#retry);
    this.#socket?.close(1000);
    this.#lose("offline");
  }

  /** Try again at once, as when the network is said to be back or the operator has logged in anew. */
  hurry(): void {
    if (this.#stopped || this.#socket !== null) return;
    clearTimeout(this.#retry);
    this.#attempt = 0;
    void this.#connect();
  }

  /** Greet the hub anew, with a fresh token: whoever was logged in may no longer be. */
  renew(): void {
    const socket = this.#socket;
    this.#renewToken = true;
    this.#lose("offline");
    socket?.close(1000);
    this.hurry();
  }

  /**
   * Send a command; resolves with the hub's result, rejects with a `CommandError`. Nothing is kept for later: a command
   * that is carried out after the operator has given it up would surprise her.
   */
  command<K extends CommandName>(name: K, fields: Commands[K]): Promise<unknown> {
    const socket = this.#socket;
    if (socket === null || !this.#greeted) {
      return Promise.reject(new CommandError({ code: "offline" }));
    }
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => {
          this.#pending.delete(id);
          reject(new CommandError({ code: "timeout" }));
        },
        (this.#options.commandSeconds ?? 5) * 1000,
      );
      this.#pending.set(id, { resolve, reject, timer });
      socket.send(JSON.stringify({ id, do: name, ...fields }));
    });
  }

  async #connect(): Promise<void> {
    let token: string;
    try {
      token = await this.#options.token(this.#renewToken);
    } catch (error) {
      this.#options.onConnection(error instanceof NoToken ? error.why : "lost");
      this.#later();
      return;
    }
    if (this.#stopped || this.#socket !== null) return;
    const socket = new this.#WebSocket(this.#options.url);
    this.#socket = socket;
    socket.onopen = () => this.#greet(socket, token);
    socket.onmessage = (event) => this.#receive(socket, event.data as string);
    socket.onclose = (event) => this.#closed(socket, event.code);
  }

  #greet(socket: WebSocket, token: string): void {
    const { epoch, n } = this.#options.position();
    socket.send(JSON.stringify({ hello: epoch === "" ? { token } : { token, epoch, after: n } }));
  }

  #receive(socket: WebSocket, text: string): void {
    if (socket !== this.#socket) return;
    const frame = JSON.parse(text) as Frame;
    if ("ack" in frame) {
      this.#acknowledge(frame);
      return;
    }
    if ("error" in frame) return; // The close code that follows says the same, in a form made to be acted on.
    this.#options.onFrame(frame);
    if ("snapshot" in frame || "resumed" in frame) this.#live();
  }

  #live(): void {
    this.#greeted = true;
    this.#attempt = 0;
    this.#renewToken = false;
    this.#options.onConnection("live");
    const seconds = this.#options.pingSeconds ?? 10;
    clearInterval(this.#pinger);
    this.#pinger = setInterval(() => this.#ping(), seconds * 1000);
  }

  #ping(): void {
    const socket = this.#socket;
    this.command("ping", {}).catch((error: CommandError) => {
      // A half-open connection never closes by itself.
      if (error.code === "timeout" && socket !== null && socket === this.#socket) {
        socket.onclose = null;
        socket.close();
        this.#closed(socket, 1006);
      }
    });
  }

  #acknowledge(frame: AckFrame): void {
    const pending = this.#pending.get(frame.ack);
    if (pending === undefined) return;
    this.#pending.delete(frame.ack);
    clearTimeout(pending.timer);
    if (frame.ok) pending.resolve(frame.result);
    else pending.reject(new CommandError(frame.error ?? { code: "unavailable" }));
  }

  #closed(socket: WebSocket, code: number): void {
    if (socket !== this.#socket) return;
    this.#lose("offline");
    if (this.#stopped) return;
    if (code === UNAUTHENTICATED) this.#renewToken = true;
    this.#options.onConnection(code === NO_OPERATOR ? "forbidden" : "lost");
    this.#later();
  }

  #lose(code: string): void {
    this.#socket = null;
    this.#greeted = false;
    clearInterval(this.#pinger);
    for (const pending of this.#pending.values()) {
      clearTimeout(pending.timer);
      pending.reject(new CommandError({ code }));
    }
    this.#pending.clear();
  }

  #later(): void {
    clearTimeout(this.#retry);
    const delay = backOff(this.#attempt++, this.#options.random ?? Math.random);
    this.#retry = setTimeout(() => void this.#connect(), delay);
  }
}
