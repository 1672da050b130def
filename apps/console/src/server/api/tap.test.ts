import { type AccessLogRecord, openSql } from "@weir/store";
import { freePort, waitFor } from "@weir/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createSlots } from "../slots.ts";
import { type ConsoleForTest, consoleForTest } from "../testing/console-for-test.ts";
import { answerStream } from "./serve-stream.ts";
import { type TapEvent, tap } from "./tap.ts";
import { describes } from "./testing/described-as.ts";

let mesh: ConsoleForTest;
beforeAll(async () => {
  mesh = await consoleForTest();
});
afterAll(() => mesh.close());

/** A request of cart to payments, now. */
const log = (over: Partial<AccessLogRecord>): AccessLogRecord => ({
  ...{ timeNs: BigInt(Date.now()) * 1_000_000n, reporter: "source", protocol: "http", method: "POST" },
  source: { namespace: "shop", service: "cart", version: "v1" },
  destination: { namespace: "shop", service: "payments", version: "v2" },
  ...{ path: "/pay", status: 200, flag: "", durationNs: 5_000_000n, upstreamNs: 4_000_000n },
  ...{ requestBytes: 10n, responseBytes: 20n, decisions: [] },
  ...over,
});

const ask = (query: string, headers: Record<string, string> = {}, context = mesh.context) =>
  answerStream(tap, new Request(`http://localhost:3000/api/v1/tap${query}`, { headers }), context);

/** The pieces of a stream, as they are sent: one event each. */
async function* piecesOf(response: Response): AsyncGenerator<string> {
  const body: AsyncIterable<Uint8Array> | Iterable<never> = response.body ?? [];
  for await (const bytes of body) yield Buffer.from(bytes).toString();
}

async function nextEvent(pieces: AsyncGenerator<string>): Promise<TapEvent> {
  return JSON.parse((await pieces.next()).value);
}

test("requests come as lines, those that are meant, until the asker leaves", async () => {
  const response = await ask("?status=5xx&destination=shop/payments");
  expect(response.headers.get("content-type")).toBe("application/x-ndjson");
  const pieces = piecesOf(response);
  const alive = await nextEvent(pieces);
  expect(alive).toMatchObject({ kind: "alive" });
  let event: TapEvent | undefined;
  const next = nextEvent(pieces).then((told) => {
    event = told;
  });
  // What was there before the tail looked for the first time is not new: so they come more than once.
  await waitFor(
    async () => {
      await mesh.commit({
        accessLogs: [log({ path: "/fine" }), log({ path: "/failed", status: 503, flag: "UO" })],
      });
      return event !== undefined;
    },
    { what: "the request to be told" },
  );
  await next;
  expect(event).toMatchObject({
    ...{ kind: "request", path: "/failed", status: 503, flag: "UO", seconds: 0.005, traceId: null },
    destination: { namespace: "shop", name: "payments", version: "v2" },
  });
  for (const one of [alive, event]) expect(describes(tap, 200, one)).toBe("as described");
  expect(describes(tap, 200, { ...event, status: undefined })).not.toBe("as described");
  await pieces.return(undefined);
});

test("they come as server-sent events for who asks so", async () => {
  const response = await ask("", { accept: "text/event-stream" });
  expect(response.headers.get("content-type")).toBe("text/event-stream");
  const pieces = piecesOf(response);
  expect((await pieces.next()).value).toMatch(/^event: alive\ndata: \{"kind":"alive",.*\}\n\n$/);
  await pieces.return(undefined);
});

test("a console that stops says so, and ends the stream", async () => {
  const stopping = new AbortController();
  const changes = { ...mesh.context.changes, closed: stopping.signal };
  const pieces = piecesOf(await ask("", {}, { ...mesh.context, changes }));
  await pieces.next();
  stopping.abort();
  const event = await nextEvent(pieces);
  expect(event).toEqual({ kind: "end", detail: "the console stops" });
  expect(describes(tap, 200, event)).toBe("as described");
  expect(await pieces.next()).toMatchObject({ done: true });
});

test("as many as there is room for, of those that are still there", async () => {
  const context = { ...mesh.context, tapSlots: createSlots(1) };
  const first = await ask("", {}, context);
  const refused = await ask("", {}, context);
  expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "2"]);
  expect(await refused.json()).toMatchObject({ type: "urn:weir:problem:busy" });
  await first.body?.cancel(); // before anything of it was read
  const next = await ask("", {}, context);
  expect(next.status).toBe(200);
  await next.body?.cancel();
});

test.each`
  query                | parameter        | says
  ${"?status=6xx"}     | ${"status"}      | ${"5xx"}
  ${"?source=cart"}    | ${"source"}      | ${"namespace/name"}
  ${"?minDuration=5"}  | ${"minDuration"} | ${"unit"}
  ${"?decision=maybe"} | ${"decision"}    | ${"would-act"}
  ${"?colour=red"}     | ${"colour"}      | ${"not a parameter"}
`("$query is refused, naming $parameter", async ({ query, parameter, says }) => {
  const response = await ask(query);
  const body = await response.json();
  expect(response.status).toBe(400);
  expect(body.errors).toEqual([{ parameter, detail: expect.stringContaining(says) }]);
  expect(describes(tap, 400, body)).toBe("as described");
});

test("a database that is away is 503, and no stream", async () => {
  const sql = openSql(`postgres://weir:secret@127.0.0.1:${await freePort()}/weir`, {
    applicationName: "test",
  });
  const response = await ask("", {}, { ...mesh.context, sql });
  await sql.end();
  expect(response.status).toBe(503);
  expect(describes(tap, 503, await response.json())).toBe("as described");
});
