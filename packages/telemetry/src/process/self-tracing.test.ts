import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { expect, test } from "vitest";
import { decodeTraces } from "../otlp/codec.ts";
import { startSelfTracing } from "./self-tracing.ts";

test("without an endpoint spans go nowhere", async () => {
  const { tracer, stop } = await startSelfTracing("quiet");
  const span = tracer.startSpan("work");
  expect(span.isRecording()).toBe(false);
  span.end();
  await stop();
});

test("spans are on the wire when it has stopped, and our codec reads what the SDK wrote", async () => {
  const bodies: Promise<Buffer>[] = [];
  const server = createServer((request, response) => {
    bodies.push(buffer(request));
    response.writeHead(200, { "content-type": request.headers["content-type"] }).end("{}");
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const { tracer, stop } = await startSelfTracing("traced", endpoint);
  tracer.startSpan("work", { attributes: { size: 3, ratio: 0.5, tags: ["a", "b"] } }).end();
  await stop();
  server.close();
  const { resourceSpans } = decodeTraces((await bodies[0]) ?? Buffer.alloc(0), "json");
  expect(resourceSpans[0]?.resource?.attributes).toMatchObject({
    "service.name": "traced",
    "service.namespace": "weir",
  });
  expect(resourceSpans[0]?.scopeSpans[0]?.spans[0]).toMatchObject({
    name: "work",
    traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
    attributes: { size: 3, ratio: 0.5, tags: ["a", "b"] },
  });
});
