// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { backOff, CommandError, type Connection, Hub, NoToken } from "../src/hub.ts";
import type { StateFrame } from "../src/protocol.ts";

class Socket {
  static made: Socket[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  readonly sent: Record<string, unknown>[] = [];
  readonly url: string;
  constructor(url: string) {
    this.url = url;
    Socket.made.push(this);
  }
  send(text: string): void {
    this.sent.push(JSON.parse(text) as Record<string, unknown>);
  }
  close(): void {
    this.onclose?.({ code: 1000 });
  }
  say(frame: unknown): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }
}

const snapshot = { snapshot: { calls: {}, operators: {}, organisations: {} }, me: "eva", epoch: "e1", n: 130, at: 0 };

async function settle(): Promise<void> {
  for (let i = 0; i < 5; i++) await Promise.resolve();
}

interface Bench {
  hub: Hub;
  connections: Connection[];
  frames: StateFrame[];
  renewals: boolean[];
  position: { epoch: string; n: number };
  socket: () => Socket;
}

async function bench(t: { after: (fn: () => void) => void }): Promise<Bench> {
  mock.timers.enable({ apis: ["setTimeout", "setInterval"] });
  Socket.made = [];
  const made: Omit<Bench, "hub"> = {
    connections: [],
    frames: [],
    renewals: [],
    position: { epoch: "", n: 0 },
    socket: () => Socket.made.at(-1) as Socket,
  };
  const hub = new Hub({
    url: "ws://hub/live",
    token: (renew) => {
      made.renewals.push(renew);
      return Promise.resolve("secret");
    },
    position: () => made.position,
    onFrame: (frame) => made.frames.push(frame),
    onConnection: (connection) => made.connections.push(connection),
    random: () => 1,
    WebSocket: Socket as unknown as typeof WebSocket,
  });
  t.after(() => {
    hub.stop();
    mock.timers.reset();
  });
  hub.start();
  await settle();
  return { hub, ...made };
}

async function live(t: { after: (fn: () => void) => void }): Promise<Bench> {
  const made = await bench(t);
  made.socket().onopen?.();
  made.socket().say(snapshot);
  return made;
}

test("the first greeting asks for a snapshot, a later one for what was missed", async (t) => {
  const made = await live(t);
  assert.deepEqual(made.socket().sent, [{ hello: { token: "secret" } }]);
  Object.assign(made.position, { epoch: "e1", n: 137 });
  made.socket().onclose?.({ code: 1006 });
  assert.deepEqual(made.connections, ["connecting", "live", "lost"]);
  mock.timers.tick(250);
  await settle();
  made.socket().onopen?.();
  assert.deepEqual(made.socket().sent, [{ hello: { token: "secret", epoch: "e1", after: 137 } }]);
});

test("a command resolves with its acknowledgement, whatever the order", async (t) => {
  const { hub, socket } = await live(t);
  const first = hub.command("hold", { call: "a" });
  const second = hub.command("park", { call: "b" });
  assert.deepEqual(socket().sent.slice(1), [
    { id: 1, do: "hold", call: "a" },
    { id: 2, do: "park", call: "b" },
  ]);
  socket().say({ ack: 2, ok: true, result: { place: 4 } });
  socket().say({ ack: 1, ok: true });
  assert.deepEqual(await second, { place: 4 });
  assert.equal(await first, undefined);
});

test("a refused command says who has taken the call", async (t) => {
  const { hub, socket } = await live(t);
  const answer = hub.command("answer", { call: "a" });
  socket().say({ ack: 1, ok: false, error: { code: "taken", title: "Taken", detail: "", by: "liv" } });
  await assert.rejects(answer, (error: CommandError) => error.code === "taken" && error.by === "liv");
});

test("a command without an answer fails after its time", async (t) => {
  const { hub } = await live(t);
  const answer = hub.command("answer", { call: "a" });
  mock.timers.tick(5000);
  await assert.rejects(answer, { code: "timeout" });
});

test("a command in a broken connection fails at once and is not sent later", async (t) => {
  const { hub, socket } = await live(t);
  const cut = hub.command("answer", { call: "a" });
  socket().onclose?.({ code: 1006 });
  await assert.rejects(cut, { code: "offline" });
  await assert.rejects(hub.command("answer", { call: "a" }), { code: "offline" });
  mock.timers.tick(250);
  await settle();
  socket().onopen?.();
  socket().say(snapshot);
  assert.equal(socket().sent.length, 1);
});

test("a refused token is renewed before the next try", async (t) => {
  const { renewals, socket } = await bench(t);
  socket().onopen?.();
  socket().say({ error: { code: "unauthenticated" } });
  socket().onclose?.({ code: 4401 });
  mock.timers.tick(250);
  await settle();
  assert.deepEqual(renewals, [false, true]);
});

test("a connection that no longer answers is given up and made anew", async (t) => {
  const { connections, socket } = await live(t);
  mock.timers.tick(10_000);
  assert.deepEqual(socket().sent.at(-1), { id: 1, do: "ping" });
  mock.timers.tick(5000);
  await settle();
  assert.equal(connections.at(-1), "lost");
  mock.timers.tick(250);
  await settle();
  assert.equal(Socket.made.length, 2);
});

test("tries come further and further apart, and never all at the same moment", () => {
  const longest = (attempt: number) => backOff(attempt, () => 1);
  assert.equal(
    backOff(0, () => 0),
    50,
  );
  assert.deepEqual([0, 1, 2, 3].map(longest), [100, 200, 400, 500]);
  assert.equal(longest(89), 500, "a hub that is started anew is seen within a second");
  assert.deepEqual([90, 91, 92, 93, 150].map(longest), [1000, 2000, 4000, 5000, 5000]);
});

test("who is logged out is told so, and who only has no network isn't", async (t) => {
  mock.timers.enable({ apis: ["setTimeout", "setInterval"] });
  const connections: Connection[] = [];
  const refusals = [new NoToken("logged_out"), new NoToken("forbidden"), new TypeError("no network")];
  const hub = new Hub({
    url: "ws://hub/live",
    token: () => Promise.reject(refusals.shift()),
    position: () => ({ epoch: "", n: 0 }),
    onFrame: () => undefined,
    onConnection: (connection) => connections.push(connection),
    random: () => 1,
    WebSocket: Socket as unknown as typeof WebSocket,
  });
  t.after(() => {
    hub.stop();
    mock.timers.reset();
  });
  hub.start();
  for (const delay of [100, 200]) {
    await settle();
    mock.timers.tick(delay);
  }
  await settle();
  assert.deepEqual(connections, ["connecting", "logged_out", "forbidden", "lost"]);
});
