import { connect } from "node:net";
import { gzipSync } from "node:zlib";
import { ZipkinExporter } from "@opentelemetry/exporter-zipkin";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { SimpleSpanProcessor, TracerProvider } from "@opentelemetry/sdk-trace";
import { statusCode } from "@weir/telemetry/otlp";
import { afterEach, beforeEach, expect, test } from "vitest";
import { maxBodyBytes } from "../read-body.ts";
import { Refusal } from "../refusal.ts";
import { mostBrackets } from "./read-zipkin.ts";
import { receivedMs, startZipkin } from "./testing/start-zipkin.ts";

const good = {
  traceId: "463ac35c9f6413ad48485a3953bb6124",
  id: "352bff9a74ca9ad2",
  name: "get /",
  kind: "SERVER",
  timestamp: receivedMs * 1000,
  duration: 1500,
  localEndpoint: { serviceName: "web" },
};

let zipkin: Awaited<ReturnType<typeof startZipkin>>;
beforeEach(async () => {
  zipkin = await startZipkin();
});
afterEach(() => {
  zipkin.close();
  expect([zipkin.admission.bytes, zipkin.admission.requests]).toEqual([0, 0]);
});

test("OpenTelemetry's Zipkin exporter delivers its spans", async () => {
  const provider = new TracerProvider({
    resource: resourceFromAttributes({
      "service.name": "web",
      "service.namespace": "shop",
      "service.version": "v1",
    }),
    spanProcessors: [new SimpleSpanProcessor({ exporter: new ZipkinExporter({ url: zipkin.url }) })],
  });
  const span = provider
    .getTracer("test")
    .startSpan("GET /cart", { kind: 2, attributes: { "http.request.method": "GET" } });
  span.addEvent("retried");
  span.setStatus({ code: 2, message: "reset" });
  span.end();
  await provider.forceFlush();
  await provider.shutdown();
  const { traceId, spanId } = span.spanContext();
  expect(zipkin.answers).toEqual([{ status: 202, partial: undefined }]);
  expect(zipkin.spans()).toMatchObject([
    {
      traceId,
      spanId,
      service: { namespace: "shop", name: "web", version: "v1" },
      operation: "GET /cart",
      kind: 3,
      status: statusCode.error,
      statusMessage: "reset",
      attributes: { "http.request.method": "GET" },
      events: [{ name: "retried" }],
    },
  ]);
  expect(zipkin.spans()[0]?.parentSpanId).toBeUndefined();
});

test.each`
  what                  | body                                | headers
  ${"JSON"}             | ${[good]}                           | ${{}}
  ${"with a charset"}   | ${[good]}                           | ${{ "content-type": "application/json; charset=utf-8" }}
  ${"without any type"} | ${[good]}                           | ${{ "content-type": "" }}
  ${"gzip"}             | ${gzipSync(JSON.stringify([good]))} | ${{ "content-encoding": "gzip" }}
`("202 and nothing else for $what", async ({ body, headers }) => {
  const { status, text } = await zipkin.post(body, headers);
  expect([status, text]).toEqual([202, ""]);
  expect(zipkin.spans()).toMatchObject([{ traceId: good.traceId, startNs: BigInt(receivedMs) * 1_000_000n }]);
});

test.each(["", "[]"])("'%s' is a success", async (body) => {
  expect((await zipkin.post(body)).status).toBe(202);
  expect(zipkin.spans()).toEqual([]);
});

test("a body that is sent again is the same request, however it is packed", async () => {
  const body = JSON.stringify([good, { traceId: good.traceId, id: "1" }]);
  await zipkin.post(body);
  await zipkin.post(gzipSync(body), { "content-encoding": "gzip" });
  const digests = zipkin.kept.map(({ rows }) => Buffer.from(rows.digest).toString("hex"));
  expect(digests[0]).toBe(digests[1]);
});

test("what is no span is rejected one by one and counted, the rest is kept", async () => {
  const { status, text } = await zipkin.post([
    good,
    { ...good, traceId: "not hex" },
    { ...good, traceId: "0000000000000000" },
    { ...good, traceId: `${good.traceId}00` },
    { ...good, id: 7 },
    { ...good, parentId: "x" },
    { ...good, timestamp: 1e300 },
    { ...good, duration: 1e300 },
    null,
    5,
    [],
    { ...good, id: "2", duration: -7 },
  ]);
  expect([status, text]).toEqual([202, ""]);
  expect(zipkin.spans().map(({ spanId, durationNs }) => [spanId, durationNs])).toEqual([
    [good.id, 1_500_000n],
    ["0000000000000002", 0n],
  ]);
  expect(zipkin.answers[0]?.partial?.rejected).toBe(10);
  expect([...(zipkin.kept[0]?.rejections.byReason ?? [])].sort()).toEqual([
    ["invalid_span_id", 2],
    ["invalid_time", 2],
    ["invalid_trace_id", 6],
  ]);
});

const tooManyTags = `[{"tags":{${'"a":"",'.repeat(750_001)}"b":""}}]`;
const tooManyBrackets = `[${"{},".repeat(mostBrackets)}{}]`;
test.each`
  body                                           | headers                                         | status | says
  ${"{ not json"}                                | ${{}}                                           | ${400} | ${/^not valid JSON/}
  ${JSON.stringify([good]).slice(0, -5)}         | ${{}}                                           | ${400} | ${/^not valid JSON/}
  ${Buffer.from([0x5b, 0x22, 0xff, 0x22, 0x5d])} | ${{}}                                           | ${400} | ${/^not valid JSON/}
  ${good}                                        | ${{}}                                           | ${400} | ${/^the body must be a JSON list of spans/}
  ${"null"}                                      | ${{}}                                           | ${400} | ${/^the body must be a JSON list of spans/}
  ${"no gzip"}                                   | ${{ "content-encoding": "gzip" }}               | ${400} | ${/^the body is not valid gzip/}
  ${gzipSync("[".repeat(1000)).subarray(0, 12)}  | ${{ "content-encoding": "gzip" }}               | ${400} | ${/^the body is not valid gzip/}
  ${[good]}                                      | ${{ "content-encoding": "br" }}                 | ${415} | ${/^Content-Encoding br is not supported/}
  ${[good]}                                      | ${{ "content-type": "application/x-protobuf" }} | ${415} | ${/^Content-Type application\/x-protobuf is not supported/}
  ${[good]}                                      | ${{ "content-type": "application/x-thrift" }}   | ${415} | ${/use application\/json$/}
  ${Buffer.alloc(maxBodyBytes + 1)}              | ${{}}                                           | ${413} | ${/larger than 20971520 bytes/}
  ${gzipSync(Buffer.alloc(maxBodyBytes + 1))}    | ${{ "content-encoding": "gzip" }}               | ${413} | ${/larger than 20971520 bytes/}
  ${tooManyBrackets}                             | ${{}}                                           | ${413} | ${/more than 200000 objects and lists/}
  ${tooManyTags}                                 | ${{}}                                           | ${413} | ${/more than 750000 members/}
`("$headers: $status, $says, as text", async ({ body, headers, status, says }) => {
  const sent = await zipkin.post(body, headers);
  expect(sent.status).toBe(status);
  expect(sent.headers.get("content-type")).toBe("text/plain; charset=utf-8");
  expect(sent.text).toMatch(says);
  expect(zipkin.kept).toEqual([]);
  expect(zipkin.answers).toEqual([{ status, partial: undefined }]);
});

test.each`
  error                                    | status | retryAfter | says
  ${new Refusal("unavailable", "because")} | ${503} | ${"2"}     | ${"because"}
  ${new Refusal("overloaded", "because")}  | ${429} | ${"1"}     | ${"because"}
  ${new Error("bug")}                      | ${500} | ${null}    | ${"the collector failed; its log says how"}
`("$error is answered with $status", async ({ error, status, retryAfter, says }) => {
  zipkin.hooks.keep = async () => {
    throw error;
  };
  const sent = await zipkin.post([good]);
  expect([sent.status, sent.headers.get("retry-after"), sent.text]).toEqual([status, retryAfter, says]);
  expect(zipkin.faults).toHaveLength(status === 500 ? 1 : 0);
});

test("while nothing can be kept no body is read", async () => {
  zipkin.hooks.mayReceive = () => {
    throw new Refusal("unavailable", "the database is away");
  };
  expect(await zipkin.post("{ malformed")).toMatchObject({ status: 503, text: "the database is away" });
});

test("other paths and methods", async () => {
  const elsewhere = await fetch(zipkin.url.replace("v2", "v1"), { method: "POST", body: "[]" });
  const read = await fetch(`${zipkin.url}?serviceName=web`);
  expect([elsewhere.status, read.status, read.headers.get("allow")]).toEqual([404, 405, "POST"]);
});

test("a client that goes in the middle of its body leaves nothing behind", async () => {
  const socket = connect(Number(new URL(zipkin.url).port), "127.0.0.1");
  socket.write("POST /api/v2/spans HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n[{");
  await expect.poll(() => zipkin.admission.requests).toBe(1);
  socket.destroy();
  await expect.poll(() => zipkin.admission.requests).toBe(0);
  expect(zipkin.answers).toEqual([{ status: 499, partial: undefined }]);
});
