import { once } from "node:events";
import { constants } from "node:http2";
import { type AddressInfo, createServer } from "node:net";
import { gzipSync } from "node:zlib";
import { decodeServingStatus, encodeHealthCheck, servingStatus } from "@weir/telemetry/grpc";
import { decodeResponse, encodeLogs, encodeMetrics, encodeTraces } from "@weir/telemetry/otlp";
import { waitFor } from "@weir/testkit";
import { describe, expect, test } from "vitest";
import { Refusal } from "../refusal.ts";
import { maxMessageBytes, startGrpcReceiver } from "./grpc-receiver.ts";
import { framed, grpcHead, http2Call, http2Connection } from "./testing/raw-http2.ts";
import { exportPath, TestReceiver } from "./testing/test-receiver.ts";

const span = {
  traceId: "0af7651916cd43dd8448eb211c80319c",
  spanId: "b7ad6b7169203331",
  name: "GET /",
  startTimeUnixNano: 1_700_000_000_000_000_000n,
  endTimeUnixNano: 1_700_000_000_100_000_000n,
};
const tracesOf = (...spans: object[]) =>
  encodeTraces({ resourceSpans: [{ scopeSpans: [{ spans }] }] }, "protobuf");
const gauge = { dataPoints: [{ timeUnixNano: 1n, asDouble: 1 }] };
const metrics = encodeMetrics(
  { resourceMetrics: [{ scopeMetrics: [{ metrics: [{ name: "m", gauge }] }] }] },
  "protobuf",
);
const logs = encodeLogs(
  { resourceLogs: [{ scopeLogs: [{ logRecords: [{ timeUnixNano: 1n, body: "said" }] }] }] },
  "protobuf",
);
const ok = { code: 0, message: "" };

const receiver = new TestReceiver({ messageTimeoutMs: 2000 });

describe.each(["identity", "gzip"] as const)("%s", (compression) => {
  test.each`
    signal       | body
    ${"traces"}  | ${tracesOf(span)}
    ${"metrics"} | ${metrics}
    ${"logs"}    | ${logs}
  `("$signal are taken", async ({ signal, body }: { signal: keyof typeof exportPath; body: Buffer }) => {
    const answer = await receiver.client(compression).call(exportPath[signal], body);
    expect(answer).toMatchObject(ok);
    expect(decodeResponse(signal, answer.body ?? Buffer.from("none"), "protobuf")).toBeUndefined();
    expect(receiver.taken.map((request) => [request.signal, request.items])).toEqual([[signal, 1]]);
    expect(receiver.answers).toEqual([`${signal} OK`]);
  });

  test("a message of more than 4 MiB once decompressed is refused, and never to be sent again", async () => {
    const client = receiver.client(compression);
    const answer = await client.call(exportPath.logs, Buffer.alloc(maxMessageBytes + 1));
    expect(answer).toEqual({
      code: 8,
      message: "the message is larger than 4194304 bytes after decompression",
      details: undefined,
    });
    expect(await client.call(exportPath.logs, logs)).toMatchObject(ok);
  });

  test("an empty request is a success", async () => {
    const answer = await receiver.client(compression).call(exportPath.traces, Buffer.alloc(0));
    expect(answer).toMatchObject(ok);
    expect(receiver.taken[0]?.items).toBe(0);
  });

  test("what is no request is an invalid argument", async () => {
    const answer = await receiver.client(compression).call(exportPath.traces, Buffer.from("no protobuf"));
    expect(answer).toEqual({
      code: 3,
      message: expect.stringMatching(/^not valid protobuf near byte/),
      details: undefined,
    });
    expect(receiver.taken).toEqual([]);
  });
});

test("what cannot be taken is counted in the answer, the rest is taken", async () => {
  const body = tracesOf(span, { ...span, traceId: "abcd" }, { ...span, spanId: "" });
  const answer = await receiver.client().call(exportPath.traces, body);
  expect(decodeResponse("traces", answer.body ?? Buffer.alloc(0), "protobuf")).toEqual({
    rejected: 2,
    errorMessage:
      "1 rejected: the trace id must be 16 bytes, not all zero; 1 rejected: span and parent ids must be 8 bytes, a span's own not all zero",
  });
});

test.each`
  kind                   | code  | retryDelayMs | status
  ${"unavailable"}       | ${14} | ${2000}      | ${"UNAVAILABLE"}
  ${"overloaded"}        | ${8}  | ${1000}      | ${"RESOURCE_EXHAUSTED"}
  ${"refusedByDatabase"} | ${3}  | ${undefined} | ${"INVALID_ARGUMENT"}
`("$kind -> $status, again after $retryDelayMs ms", async ({ kind, code, retryDelayMs, status }) => {
  receiver.keep = async () => {
    throw new Refusal(kind, "wegen der Größe: 100 %\n");
  };
  const answer = await receiver.client().call(exportPath.traces, tracesOf(span));
  const message = "wegen der Größe: 100 %\n";
  expect(answer).toEqual({
    code,
    message,
    details: retryDelayMs === undefined ? undefined : { code, message, retryDelayMs },
  });
  expect(receiver.answers).toEqual([`traces ${status}`]);
});

test("a fault of the collector says nothing of itself to senders", async () => {
  const bug = new Error("bug");
  receiver.keep = async () => {
    throw bug;
  };
  const answer = await receiver.client().call(exportPath.traces, tracesOf(span));
  expect(answer).toMatchObject({ code: 13, message: "the collector failed; its log says how" });
  expect(receiver.faults).toEqual([bug]);
});

test("while nothing can be kept no message is read, however large", async () => {
  receiver.mayReceive = () => {
    throw new Refusal("unavailable", "the database is away");
  };
  const client = receiver.client();
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => client.call(exportPath.traces, Buffer.alloc(maxMessageBytes))),
  );
  expect(new Set(answers.map(({ code, message }) => `${code} ${message}`))).toEqual(
    new Set(["14 the database is away"]),
  );
  receiver.mayReceive = () => {};
  expect(await client.call(exportPath.traces, tracesOf(span))).toMatchObject(ok);
});

test("more than may be held is turned away until there is room", async () => {
  const kept = Promise.withResolvers<void>();
  receiver.keep = () => kept.promise;
  const client = receiver.client();
  const held = Array.from({ length: 10 }, () => client.call(exportPath.traces, tracesOf(span)));
  await waitFor(() => receiver.admission.requests === 10, { what: "ten requests to be held" });
  expect(await client.call(exportPath.traces, tracesOf(span))).toMatchObject({
    code: 8,
    details: { retryDelayMs: 1000 },
  });
  kept.resolve();
  expect((await Promise.all(held)).map(({ code }) => code)).toEqual(Array(10).fill(0));
});

test.each`
  path                                                                   | why
  ${"/opentelemetry.proto.collector.profiles.v1.ProfilesService/Export"} | ${"a service that is not here"}
  ${"/opentelemetry.proto.collector.trace.v1.TraceService/Import"}       | ${"a method that is not here"}
  ${"/__proto__"}                                                        | ${"a name of every object"}
`("$why is unimplemented", async ({ path }) => {
  const answer = await receiver.client().call(path, Buffer.alloc(0));
  expect(answer).toMatchObject({ code: 12, message: `no method ${path} here` });
  expect(receiver.answers).toEqual(["none UNIMPLEMENTED"]);
});

test("the health service answers for the server and for each of its services", async () => {
  const client = receiver.client();
  const check = async (service: string) =>
    client.call("/grpc.health.v1.Health/Check", encodeHealthCheck(service));
  const statusOf = async (service: string) =>
    decodeServingStatus((await check(service)).body ?? Buffer.from("none"));
  expect(await statusOf("")).toBe(servingStatus.serving);
  expect(await statusOf("opentelemetry.proto.collector.trace.v1.TraceService")).toBe(servingStatus.serving);
  receiver.isReady = false;
  expect(await statusOf("envoy.service.accesslog.v3.AccessLogService")).toBe(servingStatus.notServing);
  expect(await check("unheard.of")).toMatchObject({ code: 5, message: "no service unheard.of here" });
  expect(await check("x".repeat(2000))).toMatchObject({ code: 8 });
});

describe("on the wire", () => {
  const body = framed(tracesOf(span));
  const truncated = gzipSync(tracesOf(span)).subarray(0, 20);
  const empty = Buffer.alloc(0);

  test.each`
    head                                            | sent                                   | status  | why
    ${{}}                                           | ${body}                                | ${"0"}  | ${"a message"}
    ${{ "grpc-encoding": "deflate" }}               | ${body}                                | ${"0"}  | ${"a message that is not compressed, though it might be"}
    ${{ "content-type": "application/grpc+proto" }} | ${body}                                | ${"0"}  | ${"the longer content type"}
    ${{ "grpc-encoding": "gzip" }}                  | ${framed(gzipSync(tracesOf(span)), 1)} | ${"0"}  | ${"a compressed message"}
    ${{ "grpc-encoding": "gzip" }}                  | ${framed(truncated, 1)}                | ${"3"}  | ${"half of a compressed message"}
    ${{ "grpc-encoding": "gzip" }}                  | ${framed(Buffer.from("not gzip"), 1)}  | ${"3"}  | ${"what is not compressed as it says"}
    ${{}}                                           | ${framed(gzipSync(tracesOf(span)), 1)} | ${"3"}  | ${"compression that nobody named"}
    ${{}}                                           | ${framed(tracesOf(span), 7)}           | ${"3"}  | ${"a flag that does not exist"}
    ${{}}                                           | ${body.subarray(0, 20)}                | ${"3"}  | ${"an end within a message"}
    ${{}}                                           | ${body.subarray(0, 3)}                 | ${"3"}  | ${"an end within a message's head"}
    ${{}}                                           | ${framed(empty, 0, 0xffff_ffff)}       | ${"8"}  | ${"a length of 4 GiB"}
    ${{ "grpc-encoding": "br" }}                    | ${body}                                | ${"12"} | ${"a coding that is not here"}
    ${{}}                                           | ${empty}                               | ${"12"} | ${"no message"}
    ${{}}                                           | ${Buffer.concat([body, body])}         | ${"12"} | ${"two messages"}
  `("$why: $status", async ({ head, sent, status }) => {
    const session = http2Connection(receiver.port);
    const answer = await http2Call(session, grpcHead(exportPath.traces, head), sent);
    session.destroy();
    expect(answer).toMatchObject({
      ":status": 200,
      "content-type": "application/grpc",
      "grpc-status": status,
    });
    expect(answer["grpc-accept-encoding"]).toBe("identity,gzip,deflate");
    expect(receiver.taken).toHaveLength(status === "0" ? 1 : 0);
    expect(receiver.faults).toEqual([]);
  });

  test.each`
    head                                          | status
    ${{ ":method": "PUT" }}                       | ${405}
    ${{ "content-type": "application/json" }}     | ${415}
    ${{ "content-type": "application/grpc-web" }} | ${415}
  `("$head is no call: $status", async ({ head, status }) => {
    const session = http2Connection(receiver.port);
    const answer = await http2Call(session, grpcHead(exportPath.traces, head), Buffer.alloc(0));
    session.destroy();
    expect(answer[":status"]).toBe(status);
  });

  test.each(["connection", "call"])(
    "a sender whose %s ends in the middle of its message leaves nothing behind",
    async (what) => {
      const session = http2Connection(receiver.port);
      const stream = session.request(grpcHead(exportPath.traces));
      stream.on("error", () => {});
      stream.write(framed(Buffer.alloc(10), 0, 1000));
      await waitFor(() => receiver.admission.bytes > 0, { what: "the message to begin" });
      if (what === "call") stream.destroy(new Error("gone"));
      else session.destroy();
      await waitFor(() => receiver.answers.length > 0, { what: "the call to end" });
      session.destroy();
      expect([receiver.answers, receiver.taken]).toEqual([["traces CANCELLED"], []]);
    },
  );

  test("what was whole before its sender went is kept", async () => {
    const kept = Promise.withResolvers<void>();
    receiver.keep = async (request) => {
      await kept.promise;
      receiver.taken.push(request);
    };
    const session = http2Connection(receiver.port);
    const stream = session.request(grpcHead(exportPath.traces));
    stream.on("error", () => {});
    stream.end(body);
    await waitFor(() => receiver.admission.requests === 1, { what: "the request to be under way" });
    stream.close(constants.NGHTTP2_CANCEL);
    await once(stream, "close");
    kept.resolve();
    await waitFor(() => receiver.answers.length > 0, { what: "the call to end" });
    session.destroy();
    expect(receiver.taken).toHaveLength(1);
  });

  test("what speaks no HTTP/2 disturbs nobody", async () => {
    const response = await fetch(`http://127.0.0.1:${receiver.port}/`).catch((error: Error) => error);
    expect(response).toBeInstanceOf(Error);
    expect(await receiver.client().call(exportPath.traces, tracesOf(span))).toMatchObject(ok);
  });

  test("a sender that does not stop when it is refused is reset, and its connection serves on", async () => {
    receiver.mayReceive = () => {
      throw new Refusal("overloaded", "full");
    };
    const session = http2Connection(receiver.port);
    const stream = session.request(grpcHead(exportPath.traces));
    const closed = once(stream, "close");
    const [answer] = (await Promise.all([
      once(stream, "response"),
      stream.write(framed(Buffer.alloc(100_000), 0, maxMessageBytes)),
    ])) as [[Record<string, string>], boolean];
    expect(answer[0]["grpc-status"]).toBe("8");
    await closed;
    expect(stream.rstCode).toBe(0);
    receiver.mayReceive = () => {};
    const next = await http2Call(session, grpcHead(exportPath.traces), body);
    session.destroy();
    expect(next["grpc-status"]).toBe("0");
  });
});

describe("hostile senders take no more than may be held", () => {
  test("bombs are cut off while they inflate, many at once, and several in one call", async () => {
    const bomb = framed(gzipSync(Buffer.alloc(maxMessageBytes), { level: 9 }), 1);
    const many = Buffer.concat(Array.from({ length: 10 }, () => bomb));
    const before = process.memoryUsage().rss;
    const session = http2Connection(receiver.port);
    const head = grpcHead(exportPath.logs, { "grpc-encoding": "gzip" });
    const answers = await Promise.all(Array.from({ length: 100 }, () => http2Call(session, head, many)));
    session.destroy();
    expect(new Set(answers.map((answer) => answer["grpc-status"]))).not.toContain("0");
    expect(process.memoryUsage().rss - before).toBeLessThan(192 * 1024 * 1024);
  });

  test("what inflates is held, too", async () => {
    const kept = Promise.withResolvers<void>();
    receiver.keep = () => kept.promise;
    const body = "x".repeat(maxMessageBytes - 100);
    const large = encodeLogs(
      { resourceLogs: [{ scopeLogs: [{ logRecords: [{ timeUnixNano: 1n, body }] }] }] },
      "protobuf",
    );
    const session = http2Connection(receiver.port);
    const head = grpcHead(exportPath.logs, { "grpc-encoding": "gzip" });
    const send = () => http2Call(session, head, framed(gzipSync(large), 1));
    const answers = Array.from({ length: 9 }, send);
    expect(await Promise.race(answers)).toMatchObject({ "grpc-status": "8" });
    kept.resolve();
    const statuses = (await Promise.all(answers)).map((answer) => answer["grpc-status"]);
    expect(new Set(statuses)).toEqual(new Set(["0", "8"]));
    session.destroy();
  });

  test("a sender that keeps its message waiting loses its call", async () => {
    const session = http2Connection(receiver.port);
    const calls = [Buffer.alloc(0), framed(Buffer.alloc(10), 0, 1000)].map(async (begun) => {
      const stream = session.request(grpcHead(exportPath.logs));
      stream.on("error", () => {});
      stream.resume();
      stream.write(begun);
      await once(stream, "close");
      return stream.rstCode;
    });
    expect(await Promise.all(calls)).toEqual([8, 8]);
    session.destroy();
    expect(receiver.answers).toEqual(["logs CANCELLED", "logs CANCELLED"]);
  });

  test("messages that are begun and not ended are held as far as there is room", async () => {
    const session = http2Connection(receiver.port);
    const partial = framed(Buffer.alloc(maxMessageBytes - 1), 0, maxMessageBytes);
    const refused: string[] = [];
    for (let i = 0; i < 30; i++) {
      const stream = session.request(grpcHead(exportPath.logs));
      stream.on("error", () => {});
      stream.on("response", (headers) => refused.push(String(headers["grpc-status"])));
      stream.resume();
      stream.write(partial);
    }
    await waitFor(() => refused.length >= 20, { what: "twenty calls to be refused" });
    expect(new Set(refused)).toEqual(new Set(["8"]));
    expect(receiver.admission.bytes).toBeLessThanOrEqual(32 * 1024 * 1024);
    session.destroy();
    await waitFor(() => receiver.admission.bytes === 0, { what: "what was held to be given back" });
  });
});

describe("stopping", () => {
  test("what is under way is answered, what is new is not taken", async () => {
    const kept = Promise.withResolvers<void>();
    receiver.keep = () => kept.promise;
    const client = receiver.client();
    const underWay = client.call(exportPath.traces, tracesOf(span));
    await waitFor(() => receiver.admission.requests === 1, { what: "the call to be under way" });
    const stopped = receiver.server.stop(5000);
    kept.resolve();
    expect(await underWay).toMatchObject(ok);
    await stopped;
    expect(await client.call(exportPath.traces, tracesOf(span))).toMatchObject({ code: 14 });
  });

  test("a sender that says nothing is sent away at once, one that is slow after the grace period", async () => {
    const session = http2Connection(receiver.port);
    const silent = session.request(grpcHead(exportPath.traces));
    const slow = session.request(grpcHead(exportPath.traces));
    slow.on("error", () => {});
    const answered = once(silent, "response");
    slow.write(framed(Buffer.alloc(10), 0, 1000));
    await waitFor(() => receiver.admission.bytes > 0, { what: "the message to begin" });
    const stopped = receiver.server.stop(100);
    const [headers] = (await answered) as [Record<string, string>];
    expect(headers["grpc-status"]).toBe("14");
    await stopped;
    await waitFor(() => receiver.answers.length === 2, { what: "both calls to end" });
    expect(receiver.answers).toEqual(["traces UNAVAILABLE", "traces CANCELLED"]);
  });
});

test("a port that is taken is told in one sentence", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const { port } = other.address() as AddressInfo;
  const starting = startGrpcReceiver({
    listen: { host: "127.0.0.1", port },
  } as Parameters<typeof startGrpcReceiver>[0]);
  await expect(starting).rejects.toThrow(`cannot listen on 127.0.0.1:${port}: another process listens there`);
  other.close();
});
