import { meshAttributes } from "@weir/domain";
import type { Attributes, Metric } from "@weir/telemetry/otlp";
import { rawHttp, waitFor } from "@weir/testkit/sockets";
import { expect, test } from "vitest";
import { systemClock } from "../clock.ts";
import { ok, startFixedServer, startRawServer } from "../testing/raw-server.ts";
import { service, startTestSidecar } from "../testing/start-test-sidecar.ts";
import { writeTestCertificate } from "../testing/test-certificate.ts";
import { startTestCollector } from "../testing/test-collector.ts";

const quick = { exportIntervalMs: 100 };

async function get(port: number, path = "/", fields = ""): Promise<void> {
  await rawHttp(port, `GET ${path} HTTP/1.1\r\nHost: backend\r\n${fields}Connection: close\r\n\r\n`);
}

function pointsOf(metrics: readonly Metric[], name: string) {
  return metrics
    .filter((metric) => metric.name === name)
    .flatMap((metric) => [
      ...(metric.exponentialHistogram?.dataPoints ?? []),
      ...(metric.sum?.dataPoints ?? []),
    ]);
}

function edgeOf(attributes: Attributes): string {
  const of = (name: keyof typeof meshAttributes) => attributes[meshAttributes[name]];
  return `${of("reporter")}: ${of("sourceService")} ${of("sourceVersion")} -> ${of("destinationService")} ${of("destinationVersion")}`;
}

/** web v1 calls backend v2, each through its sidecar, all traces sampled. */
async function startPair(otlp: string, canary = false) {
  const telemetry = { otlp, traceSampling: 1 };
  const app = await startFixedServer(ok("hello"));
  const workload = { namespace: "shop", service: "backend", version: "v2" };
  const destination = await startTestSidecar({ app: app.port, workload, telemetry }, quick);
  const backends = [{ version: "v2", weight: 100 }];
  const source = await startTestSidecar(
    {
      services: [service("backend", { v2: destination.inboundPort })],
      policies: canary ? [{ kind: "canary", name: "c", targetRef: "backend", backends }] : [],
      telemetry,
    },
    quick,
  );
  return { app, source, destination };
}

test("both sidecars report the edge, each from its side, within the interval", async () => {
  const collector = await startTestCollector();
  const { source } = await startPair(collector.origin);
  for (let i = 0; i < 3; i++) await get(source.outboundPort);
  const countOf = (name: string) =>
    pointsOf(collector.metrics, name).reduce((sum, point) => sum + ("count" in point ? point.count : 0), 0);
  const total = () => countOf("http.client.request.duration") + countOf("http.server.request.duration");
  await waitFor(() => total() === 6, { what: "both reports of all three requests" });
  const client = pointsOf(collector.metrics, "http.client.request.duration");
  const server = pointsOf(collector.metrics, "http.server.request.duration");
  expect(edgeOf(client[0]?.attributes ?? {})).toBe("source: web v1 -> backend v2");
  expect(edgeOf(server[0]?.attributes ?? {})).toBe("destination: web v1 -> backend v2");
  for (const points of [client, server]) {
    expect(points[0]).toMatchObject({ scale: 4 });
    expect(points[0]?.exemplars[0]?.traceId).toMatch(/^[0-9a-f]{32}$/);
    expect(points[0]?.attributes[meshAttributes.status]).toBe(200);
  }
  const bytes = pointsOf(collector.metrics, "weir.response.bytes").filter(
    (p) => p.attributes[meshAttributes.reporter] === "source",
  );
  expect(bytes.reduce((sum, point) => sum + Number("asInt" in point ? point.asInt : 0), 0)).toBe(15);
});

test("both sides tell how the connection was secured, in metrics and in spans", async () => {
  const collector = await startTestCollector();
  const telemetry = { otlp: collector.origin, traceSampling: 1 };
  const app = await startFixedServer(ok("hello"));
  const tls = await writeTestCertificate();
  const workload = { namespace: "shop", service: "backend", version: "v1" };
  const inbound = { listen: "127.0.0.1:0", app: `127.0.0.1:${app.port}`, tls };
  const safe = await startTestSidecar({ inbound, workload, telemetry }, quick);
  const plain = await startFixedServer(ok("hello"));
  const services = [
    { ...service("backend", { v1: safe.inboundPort }), tls: { ca: tls.certificate } },
    service("plain", { v1: plain.port }),
  ];
  const source = await startTestSidecar({ services, telemetry }, quick);
  const all = "GET / HTTP/1.1\r\nConnection: close\r\n";
  for (const host of ["backend", "plain"]) await rawHttp(source.outboundPort, `${all}Host: ${host}\r\n\r\n`);
  const told = (of: readonly { readonly attributes: Attributes }[]) =>
    of
      .map(({ attributes: a }) =>
        [meshAttributes.reporter, meshAttributes.destinationService, meshAttributes.security]
          .map((name) => a[name])
          .join(" "),
      )
      .sort();
  const expected = ["destination backend tls", "source backend tls", "source plain none"];
  await waitFor(() => collector.spans.length === 3, { what: "all spans" });
  expect(told(collector.spans)).toEqual(expected);
  const points = ["http.client.request.duration", "http.server.request.duration"].flatMap((name) =>
    pointsOf(collector.metrics, name),
  );
  expect(told(points)).toEqual(expected);
});

test("tries beyond the first are told with the request", async () => {
  const collector = await startTestCollector();
  const answers = ["500 X", "503 X", "200 OK"].values();
  const app = await startRawServer((text) =>
    text.endsWith("\r\n\r\n")
      ? `HTTP/1.1 ${answers.next().value ?? "200 OK"}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`
      : undefined,
  );
  const retry = { on: ["5xx"], attempts: 3, backOff: { baseMs: 1, maxMs: 1 } };
  const source = await startTestSidecar(
    {
      mode: "enforce",
      services: [service("backend", { v1: app.port })],
      policies: [{ kind: "route", name: "r", targetRef: "backend", rules: [{ retry }] }],
      telemetry: { otlp: collector.origin, traceSampling: 1 },
    },
    quick,
  );
  for (let i = 0; i < 2; i++) await get(source.outboundPort);
  const points = () => pointsOf(collector.metrics, "http.client.request.duration");
  await waitFor(() => collector.spans.length === 2, { what: "both spans" });
  const resends = (of: readonly { readonly attributes: Attributes }[]) =>
    of.map(({ attributes }) => attributes[meshAttributes.resends]);
  expect(resends(collector.spans)).toEqual([2, undefined]);
  expect(resends(points())).toEqual([2, undefined]);
});

test("a sidecar tells what its process costs, with and without requests", async () => {
  const collector = await startTestCollector();
  await startTestSidecar({ telemetry: { otlp: collector.origin } }, quick);
  const firstOf = (name: string) =>
    pointsOf(collector.metrics, name).flatMap((p) => ("asInt" in p ? p : []))[0];
  await waitFor(() => firstOf("process.memory.usage") !== undefined, { what: "the memory" });
  const [cpu, memory] = [firstOf("process.cpu.time"), firstOf("process.memory.usage")];
  expect(Number(memory?.asInt)).toBeGreaterThan(10 * 1024 * 1024);
  expect(cpu?.asDouble).toBeGreaterThan(0);
  expect(cpu?.startTimeUnixNano).toBeLessThanOrEqual(cpu?.timeUnixNano ?? 0n);
});

test("a caller without a sidecar is outside of the mesh, and a forged name is no name", async () => {
  const collector = await startTestCollector();
  const { destination } = await startPair(collector.origin);
  await get(destination.inboundPort);
  await get(destination.inboundPort, "/", "x-weir-source-service: A B\r\nx-weir-source-namespace: shop\r\n");
  await waitFor(() => collector.logs.length === 2, { what: "both records" });
  for (const { attributes } of collector.logs)
    expect(edgeOf(attributes)).toBe("destination: outside  -> backend v2");
});

test("one trace: the caller's span, the source's CLIENT span, the destination's SERVER span, the application", async () => {
  const collector = await startTestCollector();
  const { app, source } = await startPair(collector.origin);
  const trace = "0af7651916cd43dd8448eb211c80319c";
  await get(
    source.outboundPort,
    "/a?b",
    `traceparent: 00-${trace}-b7ad6b7169203331-01\r\ntracestate: x=y\r\n`,
  );
  await waitFor(() => collector.spans.length === 2, { what: "both spans" });
  const client = collector.spans.find((span) => span.kind === 3);
  const server = collector.spans.find((span) => span.kind === 2);
  expect([client?.traceId, server?.traceId]).toEqual([trace, trace]);
  expect(client?.parentSpanId).toBe("b7ad6b7169203331");
  expect(server?.parentSpanId).toBe(client?.spanId);
  expect(app.received[0]).toContain(`traceparent: 00-${trace}-${server?.spanId}-01\r\ntracestate: x=y\r\n`);
  expect(server?.endTimeUnixNano).toBeGreaterThan(server?.startTimeUnixNano ?? 0n);
  expect(collector.resources.map((resource) => resource["service.name"]).sort()).toEqual(["backend", "web"]);
});

test.each`
  fields                                                                        | spans | why
  ${"traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00\r\n"} | ${0}  | ${"the caller decided against"}
  ${"traceparent: nonsense\r\n"}                                                | ${2}  | ${"what cannot be read is ignored, and a new trace sampled"}
  ${"b3: 0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-1\r\n"}              | ${2}  | ${"B3 said so"}
  ${"b3: 0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0\r\n"}              | ${0}  | ${"B3 said not to"}
`("$spans spans: $why", async ({ fields, spans }) => {
  const collector = await startTestCollector();
  const { source } = await startPair(collector.origin);
  await get(source.outboundPort, "/", fields);
  await waitFor(() => collector.logs.length === 2, { what: "both access logs" });
  // Spans leave before access logs in every export, so what is not here by now was not sent.
  expect(collector.spans).toHaveLength(spans);
  for (const record of collector.logs) expect(record.traceId).toMatch(/^[0-9a-f]{32}$/);
});

test("an access log says what was asked, answered and decided", async () => {
  const collector = await startTestCollector();
  const { source } = await startPair(collector.origin, true);
  await get(source.outboundPort, "/path?secret=1");
  await waitFor(() => pointsOf(collector.metrics, "weir.policy.decisions").length > 0, {
    what: "the decision",
  });
  await waitFor(() => collector.logs.length === 2, { what: "both records" });
  const record = collector.logs.find(({ attributes }) => attributes[meshAttributes.reporter] === "source");
  expect(record?.eventName).toBe("weir.access");
  expect(record?.attributes).toMatchObject({
    [meshAttributes.method]: "GET",
    [meshAttributes.path]: "/path",
    [meshAttributes.host]: "backend",
    [meshAttributes.status]: 200,
    [meshAttributes.responseBytes]: 5,
    [meshAttributes.decisions]: [
      { policy: "c", kind: "canary", verdict: "version=v2", mode: "observe", acted: false },
    ],
  });
  expect(pointsOf(collector.metrics, "weir.policy.decisions")[0]).toMatchObject({
    asInt: 1,
    attributes: {
      "weir.policy.name": "c",
      "weir.policy.namespace": "shop",
      "weir.policy.verdict": "version=v2",
    },
  });
});

test("what an inbound policy decides is told of the caller that it was decided about, by version", async () => {
  const collector = await startTestCollector();
  const app = await startFixedServer(ok("hello"));
  const bucket = { maxTokens: 1_000, tokensPerFill: 1, fillIntervalMs: 3_600_000 };
  const destination = await startTestSidecar(
    {
      ...{ app: app.port, workload: { namespace: "shop", service: "backend", version: "v2" } },
      services: [{ name: "backend", endpoints: [] }],
      policies: [{ kind: "rateLimit", name: "limit", targetRef: "backend", ...bucket }],
      telemetry: { otlp: collector.origin },
    },
    { exportIntervalMs: 60_000 },
  );
  const from = (service: string, version: string) =>
    get(
      destination.inboundPort,
      "/",
      `x-weir-source-service: ${service}\r\nx-weir-source-namespace: shop\r\nx-weir-source-version: ${version}\r\n`,
    );
  for (let i = 0; i < 3; i++) {
    await from("reports", "v1");
    for (let j = 0; j < 3; j++) await from("web", "v1");
    await from("web", "v2");
  }
  await destination.stop();
  const told = pointsOf(collector.metrics, "weir.policy.decisions").map((point) => [
    edgeOf(point.attributes),
    Number("asInt" in point ? point.asInt : 0),
  ]);
  expect(told).toEqual([
    ["destination: reports v1 -> backend v2", 3],
    ["destination: web v1 -> backend v2", 9],
    ["destination: web v2 -> backend v2", 3],
  ]);
});

test("an error is told with its flag, on the edge it belongs to", async () => {
  const collector = await startTestCollector();
  const telemetry = { otlp: collector.origin, traceSampling: 1 };
  const sidecar = await startTestSidecar({ services: [{ name: "backend" }], telemetry }, quick);
  await get(sidecar.outboundPort);
  await waitFor(() => collector.spans.length === 1, { what: "the span" });
  expect(collector.spans[0]?.status).toMatchObject({ code: 2, message: "UH" });
  const [point] = pointsOf(collector.metrics, "http.client.request.duration");
  expect(edgeOf(point?.attributes ?? {})).toBe("source: web v1 -> backend ");
  expect(point?.attributes).toMatchObject({
    [meshAttributes.status]: 500,
    [meshAttributes.responseFlag]: "UH",
  });
});

test("a stop sends what was not sent yet", async () => {
  const collector = await startTestCollector();
  const app = await startFixedServer(ok("x"));
  const services = [service("backend", { v1: app.port })];
  const sidecar = await startTestSidecar(
    { services, telemetry: { otlp: collector.origin } },
    { exportIntervalMs: 60_000 },
  );
  await get(sidecar.outboundPort);
  await sidecar.stop();
  expect(collector.logs).toHaveLength(1);
});

test("a collector that is away costs telemetry and nothing else; what was dropped is counted", async () => {
  const app = await startFixedServer(ok("x"));
  const collector = await startTestCollector();
  await collector.close();
  const config = { services: [service("backend", { v1: app.port })], telemetry: { otlp: collector.origin } };
  const sidecar = await startTestSidecar(config, { ...quick, maxExportQueueBytes: 2000 });
  await waitFor(
    async () => {
      await get(sidecar.outboundPort);
      return /telemetry_dropped_total\{signal="logs",reason="overflow"\} [1-9]/.test(
        await sidecar.page("/metrics"),
      );
    },
    { what: "the queue to overflow" },
  );
});

test("a collector that takes a request and is silent for ten seconds is asked again on another connection", async () => {
  const app = await startFixedServer(ok("x"));
  const silent = await startRawServer(() => undefined);
  let ahead = 0;
  const clock = { ...systemClock, monotonicMs: () => systemClock.monotonicMs() + ahead };
  const telemetry = { otlp: `http://127.0.0.1:${silent.port}` };
  const services = [service("backend", { v1: app.port })];
  const sidecar = await startTestSidecar({ services, telemetry }, { ...quick, clock });
  await get(sidecar.outboundPort);
  await waitFor(() => silent.received[0]?.startsWith("POST"), { what: "the first attempt" });
  ahead = 10_100;
  await waitFor(() => silent.received[1]?.startsWith("POST"), { what: "the second attempt" });
});
