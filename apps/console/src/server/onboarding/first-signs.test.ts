import { afterAll, beforeAll, expect, test } from "vitest";
import { type ConsoleForTest, consoleForTest } from "../testing/console-for-test.ts";

let mesh: ConsoleForTest;
beforeAll(async () => {
  mesh = await consoleForTest();
});
afterAll(() => mesh.close());

const urls = { collectorUrl: "http://127.0.0.1:4318", controllerUrl: "http://127.0.0.1:4600" };
const traceId = "0af7651916cd43dd8448eb211c80319c";
const span = (service: string, kind: number, spanId: string, parentSpanId?: string) => ({
  ...{ traceId, spanId, ...(parentSpanId && { parentSpanId }), kind, status: 0 },
  service: { namespace: "shop", name: service, version: "v1" },
  ...{ resource: {}, operation: "GET /hello", attributes: {} },
  ...{ startNs: BigInt(Date.now() - 5_000) * 1_000_000n, durationNs: 1_000_000n },
});

test("an empty mesh has sent nothing; then its first span, then its first edge are known", async () => {
  const ask = () => mesh.as().onboarding.firstSigns();
  expect(await ask()).toEqual({ spans: false, edges: false, services: [], ...urls });

  await mesh.commit({ spans: [span("hello", 1, "00000000000000a1")] });
  expect(await ask()).toMatchObject({
    ...{ spans: true, edges: false },
    services: [{ namespace: "shop", service: "hello" }],
  });

  await mesh.commit({
    spans: [
      span("hello", 3, "00000000000000a2", "00000000000000a1"),
      span("world", 2, "00000000000000a3", "00000000000000a2"),
    ],
  });
  const { edges, services } = await ask();
  expect(edges).toBe(true);
  expect(services.map(({ service }) => service)).toEqual(["world", "hello"]);
});
