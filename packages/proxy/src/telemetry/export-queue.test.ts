import { waitFor } from "@weir/testkit/sockets";
import { expect, test } from "vitest";
import { type ExportItem, ExportQueue, type SendOutcome } from "./export-queue.ts";

function item(name: string, bytes = 10): ExportItem {
  return { signal: "traces", body: Buffer.from(name.padEnd(bytes)), entries: 1 };
}

function queueWith(send: (item: ExportItem) => Promise<SendOutcome>, maxBytes = 1000) {
  const dropped: string[] = [];
  const queue = new ExportQueue({
    send,
    dropped: (_signal, reason, entries) => void dropped.push(`${reason} ${entries}`),
    maxBytes,
    random: () => 0,
    firstBackOffMs: 2,
    maxBackOffMs: 10,
  });
  return { queue, dropped };
}

test("what was not taken is sent again as the same bytes, before anything later", async () => {
  const sent: string[] = [];
  const outcomes: SendOutcome["kind"][] = ["retry", "retry", "sent", "sent"];
  const { queue, dropped } = queueWith(async ({ body }) => {
    sent.push(body.toString().trim());
    const kind = outcomes[sent.length - 1] ?? "sent";
    return kind === "retry" ? { kind, reason: "away" } : { kind: "sent" };
  });
  queue.push(item("a"));
  queue.push(item("b"));
  await waitFor(() => queue.bytes === 0, { what: "an empty queue" });
  expect([sent, dropped]).toEqual([["a", "a", "a", "b"], []]);
});

test("what is refused for good is dropped and counted, and the rest goes on", async () => {
  const { queue, dropped } = queueWith(async ({ body }) =>
    body.toString().startsWith("bad") ? { kind: "refused", reason: "400" } : { kind: "sent" },
  );
  queue.push(item("bad"));
  queue.push(item("good"));
  await waitFor(() => queue.bytes === 0, { what: "an empty queue" });
  expect(dropped).toEqual(["refused 1"]);
});

test("beyond its bound the oldest go, but never the one that is being sent", async () => {
  const sent: string[] = [];
  const gate = Promise.withResolvers<void>();
  const { queue, dropped } = queueWith(async ({ body }) => {
    sent.push(body.toString().trim());
    await gate.promise;
    return { kind: "sent" };
  }, 30);
  for (const name of ["a", "b", "c", "d", "e"]) queue.push(item(name));
  expect(dropped).toEqual(["overflow 1", "overflow 1"]);
  gate.resolve();
  await waitFor(() => queue.bytes === 0, { what: "an empty queue" });
  expect(sent).toEqual(["a", "d", "e"]);
});

test("a receiver's own Retry-After is kept to", async () => {
  let attempts = 0;
  const started = performance.now();
  const { queue } = queueWith(async () =>
    attempts++ === 0 ? { kind: "retry", reason: "busy", afterMs: 120 } : { kind: "sent" },
  );
  queue.push(item("a"));
  await waitFor(() => queue.bytes === 0, { what: "an empty queue" });
  expect(performance.now() - started).toBeGreaterThanOrEqual(115);
});

test("closing gives up after its time and counts what is left", async () => {
  const { queue, dropped } = queueWith(async () => ({ kind: "retry", reason: "away" }));
  queue.push(item("a"));
  queue.push(item("b"));
  await queue.close(30);
  expect([dropped, queue.bytes]).toEqual([["stopped 1", "stopped 1"], 0]);
});

test("closing does not wait for a receiver that took the request and says nothing", async () => {
  const { queue, dropped } = queueWith(() => new Promise<SendOutcome>(() => undefined));
  queue.push(item("a"));
  queue.push(item("b"));
  const started = performance.now();
  await queue.close(30);
  expect(performance.now() - started).toBeLessThan(1000);
  expect([dropped, queue.bytes]).toEqual([["stopped 1", "stopped 1"], 0]);
});
