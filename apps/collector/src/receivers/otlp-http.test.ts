import { once } from "node:events";
import { createServer, request as httpRequest, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { SpanDictionary } from "@weir/store";
import {
  decodeResponse,
  decodeStatus,
  type Encoding,
  encodeLogs,
  encodeMetrics,
  encodeTraces,
} from "@weir/telemetry/otlp";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Intake } from "../intake.ts";
import { createProcessing, type ProcessedRequest } from "../processors/process-request.ts";
import { plainRules } from "../processors/testing/process-body.ts";
import { Admission } from "./admission.ts";
import { createOtlpHttpReceiver } from "./otlp-http.ts";
import { maxBodyBytes } from "./read-body.ts";
import { Refusal } from "./refusal.ts";

const protobuf = "application/x-protobuf";
const json = "application/json";
const span = {
  traceId: "0af7651916cd43dd8448eb211c80319c",
  spanId: "b7ad6b7169203331",
  name: "GET /",
  startTimeUnixNano: 1_700_000_000_000_000_000n,
  endTimeUnixNano: 1_700_000_000_100_000_000n,
};
const tracesOf = (...spans: object[]) => ({ resourceSpans: [{ scopeSpans: [{ spans }] }] });
const metrics = {
  resourceMetrics: [
    {
      scopeMetrics: [
        { metrics: [{ name: "m", gauge: { dataPoints: [{ timeUnixNano: 1n, asDouble: 1 }] } }] },
      ],
    },
  ],
};
const logs = { resourceLogs: [{ scopeLogs: [{ logRecords: [{ timeUnixNano: 1n, body: "said" }] }] }] };

let server: Server;
let base: string;
let taken: ProcessedRequest[];
let answers: string[];
let consume: (request: ProcessedRequest) => Promise<void>;
let admission: Admission;
let mayReceive: () => void;

beforeEach(async () => {
  taken = [];
  answers = [];
  admission = new Admission({ maxBytes: 32 * 1024 * 1024, maxRequests: 10 });
  consume = async (request) => void taken.push(request);
  mayReceive = () => {};
  const intake = new Intake({
    admission,
    now: Date.now,
    mayReceive: () => mayReceive(),
    process: createProcessing({ dictionary: new SpanDictionary(), rules: plainRules }),
    keep: (request) => consume(request),
  });
  const receive = createOtlpHttpReceiver({
    intake,
    onAnswer: (signal, status) => answers.push(`${signal} ${status}`),
    onFault: () => {},
  });
  server = createServer((request, response) => void receive(request, response)).listen(0, "127.0.0.1");
  await once(server, "listening");
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(() => {
  server.close();
  server.closeAllConnections();
  expect([admission.bytes, admission.requests]).toEqual([0, 0]);
});

async function post(path: string, type: string, body: Uint8Array | string, coding?: string) {
  const headers = { "content-type": type, ...(coding ? { "content-encoding": coding } : {}) };
  const response = await fetch(base + path, { method: "POST", headers, body: Buffer.from(body) });
  const answer = Buffer.from(await response.arrayBuffer());
  return { status: response.status, headers: response.headers, answer };
}

const encodingOf = (type: string): Encoding => (type === json ? "json" : "protobuf");

describe.each([protobuf, json])("%s", (type) => {
  const encoding = encodingOf(type);

  test.each`
    path             | body                                      | signal
    ${"/v1/traces"}  | ${encodeTraces(tracesOf(span), encoding)} | ${"traces"}
    ${"/v1/metrics"} | ${encodeMetrics(metrics, encoding)}       | ${"metrics"}
    ${"/v1/logs"}    | ${encodeLogs(logs, encoding)}             | ${"logs"}
  `("$path is taken, plain and compressed", async ({ path, body, signal }) => {
    const sent = [
      await post(path, type, body),
      await post(path, `${type}; charset=utf-8`, gzipSync(body), "gzip"),
      await post(path, type, zstdCompressSync(body), "zstd"),
    ];
    for (const { status, headers, answer } of sent) {
      expect([status, headers.get("content-type")]).toEqual([200, type]);
      expect(decodeResponse(signal, answer, encoding)).toBeUndefined();
    }
    expect(taken.map((request) => [request.signal, request.items])).toEqual(Array(3).fill([signal, 1]));
    // The digest is of the body before compression: a resend is known however it is packed.
    expect(new Set(taken.map(({ rows }) => Buffer.from(rows.digest).toString("hex"))).size).toBe(1);
  });

  test("an empty request is a success", async () => {
    const { status, answer } = await post("/v1/traces", type, encodeTraces({}, encoding));
    expect([status, decodeResponse("traces", answer, encoding)]).toEqual([200, undefined]);
  });

  test("what cannot be taken is counted in the answer, the rest is taken", async () => {
    const body = encodeTraces(
      tracesOf(
        span,
        { ...span, traceId: "00000000000000000000000000000000" },
        { ...span, traceId: "abcd" },
        { ...span, spanId: "" },
      ),
      encoding,
    );
    const { status, answer } = await post("/v1/traces", type, body);
    expect(status).toBe(200);
    expect(decodeResponse("traces", answer, encoding)).toEqual({
      rejected: 3,
      errorMessage:
        "2 rejected: the trace id must be 16 bytes, not all zero; 1 rejected: span and parent ids must be 8 bytes, a span's own not all zero",
    });
    expect(taken[0]?.rows.spans).toHaveLength(1);
  });

  test.each`
    kind             | status | code  | retryAfter
    ${"unavailable"} | ${503} | ${14} | ${"2"}
    ${"overloaded"}  | ${429} | ${8}  | ${"1"}
    ${"internal"}    | ${500} | ${13} | ${null}
  `("$kind -> $status in the request's encoding", async ({ kind, status, code, retryAfter }) => {
    consume = async () => {
      throw kind === "internal" ? new Error("bug") : new Refusal(kind, "because");
    };
    const sent = await post("/v1/traces", type, encodeTraces(tracesOf(span), encoding));
    expect([sent.status, sent.headers.get("retry-after")]).toEqual([status, retryAfter]);
    expect(sent.headers.get("content-type")).toBe(type);
    const { code: answered, message } = decodeStatus(sent.answer, encoding);
    expect(answered).toBe(code);
    expect(message).toBe(kind === "internal" ? "the collector failed; its log says how" : "because");
  });
});

const whole = encodeTraces(tracesOf(span), "protobuf");

test.each`
  type            | coding       | body                                        | status | message
  ${protobuf}     | ${undefined} | ${whole.subarray(0, whole.length - 3)}      | ${400} | ${/^not valid protobuf near byte/}
  ${protobuf}     | ${undefined} | ${"no protobuf"}                            | ${400} | ${/^not valid protobuf near byte/}
  ${json}         | ${undefined} | ${'{"resourceSpans":'}                      | ${400} | ${/^not valid JSON/}
  ${json}         | ${undefined} | ${'{"resourceSpans":[{"scopeSpans":"x"}]}'} | ${400} | ${/^resourceSpans\[0\]\.scopeSpans must be an array, not "x"/}
  ${json}         | ${undefined} | ${Buffer.from([0x22, 0xff, 0x22])}          | ${400} | ${/^not valid JSON/}
  ${protobuf}     | ${"gzip"}    | ${"not gzip"}                               | ${400} | ${/^the body is not valid gzip/}
  ${protobuf}     | ${"gzip"}    | ${gzipSync(whole).subarray(0, 20)}          | ${400} | ${/^the body is not valid gzip/}
  ${protobuf}     | ${"zstd"}    | ${"not zstd"}                               | ${400} | ${/^the body is not valid zstd/}
  ${protobuf}     | ${"br"}      | ${whole}                                    | ${415} | ${/^Content-Encoding br is not supported/}
  ${"text/plain"} | ${undefined} | ${whole}                                    | ${415} | ${/^Content-Type text\/plain is not supported/}
  ${protobuf}     | ${undefined} | ${Buffer.alloc(maxBodyBytes + 1)}           | ${413} | ${/larger than 20971520 bytes/}
  ${json}         | ${"gzip"}    | ${gzipSync(Buffer.alloc(maxBodyBytes + 1))} | ${413} | ${/larger than 20971520 bytes/}
`("$type $coding: $status $message", async ({ type, coding, body, status, message }) => {
  const sent = await post("/v1/traces", type, body, coding);
  expect(sent.status).toBe(status);
  const readable = type === protobuf ? protobuf : json;
  expect(sent.headers.get("content-type")).toBe(readable);
  expect(decodeStatus(sent.answer, encodingOf(readable)).message).toMatch(message);
  expect(taken).toEqual([]);
  expect(answers).toEqual([`traces ${status}`]);
});

test("a bomb is cut off while it inflates, and the connection serves on", async () => {
  const bomb = gzipSync(Buffer.alloc(256 * 1024 * 1024), { level: 1 });
  const before = process.memoryUsage().rss;
  expect((await post("/v1/logs", json, bomb, "gzip")).status).toBe(413);
  expect(process.memoryUsage().rss - before).toBeLessThan(128 * 1024 * 1024);
  expect((await post("/v1/traces", protobuf, whole)).status).toBe(200);
});

test.each`
  method    | path              | status | allow     | message
  ${"GET"}  | ${"/v1/traces"}   | ${405} | ${"POST"} | ${"GET is not allowed here; use POST"}
  ${"POST"} | ${"/v1/profiles"} | ${404} | ${null}   | ${"nothing at /v1/profiles; post to /v1/traces, /v1/metrics, /v1/logs"}
  ${"GET"}  | ${"/"}            | ${404} | ${null}   | ${"nothing at /; post to /v1/traces, /v1/metrics, /v1/logs"}
`("$method $path -> $status", async ({ method, path, status, allow, message }) => {
  const response = await fetch(base + path, { method });
  expect([response.status, response.headers.get("allow")]).toEqual([status, allow]);
  expect(await response.json()).toMatchObject({ message });
});

test("more than may be held is turned away until there is room", async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  consume = () => promise;
  const held = Array.from({ length: 10 }, (_, i) =>
    post("/v1/traces", protobuf, encodeTraces(tracesOf({ ...span, name: `${i}` }), "protobuf")),
  );
  await expect.poll(() => admission.requests).toBe(10);
  const turnedAway = await post("/v1/traces", protobuf, whole);
  expect([turnedAway.status, turnedAway.headers.get("retry-after")]).toEqual([429, "1"]);
  resolve();
  expect((await Promise.all(held)).map(({ status }) => status)).toEqual(Array(10).fill(200));
  expect((await post("/v1/traces", protobuf, whole)).status).toBe(200);
});

test("while nothing can be committed no body is read", async () => {
  mayReceive = () => {
    throw new Refusal("unavailable", "the database is away");
  };
  const sent = await post("/v1/traces", json, "{ malformed");
  expect([sent.status, sent.headers.get("retry-after")]).toEqual([503, "2"]);
});

test("a sender that goes in the middle of its body leaves nothing behind", async () => {
  const { port } = server.address() as AddressInfo;
  for (const coding of ["identity", "gzip"]) {
    const socket = connect(port, "127.0.0.1");
    socket.write(
      `POST /v1/traces HTTP/1.1\r\nHost: x\r\nContent-Type: ${protobuf}\r\nContent-Encoding: ${coding}\r\nContent-Length: 1000\r\n\r\n`,
    );
    socket.write(gzipSync(Buffer.alloc(4000)).subarray(0, 12));
    await expect.poll(() => admission.requests).toBe(1);
    socket.destroy();
    await expect.poll(() => admission.requests).toBe(0);
  }
  expect(answers).toEqual(["traces 499", "traces 499"]);
});

test("a body in chunks without a length is limited too", async () => {
  const sending = httpRequest(`${base}/v1/traces`, { method: "POST", headers: { "content-type": protobuf } });
  const answered = once(sending, "response") as Promise<[{ statusCode: number; resume(): void }]>;
  const chunk = Buffer.alloc(1024 * 1024);
  for (let i = 0; i <= 20; i++) sending.write(chunk);
  sending.end();
  const [response] = await answered;
  response.resume();
  expect(response.statusCode).toBe(413);
});
