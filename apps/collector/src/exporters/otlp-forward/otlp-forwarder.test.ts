import type { ServerResponse } from "node:http";
import { encodeResponse, encodeStatus, type Signal } from "@weir/telemetry/otlp";
import { createLogger } from "@weir/telemetry/process";
import { waitFor } from "@weir/testkit";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createOtlpForwarder, type OtlpForwarder, type OtlpForwarderSettings } from "./otlp-forwarder.ts";
import { TestBackend } from "./testing/test-backend.ts";

let backend: TestBackend;
let forwarder: OtlpForwarder;
let told: string[];

beforeEach(async () => {
  backend = new TestBackend();
  await backend.start();
  told = [];
});

afterEach(async () => {
  await forwarder.stop();
  await backend.stop();
  expect(forwarder.depth).toEqual({ requests: 0, bytes: 0 });
});

function start(change: Partial<OtlpForwarderSettings> = {}): void {
  forwarder = createOtlpForwarder({
    endpoint: new URL(`http://127.0.0.1:${backend.port}/otlp/`),
    signals: ["traces", "logs"],
    headers: { authorization: "Bearer of-this-house" },
    compression: "gzip",
    timeoutMs: 5000,
    retry: { initialIntervalMs: 5, maxIntervalMs: 20, maxElapsedMs: 60_000 },
    queue: { maxBytes: 1000, consumers: 2 },
    graceMs: 3000,
    events: {
      sent: (signal) => told.push(`sent ${signal}`),
      dropped: (signal, reason) => told.push(`dropped ${signal} ${reason}`),
      failed: (signal) => told.push(`failed ${signal}`),
      rejected: (signal, items) => told.push(`rejected ${signal} ${items}`),
    },
    log: createLogger("collector", "silent"),
    now: Date.now,
    random: () => 0.5,
    ...change,
  });
}

const offer = (text: string, signal: Signal = "traces") =>
  forwarder.offer({ signal, encoding: "protobuf", body: Buffer.from(text) });
const until = (count: number) =>
  waitFor(() => told.length >= count, { what: `${count} outcomes of ${told}` });
const bodies = () => backend.received.map(({ body }) => body);

describe("a backend that takes everything", () => {
  test("gets the bytes that came, compressed, under the endpoint's path, with the headers", async () => {
    start();
    offer("spans");
    forwarder.offer({ signal: "logs", encoding: "json", body: Buffer.from("{}") });
    await until(2);
    expect(told.sort()).toEqual(["sent logs", "sent traces"]);
    expect(backend.received.map(({ path, body }) => `${path} ${body}`).sort()).toEqual([
      "/otlp/v1/logs {}",
      "/otlp/v1/traces spans",
    ]);
    for (const { path, headers } of backend.received)
      expect(headers).toMatchObject({
        "content-type": path.endsWith("logs") ? "application/json" : "application/x-protobuf",
        "content-encoding": "gzip",
        authorization: "Bearer of-this-house",
      });
  });

  test("gets them as they are where it wants no compression", async () => {
    start({ compression: "none" });
    offer("spans");
    await until(1);
    expect(bodies()).toEqual(["spans"]);
    expect(backend.received[0]?.headers["content-encoding"]).toBeUndefined();
  });

  test("gets no signal that it is not to get", async () => {
    start();
    offer("points", "metrics");
    offer("spans");
    await until(1);
    expect([bodies(), told]).toEqual([["spans"], ["sent traces"]]);
  });
});

test("what a backend takes only in part is sent, and the rest counted", async () => {
  backend.answer = (_, response) =>
    void response.end(encodeResponse("traces", { rejected: 3, errorMessage: "too old" }, "protobuf"));
  start();
  offer("spans");
  await until(2);
  expect(told).toEqual(["sent traces", "rejected traces 3"]);
});

test("what a backend refuses is dropped, and not sent again", async () => {
  backend.answer = (_, response) =>
    void response.writeHead(400).end(encodeStatus({ code: 3, message: "no spans, please" }, "protobuf"));
  start();
  offer("spans");
  await until(1);
  expect([told, backend.received.length]).toEqual([["dropped traces refused"], 1]);
});

const failOnce = (fail: (response: ServerResponse) => void) => {
  backend.answer = (_, response) => {
    if (backend.received.length === 1) fail(response);
    else response.end();
  };
};

test.each([429, 502, 503, 504])("after %i it is sent again", async (status) => {
  failOnce((response) => response.writeHead(status).end());
  start();
  offer("spans");
  await until(2);
  expect([told, bodies()]).toEqual([
    ["failed traces", "sent traces"],
    ["spans", "spans"],
  ]);
});

test("not before the backend's Retry-After, and others wait for that, too", async () => {
  failOnce((response) => response.writeHead(503, { "retry-after": "1" }).end());
  start({
    queue: { maxBytes: 1000, consumers: 1 },
    retry: { initialIntervalMs: 1, maxIntervalMs: 1, maxElapsedMs: 0 },
  });
  const begin = performance.now();
  offer("a");
  offer("b");
  await until(3);
  // Its clock counts whole milliseconds.
  expect(performance.now() - begin).toBeGreaterThan(990);
  expect([told, bodies()]).toEqual([
    ["failed traces", "sent traces", "sent traces"],
    ["a", "a", "b"],
  ]);
});

test("gives up when the backend asks to come back later than there is time for", async () => {
  backend.answer = (_, response) => void response.writeHead(503, { "retry-after": "3600" }).end();
  start();
  offer("spans");
  await until(2);
  expect(told).toEqual(["failed traces", "dropped traces gave_up"]);
});

test("a backend that does not answer in time is tried again", async () => {
  const held: ServerResponse[] = [];
  failOnce((response) => held.push(response));
  start({ timeoutMs: 100 });
  offer("spans");
  await until(2);
  expect([told, bodies()]).toEqual([
    ["failed traces", "sent traces"],
    ["spans", "spans"],
  ]);
});

test("a dead backend gets everything when it is back, in order", async () => {
  await backend.stop();
  start({ queue: { maxBytes: 1000, consumers: 1 } });
  for (const text of ["a", "b", "c"]) offer(text);
  await until(3);
  expect(new Set(told)).toEqual(new Set(["failed traces"]));
  await backend.start();
  await waitFor(() => told.filter((what) => what === "sent traces").length === 3, { what: "all to be sent" });
  expect(bodies()).toEqual(["a", "b", "c"]);
});

test("whoever offers waits for nothing; what finds no room is dropped", async () => {
  const held: ServerResponse[] = [];
  backend.answer = (_, response) => void held.push(response);
  start({ queue: { maxBytes: 10, consumers: 1 } });
  offer("12345");
  offer("67890");
  expect(forwarder.depth).toEqual({ requests: 2, bytes: 10 });
  offer("!");
  expect(told).toEqual(["dropped traces queue_full"]);
  const [first] = await waitFor(() => (held.length > 0 ? held : undefined), { what: "the first request" });
  backend.answer = (_, response) => void response.end();
  first?.end();
  await until(3);
  expect([told.slice(1), bodies()]).toEqual([
    ["sent traces", "sent traces"],
    ["12345", "67890"],
  ]);
  offer("!");
  await until(4);
  expect(bodies()).toContain("!");
});

describe("when it stops", () => {
  test("what waits is delivered first", async () => {
    const held: ServerResponse[] = [];
    backend.answer = (_, response) => void held.push(response);
    start({ queue: { maxBytes: 1000, consumers: 1 } });
    offer("a");
    offer("b");
    await waitFor(() => held.length === 1, { what: "the first request" });
    backend.answer = (_, response) => void response.end();
    const stopped = forwarder.stop();
    offer("c");
    held[0]?.end();
    await stopped;
    expect([told, bodies()]).toEqual([
      ["dropped traces stopped", "sent traces", "sent traces"],
      ["a", "b"],
    ]);
  });

  test("a dead backend is tried once more and not waited for", async () => {
    await backend.stop();
    start({ retry: { initialIntervalMs: 60_000, maxIntervalMs: 60_000, maxElapsedMs: 0 }, graceMs: 60_000 });
    offer("a");
    await until(1);
    await forwarder.stop();
    expect(told).toEqual(["failed traces", "dropped traces stopped"]);
  });

  test("a backend that does not answer gets its grace, and no more", async () => {
    backend.answer = () => {};
    start({ queue: { maxBytes: 1000, consumers: 1 }, timeoutMs: 60_000, graceMs: 50 });
    offer("a");
    offer("b");
    await waitFor(() => backend.received.length === 1, { what: "the first request" });
    await forwarder.stop();
    expect(told.filter((what) => what.startsWith("dropped"))).toEqual([
      "dropped traces stopped",
      "dropped traces stopped",
    ]);
  });
});
