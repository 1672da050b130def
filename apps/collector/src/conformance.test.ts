import { once } from "node:events";
import { request as httpRequest, type IncomingMessage } from "node:http";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { DiagLogLevel, diag } from "@opentelemetry/api";
import { ZipkinExporter } from "@opentelemetry/exporter-zipkin";
import {
  contentTypes,
  decodeResponse,
  decodeStatus,
  type Encoding,
  encodeLogs,
  encodeMetrics,
  encodeTraces,
  rpcCode,
  type Signal,
} from "@weir/telemetry/otlp";
import { waitFor } from "@weir/testkit";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { maxMessageBytes } from "./receivers/grpc/grpc-receiver.ts";
import { framed, grpcHead, http2Call, http2Connection } from "./receivers/grpc/testing/raw-http2.ts";
import { exportPath } from "./receivers/grpc/testing/test-receiver.ts";
import { maxBodyBytes } from "./receivers/read-body.ts";
import { exportSpans, sharedAttributes } from "./testing/conformance/export-by-sdk.ts";
import { unaccounted } from "./testing/conformance/item-ledger.ts";
import {
  compressions,
  officialExporters,
  protocols,
  signals,
} from "./testing/conformance/official-exporters.ts";
import { WholeCollector } from "./testing/conformance/whole-collector.ts";
import { nowNs, spanBody } from "./testing/test-collector.ts";

/**
 * What a receiver of OpenTelemetry owes its senders, line by line (OTLP specification 1.x, Zipkin's API v2): from
 * OpenTelemetry's own exporters, or bytes where those are too well-behaved, to rows in the database.
 */
const bench = new WholeCollector();

const encodings: readonly Encoding[] = ["protobuf", "json"];
const ok = { code: 0 };
/** What the exporters, which read every answer with a codec of their own, had to say about it. */
let remarks: string[];

beforeEach(() => {
  remarks = [];
  const remark = (...said: unknown[]): void => void remarks.push(said.join(" "));
  const silent = () => {};
  diag.setLogger(
    { error: remark, warn: remark, info: silent, debug: silent, verbose: silent },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
});
afterEach(() => diag.disable());

/** A request with one log record. */
const logBody = (body: string): Buffer =>
  encodeLogs(
    { resourceLogs: [{ scopeLogs: [{ logRecords: [{ timeUnixNano: nowNs(), body }] }] }] },
    "protobuf",
  );
/** A request with nothing in it. */
const emptyBody = (signal: Signal, encoding: Encoding): Buffer =>
  ({ traces: encodeTraces, metrics: encodeMetrics, logs: encodeLogs })[signal]({}, encoding);

describe("all signals over HTTP and gRPC, protobuf and JSON on one port, plain and compressed", () => {
  const kinds = { traces: "2", metrics: "exponential-histogram/cumulative", logs: "17" };

  test.each(protocols.flatMap((protocol) => compressions.map((compression) => ({ protocol, compression }))))(
    "the official exporters by $protocol, compression $compression",
    async (by) => {
      await bench.startWhole();
      for (const signal of signals) {
        const name = `${signal}.${by.compression}.${by.protocol.replace("/", "_")}`;
        expect(await bench.exportBySdk({ ...by, signal, name, count: 20 })).toEqual(ok);
        expect(await bench.stored(signal, name)).toEqual(
          Array.from({ length: 20 }, (_, i) => ({
            service: "conformance/conforming@v1",
            kind: kinds[signal],
            attributes: expect.objectContaining({ ...sharedAttributes, i }),
          })),
        );
      }
      // Among them would be a partial success that is set although everything was taken.
      expect(remarks).toEqual([]);
    },
  );

  test.each(encodings)("the answer's Content-Type is the request's, %s", async (encoding) => {
    await bench.startWhole();
    for (const signal of signals) {
      const { status, headers } = await bench.post(signal, emptyBody(signal, encoding), encoding);
      expect([status, headers.get("content-type")]).toEqual([200, contentTypes[encoding]]);
    }
  });

  test("zstd, too", async () => {
    await bench.startWhole();
    const headers = { "content-type": contentTypes.protobuf, "content-encoding": "zstd" };
    const body = new Uint8Array(zstdCompressSync(spanBody("by zstd", 3)));
    expect((await fetch(bench.url("/v1/traces"), { method: "POST", headers, body })).status).toBe(200);
    expect(await bench.countSpans("by zstd")).toBe(3);
  });
});

describe("the limit holds after decompression", () => {
  /** One log record, and so much of a field of tomorrow (number 15) that the whole has this length. */
  const bodyOf = (bytes: number): Buffer => {
    const body = logBody("large");
    const field = Buffer.alloc(bytes - body.length);
    let length = field.length - 5;
    field[0] = (15 << 3) | 2;
    for (let i = 1; i <= 4; i++, length >>>= 7) field[i] = (length & 0x7f) | (i < 4 ? 0x80 : 0);
    return Buffer.concat([body, field]);
  };

  test.each([false, true])("HTTP takes 20 MiB and no byte more (compressed: %s)", async (compressed) => {
    const pack = (body: Buffer) => new Uint8Array(compressed ? gzipSync(body, { level: 1 }) : body);
    const [fits, exceeds] = [pack(bodyOf(maxBodyBytes)), pack(bodyOf(maxBodyBytes + 1))];
    const headers = {
      "content-type": contentTypes.protobuf,
      ...(compressed ? { "content-encoding": "gzip" } : {}),
    };
    await bench.startWhole();
    const post = (body: BodyInit) => fetch(bench.url("/v1/logs"), { method: "POST", headers, body });
    expect((await post(fits)).status).toBe(200);
    const refused = await post(exceeds);
    expect(refused.status).toBe(413);
    expect(decodeStatus(await refused.bytes(), "protobuf").code).toBe(rpcCode.resourceExhausted);
  });

  test.each(["identity", "gzip"] as const)("gRPC takes 4 MiB and no byte more (%s)", async (coding) => {
    await bench.startWhole();
    expect(await bench.call("logs", bodyOf(maxMessageBytes), coding)).toMatchObject(ok);
    const refused = await bench.call("logs", bodyOf(maxMessageBytes + 1), coding);
    // Without RetryInfo that is final: the same message would be as large again.
    expect(refused).toMatchObject({ code: rpcCode.resourceExhausted, details: undefined });
  });

  test.each`
    protocol           | limit              | code
    ${"http/json"}     | ${maxBodyBytes}    | ${413}
    ${"http/protobuf"} | ${maxBodyBytes}    | ${413}
    ${"grpc"}          | ${maxMessageBytes} | ${rpcCode.resourceExhausted}
  `("the official exporter by $protocol is told once, and does not try again", async (by) => {
    await bench.startWhole();
    const name = "x".repeat(by.limit + 1);
    const sent = { protocol: by.protocol, signal: "logs", compression: "gzip", name, count: 1 } as const;
    expect(await bench.exportBySdk(sent)).toMatchObject({ code: 1, error: { code: by.code } });
    expect(await bench.metrics()).toMatch(
      /^weir_collector_(requests_total\{signal="logs",status="413"|grpc_requests_total\{method="logs",status="RESOURCE_EXHAUSTED")\} 1$/m,
    );
  });

  // Whoever inflates all of it finds that its end is missing, and calls it malformed.
  const bomb = (bytes: number): Buffer => gzipSync(Buffer.alloc(bytes), { level: 1 }).subarray(0, -4);

  test("a bomb is cut off while it inflates, and before all of it has come", async () => {
    await bench.startWhole();
    const post = async (body: Buffer) => {
      const headers = { "content-type": contentTypes.protobuf, "content-encoding": "gzip" };
      const sending = httpRequest(bench.url("/v1/logs"), { method: "POST", agent: false, headers });
      sending.write(body);
      if (body.length < 1000) sending.end();
      const [response] = (await once(sending, "response")) as [IncomingMessage];
      sending.on("error", () => {}).destroy();
      return response.statusCode;
    };
    expect([await post(bomb(1000)), await post(bomb(2 * maxBodyBytes))]).toEqual([400, 413]);
  });

  test("over gRPC as well", async () => {
    await bench.startWhole();
    const session = http2Connection(bench.collector.grpcPort ?? 0);
    const head = grpcHead(exportPath.logs, { "grpc-encoding": "gzip" });
    const statusOf = async (bytes: number) =>
      Number((await http2Call(session, head, framed(bomb(bytes), 1)))["grpc-status"]);
    expect([await statusOf(1000), await statusOf(2 * maxMessageBytes)]).toEqual([
      rpcCode.invalidArgument,
      rpcCode.resourceExhausted,
    ]);
    session.destroy();
  });
});

describe("partial success", () => {
  const good = { traceId: "0af7651916cd43dd8448eb211c80319c", name: "in part", startTimeUnixNano: nowNs() };
  const spans = [
    { ...good, spanId: "b7ad6b7169203331" },
    { ...good, spanId: "" },
    { ...good, spanId: "b7ad6b7169203332", traceId: "00000000000000000000000000000000" },
  ].map((span) => ({ ...span, endTimeUnixNano: good.startTimeUnixNano }));
  const partial = (encoding: Encoding): Buffer =>
    encodeTraces({ resourceSpans: [{ scopeSpans: [{ spans }] }] }, encoding);
  const told = { rejected: 2, errorMessage: expect.stringMatching(/^1 rejected: .*; 1 rejected: /) };

  test.each(encodings)("is unset when all is taken, an empty request included: %s", async (encoding) => {
    await bench.startWhole();
    for (const signal of signals) {
      const { status, body } = await bench.post(signal, emptyBody(signal, encoding), encoding);
      expect([status, decodeResponse(signal, body, encoding)]).toEqual([200, undefined]);
      const answer = await bench.call(signal, Buffer.alloc(0));
      expect(answer).toMatchObject({ ...ok, body: Buffer.alloc(0) });
    }
    const { body } = await bench.post("traces", spanBody("whole", 1, {}, encoding), encoding);
    expect(decodeResponse("traces", body, encoding)).toBeUndefined();
  });

  test.each(encodings)("tells the count and the reasons of what is rejected: %s", async (encoding) => {
    await bench.startWhole();
    const { status, body } = await bench.post("traces", partial(encoding), encoding);
    expect([status, decodeResponse("traces", body, encoding)]).toEqual([200, told]);
    expect(await bench.settledLedger("traces")).toMatchObject({ received: 3, committed: 1, rejected: 2 });
  });

  test("over gRPC as well", async () => {
    await bench.startWhole();
    const answer = await bench.call("traces", partial("protobuf"));
    expect(answer).toMatchObject(ok);
    expect(decodeResponse("traces", answer.body ?? Buffer.alloc(0), "protobuf")).toEqual(told);
  });

  test.each(protocols)("is understood by the official exporter by %s", async (protocol) => {
    await bench.startWhole();
    const exporter = new officialExporters.traces[protocol]({ url: bench.urlOf(protocol, "traces") });
    const idGenerator = {
      generateTraceId: () => good.traceId,
      generateSpanId: () => "0000000000000000",
    };
    expect(await exportSpans(exporter, "without ids", 4, { idGenerator })).toEqual(ok);
    expect(remarks).toEqual([
      expect.stringMatching(/^Received Partial Success response: .*"rejectedSpans":"?4\b.*"4 rejected: /),
    ]);
  });
});

describe("every 4xx and 5xx is a Status in the request's encoding", () => {
  test.each`
    method    | path              | headers                         | body       | status | code
    ${"POST"} | ${"/v1/traces"}   | ${{}}                           | ${"{ cut"} | ${400} | ${rpcCode.invalidArgument}
    ${"POST"} | ${"/v1/profiles"} | ${{}}                           | ${""}      | ${404} | ${rpcCode.notFound}
    ${"PUT"}  | ${"/v1/logs"}     | ${{}}                           | ${""}      | ${405} | ${rpcCode.unimplemented}
    ${"POST"} | ${"/v1/metrics"}  | ${{ "content-encoding": "br" }} | ${"x"}     | ${415} | ${rpcCode.invalidArgument}
  `("$status", async ({ method, path, headers, body, status, code }) => {
    await bench.startWhole();
    for (const encoding of encodings) {
      const type = contentTypes[encoding];
      const sent = { method, headers: { "content-type": type, ...headers }, body };
      const response = await fetch(bench.url(path), sent);
      expect([response.status, response.headers.get("content-type")]).toEqual([status, type]);
      const answered = decodeStatus(await response.bytes(), encoding);
      expect(answered).toEqual({ code, message: expect.stringMatching(/\w/) });
    }
  });

  test("in JSON, which people can read, where the request has no encoding that is known here", async () => {
    await bench.startWhole();
    const headers = { "content-type": "text/plain" };
    const response = await fetch(bench.url("/v1/traces"), { method: "POST", headers, body: "x" });
    expect([response.status, response.headers.get("content-type")]).toEqual([415, contentTypes.json]);
    expect(decodeStatus(await response.bytes(), "json").message).toMatch(/^Content-Type text\/plain/);
  });

  test("over gRPC what cannot be decoded is INVALID_ARGUMENT", async () => {
    await bench.startWhole();
    for (const signal of signals)
      expect(await bench.call(signal, Buffer.from("no protobuf"))).toMatchObject({
        code: rpcCode.invalidArgument,
        details: undefined,
      });
  });
});

describe("the database is away", () => {
  const byHttp = protocols.filter((protocol) => protocol !== "grpc");
  const name = (signal: Signal, by: string): string => `away.${signal}.${by.replace("/", "_")}`;

  test("503 with Retry-After, UNAVAILABLE with RetryInfo, and never 500", async () => {
    await bench.startWhole();
    await bench.relay.cut();
    // The first to come finds it out; those after it are not even read.
    expect((await bench.post("traces", spanBody("away"))).status).toBe(503);
    for (const signal of signals) {
      for (const encoding of encodings) {
        const { status, headers, body } = await bench.post(signal, emptyBody(signal, encoding), encoding);
        expect([status, headers.get("retry-after")]).toEqual([503, "2"]);
        expect(decodeStatus(body, encoding).code).toBe(rpcCode.unavailable);
      }
      expect(await bench.call(signal, Buffer.alloc(0))).toMatchObject({
        code: rpcCode.unavailable,
        details: { retryDelayMs: 2000 },
      });
    }
    const zipkin = await bench.postZipkin([]);
    expect([zipkin.status, zipkin.headers.get("retry-after")]).toEqual([503, "2"]);
  });

  test("the official exporters try again, and deliver once it is back", async () => {
    await bench.startWhole();
    await bench.relay.cut();
    const exports = signals.flatMap((signal) =>
      byHttp.map((protocol) =>
        bench.exportBySdk({ signal, protocol, compression: "gzip", name: name(signal, protocol), count: 3 }),
      ),
    );
    await waitFor(async () => (await bench.answers(503)) >= exports.length, { what: "all to be told" });
    await bench.relay.restore();
    expect(await Promise.all(exports)).toEqual(exports.map(() => ok));
    for (const signal of signals)
      for (const protocol of byHttp)
        expect(await bench.stored(signal, name(signal, protocol))).toHaveLength(3);
  });

  test("over gRPC, where OpenTelemetry's exporters for Node leave trying again to their owner, too", async () => {
    await bench.startWhole();
    await bench.relay.cut();
    const send = (signal: Signal) =>
      bench.exportBySdk({
        signal,
        protocol: "grpc",
        compression: "none",
        name: name(signal, "grpc"),
        count: 3,
      });
    for (const signal of signals)
      expect(await send(signal)).toMatchObject({ code: 1, error: { code: rpcCode.unavailable } });
    await bench.relay.restore();
    await waitFor(() => bench.isReady(), { what: "the database to be back" });
    for (const signal of signals) {
      expect(await send(signal)).toEqual(ok);
      expect(await bench.stored(signal, name(signal, "grpc"))).toHaveLength(3);
    }
  });

  test("with a spool all are acknowledged at once, and their rows are there when it is back", async () => {
    await bench.startWhole({ spool: true });
    await bench.relay.cut();
    const spooled = (signal: Signal, by: string): string => `spooled.${name(signal, by)}`;
    for (const signal of signals)
      for (const protocol of protocols) {
        const sent = {
          signal,
          protocol,
          compression: "none",
          name: spooled(signal, protocol),
          count: 3,
        } as const;
        expect(await bench.exportBySdk(sent)).toEqual(ok);
        expect(await bench.stored(signal, sent.name)).toEqual([]);
      }
    const zipkin = new ZipkinExporter({ url: bench.zipkinUrl });
    expect(await exportSpans(zipkin, spooled("traces", "zipkin"), 3)).toEqual(ok);
    await bench.relay.restore();
    const ledger = await bench.settledLedger();
    expect(ledger).toMatchObject({ received: 30, committed: 30, spooled: 30, drained: 30 });
    for (const signal of signals)
      for (const by of [...protocols, ...(signal === "traces" ? ["zipkin"] : [])])
        expect(await bench.stored(signal, spooled(signal, by))).toHaveLength(3);
  });
});

describe("JSON as OTLP writes it", () => {
  const traceId = "5B8EfFf798038103d269b633813FC60C";
  const spanId = "EeE19b7eC3C1B174";
  const startNs = nowNs();
  /** Written by hand, as no encoder here would write it. */
  const span = (name: string, change: string): string => `{
    "traceId": "${traceId}", "spanId": "${spanId}", "parentSpanId": "EEE19B7EC3C1B173", "name": "${name}", "kind": 2,
    "startTimeUnixNano": "${startNs}", "endTimeUnixNano": "${startNs + 5n}", "status": { "code": 2 }${change} }`;
  const post = async (...spans: string[]) => {
    const body = `{ "resourceSpans": [{ "scopeSpans": [{ "spans": [${spans}] }] }] }`;
    const { status } = await bench.post("traces", Buffer.from(body), "json");
    return status;
  };

  test.each`
    what                              | change
    ${"hex ids in any case"}          | ${""}
    ${"unknown fields"}               | ${', "ofTomorrow": { "deep": [1, { "kind": 7 }] }, "another": null'}
    ${"names that are not camelCase"} | ${', "parent_span_id": "0000000000000001", "start_time_unix_nano": 7'}
  `("$what", async ({ what, change }) => {
    await bench.startWhole();
    expect(await post(span(what, change))).toBe(200);
    expect(
      await bench.sql`
        SELECT replace(trace_id::text, '-', '') AS trace, to_hex(span_id) AS span, to_hex(parent_span_id) AS parent,
          kind, status, start_ns::text AS start, duration_ns::int AS duration
        FROM span JOIN telemetry_operation o ON o.id = operation_id WHERE o.name = ${what}`,
    ).toEqual([
      {
        ...{ trace: traceId.toLowerCase(), span: spanId.toLowerCase(), parent: "eee19b7ec3c1b173" },
        ...{ kind: 2, status: 2, start: String(startNs), duration: 5 },
      },
    ]);
  });

  test("64-bit integers as texts and as numbers, exactly", async () => {
    await bench.startWhole();
    const big = 2n ** 53n + 1n;
    const attributes = `, "attributes": [
      { "key": "text", "value": { "intValue": "${big}" } }, { "key": "number", "value": { "intValue": 42 } }]`;
    const times = `, "startTimeUnixNano": ${startNs}, "endTimeUnixNano": ${startNs + 5n}`;
    expect(await post(span("integers", attributes), span("integers", attributes + times))).toBe(200);
    const [first, second] = await bench.stored("traces", "integers");
    expect(first?.attributes).toMatchObject({ number: 42 });
    expect(second).toEqual(first);
  });

  test("integer enums: what is none, and no name of one, is refused with its place", async () => {
    await bench.startWhole();
    const { status, body } = await bench.post(
      "traces",
      Buffer.from('{"resourceSpans":[{"scopeSpans":[{"spans":[{"kind":"2"}]}]}]}'),
      "json",
    );
    expect([status, decodeStatus(body, "json").message]).toEqual([
      400,
      expect.stringMatching(/^resourceSpans\[0\]\.scopeSpans\[0\]\.spans\[0\]\.kind /),
    ]);
  });
});

describe("Zipkin v2", () => {
  test("the official exporter delivers", async () => {
    await bench.startWhole();
    expect(await exportSpans(new ZipkinExporter({ url: bench.zipkinUrl }), "by zipkin", 20)).toEqual(ok);
    const stored = await bench.stored("traces", "by zipkin");
    expect(stored.map(({ service, kind, attributes }) => [service, kind, attributes.i])).toEqual(
      // Zipkin's tags are texts.
      Array.from({ length: 20 }, (_, i) => ["conformance/conforming@v1", "2", String(i)]),
    );
  });

  const us = Date.now() * 1000;
  const base = { traceId: "463ac35c9f6413ad48485a3953bb6124", id: "1", timestamp: us, duration: 1500 };
  const full = { trace: base.traceId, span: "1", start: String(us * 1000), duration: "1500000" };
  const short = { ...full, trace: "000000000000000048485a3953bb6124" };
  test.each`
    what                                    | spans                                                 | stored
    ${"microseconds"}                       | ${[base]}                                             | ${[full]}
    ${"64-bit trace ids"}                   | ${[{ ...base, traceId: "48485a3953bb6124" }]}         | ${[short]}
    ${"a shared span"}                      | ${[base, { ...base, kind: "SERVER", shared: true }]}  | ${[full, full]}
    ${"no duration"}                        | ${[{ ...base, duration: undefined }]}                 | ${[{ ...full, duration: "0" }]}
    ${"no timestamp, but one of its trace"} | ${[base, { ...base, id: "2", timestamp: undefined }]} | ${[full, { ...full, span: "2" }]}
    ${"nothing"}                            | ${[]}                                                 | ${[]}
  `("202: $what", async ({ what, spans, stored }) => {
    await bench.startWhole();
    const named = spans.map((span: object) => ({ ...span, name: what }));
    const response = await bench.postZipkin(named);
    expect([response.status, await response.text()]).toEqual([202, ""]);
    expect(
      await bench.sql`
        SELECT replace(trace_id::text, '-', '') AS trace, to_hex(span_id) AS span, start_ns::text AS start,
          duration_ns::text AS duration
        FROM span JOIN telemetry_operation o ON o.id = operation_id WHERE o.name = ${what} ORDER BY span_id`,
    ).toEqual(stored);
  });
});

test("accepted = committed + rejected, also after the database was cut off under load", async () => {
  await bench.startWhole();
  const rounds = 10;
  const count = 5;
  let delivered = 0;
  const byHttp = signals.flatMap((signal) =>
    (["http/json", "http/protobuf"] as const).map(async (protocol) => {
      for (let i = 0; i < rounds; i++, delivered++) {
        const name = `load.${signal}`;
        expect(await bench.exportBySdk({ signal, protocol, compression: "none", name, count })).toEqual(ok);
      }
    }),
  );
  /** The same bytes until they are taken, two thirds of them good. */
  const byGrpc = async () => {
    for (let i = 0; i < rounds; i++, delivered++) {
      const body = Buffer.concat([spanBody("load.traces", 2 * count), spanBody("x", count, { spanId: "" })]);
      while ((await bench.call("traces", body)).code !== 0)
        await waitFor(() => bench.isReady(), { what: "the database to be back" });
    }
  };
  const senders = Promise.all([...byHttp, byGrpc()]);
  await waitFor(() => delivered >= 10, { what: "the load to be under way" });
  await bench.relay.cut();
  await waitFor(async () => !(await bench.isReady()), { what: "the outage to be noticed" });
  await bench.relay.restore();
  await senders;
  for (const signal of signals) {
    const sent = rounds * count * (signal === "traces" ? 4 : 2);
    const ledger = await bench.settledLedger(signal);
    expect(unaccounted(ledger)).toBe(0);
    expect(ledger.rejected).toBeGreaterThanOrEqual(signal === "traces" ? rounds * count : 0);
    // A commit whose acknowledgement was lost in the cut is met again as a duplicate.
    expect(ledger.committed + ledger.duplicate).toBe(sent);
    expect(await bench.stored(signal, `load.${signal}`)).toHaveLength(sent);
  }
  expect(await bench.answers(500)).toBe(0);
});
