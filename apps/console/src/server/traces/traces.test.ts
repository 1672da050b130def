import type { SpanRecord } from "@weir/store";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ConsoleForTest, consoleForTest } from "../testing/console-for-test.ts";
import type { TraceColumns } from "./trace-columns.ts";

let mesh: ConsoleForTest;
const nowMs = Date.UTC(2026, 10, 1, 10, 30);
const traceId = "0af7651916cd43dd8448eb211c80319c";
const caller = { namespace: "shop", service: "checkout", version: "v1" };
const callee = { namespace: "shop", service: "payments", version: "v1" };

const ns = (ms: number) => BigInt(ms) * 1_000_000n;

function span(over: Partial<SpanRecord>): SpanRecord {
  return {
    traceId,
    spanId: "00000000000000c1",
    service: { namespace: "shop", name: "checkout", version: "v1" },
    resource: { "service.name": "checkout" },
    operation: "POST payments",
    kind: 3,
    status: 0,
    startNs: ns(nowMs - 60_000),
    durationNs: ns(50),
    attributes: { "weir.reporter": "source", "weir.upstream_ns": 48_000_000, "url.path": "/charges" },
    ...over,
  };
}

const decision = {
  policy: "payments-canary",
  kind: "canary",
  revision: 1,
  mode: "observe",
  verdict: "version=v2",
  wouldAct: true,
  acted: false,
  reason: "weights",
};

beforeAll(async () => {
  mesh = await consoleForTest();
  const server = span({
    spanId: "00000000000000c2",
    parentSpanId: "00000000000000c1",
    service: { namespace: "shop", name: "payments", version: "v1" },
    operation: "POST",
    kind: 2,
    status: 2,
    statusMessage: "UH",
    startNs: ns(nowMs - 59_998),
    durationNs: ns(40),
    events: [{ timeNs: ns(nowMs - 59_990), name: "declined", attributes: { code: 51 } }],
  });
  const others = Array.from({ length: 60 }, (_, i) =>
    span({ traceId: (i + 1).toString(16).padStart(32, "0"), startNs: ns(nowMs - 120_000 - i * 1_000) }),
  );
  await mesh.commit({
    spans: [span({}), server, ...others],
    accessLogs: [
      {
        ...{ timeNs: ns(nowMs - 60_000), traceId, spanId: "00000000000000c1", reporter: "source" },
        ...{ source: caller, destination: callee, protocol: "http", method: "POST", path: "/charges" },
        ...{ status: 503, flag: "UH", durationNs: 1n, upstreamNs: 1n, requestBytes: 0, responseBytes: 0 },
        decisions: [decision],
      },
    ],
  });
});
afterAll(() => mesh.close());

const procedures = () => mesh.as({ now: () => nowMs }).traces;

test("searching pages backwards from the newest, without a gap or a repeat", async () => {
  const first = await procedures().search({ length: "5m" });
  expect(first.traces[0]).toMatchObject({
    ...{ traceId, service: "checkout", operation: "POST payments", path: "/charges", rootMissing: false },
    ...{ spans: 2, errors: 1, durationNs: 50_000_000, startMs: nowMs - 60_000 },
  });
  expect(first.traces[0]?.services.toSorted()).toEqual(["checkout", "payments"]);
  const second = await procedures().search({ length: "5m", untilMs: first.untilMs, cursor: first.next });
  expect(second.next).toBeUndefined();
  const ids = [...first.traces, ...second.traces].map((trace) => trace.traceId);
  expect([ids.length, new Set(ids).size]).toEqual([61, 61]);
});

test.each`
  filter                                                                                         | found
  ${{ errorsOnly: true }}                                                                        | ${1}
  ${{ service: { namespace: "shop", service: "payments" } }}                                     | ${1}
  ${{ service: { service: "payments" } }}                                                        | ${1}
  ${{ service: { service: "payments" }, version: "v2" }}                                         | ${0}
  ${{ service: { namespace: "infra", service: "payments" } }}                                    | ${0}
  ${{ service: { service: "nobody" } }}                                                          | ${0}
  ${{ service: { namespace: "shop", service: "checkout" }, minDurationMs: 50 }}                  | ${50}
  ${{ minDurationMs: 50.000001 }}                                                                | ${0}
  ${{ maxDurationMs: 49.999999 }}                                                                | ${0}
  ${{ maxDurationMs: 50 }}                                                                       | ${50}
  ${{ service: { service: "payments" }, operation: "POST" }}                                     | ${1}
  ${{ service: { service: "payments" }, operation: "GET" }}                                      | ${0}
  ${{ service: { service: "payments" }, caller: { service: "checkout" } }}                       | ${1}
  ${{ service: { service: "payments" }, caller: { service: "payments" } }}                       | ${0}
  ${{ attributes: [{ name: "url.path", value: "/charges" }], service: { service: "payments" } }} | ${1}
  ${{ attributes: [{ name: "url.path", value: "/refunds" }] }}                                   | ${0}
  ${{ text: "CHARGES", errorsOnly: true }}                                                       | ${1}
  ${{ text: "nowhere to be found" }}                                                             | ${0}
`("searching by $filter finds $found on its first page", async ({ filter, found }) => {
  expect((await procedures().search({ length: "5m", ...filter })).traces).toHaveLength(found);
});

test("the form is offered the services with their operations", async () => {
  expect(await procedures().operations({ length: "5m" })).toEqual([
    { namespace: "shop", service: "checkout", operations: ["POST payments"] },
    { namespace: "shop", service: "payments", operations: ["POST"] },
  ]);
});

test("a trace comes as columns, with its sidecars' marks and without its attributes", async () => {
  const trace = await procedures().byId({ traceId: traceId.toUpperCase() });
  expect(trace).toMatchObject({ found: true, traceId, startMs: nowMs - 60_000, endMs: nowMs - 59_950 });
  const columns: TraceColumns = JSON.parse(trace.found ? trace.columns : "");
  expect(columns).toEqual({
    services: [
      ["shop", "checkout", "v1"],
      ["shop", "payments", "v1"],
    ],
    operations: [
      [0, "POST payments"],
      [1, "POST"],
    ],
    ids: "00000000000000c100000000000000c2",
    ...{ paths: ["/charges"], flags: [], strangers: [], parents: [-1, 0], operation: [0, 1] },
    ...{ kindAndStatus: [3, 18], startNs: [0, 2_000_000], durationNs: [50_000_000, 40_000_000] },
    more: [[1, 1, 0]],
    marks: expect.arrayContaining([
      [0, 0, 1, 48_000_000, -1],
      [1, 0, 1, 48_000_000, -1],
    ]),
  });
});

test("what the sidecars wrote down comes by itself, with the decisions", async () => {
  const { requests, logs, isWhole } = await procedures().logs({ traceId });
  expect([logs, isWhole]).toEqual([[], true]);
  expect(requests).toEqual([
    {
      ...{ spanId: "00000000000000c1", reporter: "source", source: "checkout", destination: "payments" },
      ...{ method: "POST", path: "/charges", status: 503, flag: "UH", durationNs: 1, upstreamNs: 1 },
      ...{ requestBytes: 0, responseBytes: 0, decisions: [decision] },
    },
  ]);
});

test.each(["ffffffffffffffffffffffffffffffff", "not hexadecimal", ""])(
  "trace %o is not found, and that is an answer",
  async (id) => {
    expect(await procedures().byId({ traceId: id })).toEqual({ found: false });
  },
);

test("a span opens with attributes, events and links", async () => {
  const opened = await procedures().span({ traceId, spanId: "00000000000000c1", kind: 3 });
  expect(opened.links).toEqual([]);
  expect(opened.attributes).toMatchObject({ "url.path": "/charges" });
  const failed = await procedures().span({ traceId, spanId: "00000000000000c2", kind: 2 });
  expect(failed).toMatchObject({
    statusMessage: "UH",
    events: [{ name: "declined", afterNs: 8_000_000, attributes: { code: 51 } }],
    resource: { "service.name": "checkout" },
  });
});

test.each`
  asked                                      | spans
  ${{ name: "url.path", value: "/charges" }} | ${["00000000000000c13", "00000000000000c22"]}
  ${{ value: "uh" }}                         | ${["00000000000000c22"]}
  ${{ name: "url.path", value: "/refunds" }} | ${[]}
`("$asked is held by $spans of the trace", async ({ asked, spans }) => {
  const held = await procedures().holding({ traceId: traceId.toUpperCase(), ...asked });
  expect((held.spans.match(/.{17}/g) ?? []).toSorted()).toEqual(spans);
});

test("a span that is not in the trace is refused by name", async () => {
  await expect(procedures().span({ traceId, spanId: "00000000000000ff", kind: 3 })).rejects.toThrow(
    "no span 00000000000000ff in this trace",
  );
});
