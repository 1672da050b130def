import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { decodeServingStatus, encodeHealthCheck, servingStatus } from "@weir/telemetry/grpc";
import { decodeResponse, encodeLogs, encodeMetrics } from "@weir/telemetry/otlp";
import { waitFor } from "@weir/testkit";
import { describe, expect, test } from "vitest";
import { Refusal } from "../refusal.ts";
import { maxMessageBytes, startGrpcReceiver } from "./grpc-receiver.ts";
import { span, tracesOf } from "./testing/sample-traces.ts";
import { exportPath, TestReceiver } from "./testing/test-receiver.ts";

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

const receiver = new TestReceiver();

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
