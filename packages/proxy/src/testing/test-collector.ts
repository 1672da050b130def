import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import {
  type Attributes,
  decodeLogs,
  decodeMetrics,
  decodeTraces,
  type LogRecord,
  type Metric,
  type Signal,
  type Span,
} from "@weir/telemetry/otlp";
import { onTestFinished } from "vitest";

/** An OTLP/HTTP receiver that keeps what it is sent. */
export interface TestCollector {
  readonly origin: string;
  readonly bodies: { readonly signal: Signal; readonly body: Buffer; readonly status: number }[];
  readonly spans: Span[];
  readonly logs: LogRecord[];
  readonly metrics: Metric[];
  readonly resources: Attributes[];
  close(): Promise<void>;
}

/** `answer` gives the status of each request, in turn; 200 unless told. Only what got 200 is kept as received. */
export async function startTestCollector(
  answer: (index: number) => { status: number; retryAfter?: string } = () => ({ status: 200 }),
): Promise<TestCollector> {
  const kept = {
    bodies: [] as { signal: Signal; body: Buffer; status: number }[],
    spans: [] as Span[],
    logs: [] as LogRecord[],
    metrics: [] as Metric[],
    resources: [] as Attributes[],
  };
  const keep = (signal: Signal, body: Buffer): void => {
    if (signal === "traces")
      for (const { resource, scopeSpans } of decodeTraces(body, "protobuf").resourceSpans) {
        kept.resources.push(resource?.attributes ?? {});
        kept.spans.push(...scopeSpans.flatMap((scope) => scope.spans));
      }
    else if (signal === "logs")
      for (const { scopeLogs } of decodeLogs(body, "protobuf").resourceLogs)
        kept.logs.push(...scopeLogs.flatMap((scope) => scope.logRecords));
    else
      for (const { scopeMetrics } of decodeMetrics(body, "protobuf").resourceMetrics)
        kept.metrics.push(...scopeMetrics.flatMap((scope) => scope.metrics));
  };
  const server = createServer(async (request, response) => {
    const body = await buffer(request);
    const signal = request.url?.slice("/v1/".length) as Signal;
    const { status, retryAfter } = answer(kept.bodies.length);
    kept.bodies.push({ signal, body, status });
    if (status === 200) keep(signal, body);
    response.writeHead(status, retryAfter === undefined ? {} : { "retry-after": retryAfter }).end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => closed(server));
  const { port } = server.address() as AddressInfo;
  return { ...kept, origin: `http://127.0.0.1:${port}`, close: () => closed(server) };
}

async function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  if (!server.listening) return;
  server.close();
  await once(server, "close");
}
