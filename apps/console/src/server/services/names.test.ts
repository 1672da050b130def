import { afterAll, beforeAll, expect, test } from "vitest";
import { type ConsoleForTest, consoleForTest } from "../testing/console-for-test.ts";

let mesh: ConsoleForTest;
beforeAll(async () => {
  mesh = await consoleForTest();
  const workload = { namespace: "shop", service: "payments", version: "v1" };
  await mesh.config.registerSidecar(
    { proxyId: "p1", workload, release: "1" },
    { controllerId: "c", leaseMs: 60_000 },
  );
  const end = (namespace: string, service: string) => ({ namespace, service, version: "v1" });
  await mesh.commit({
    edgePoints: [
      {
        ...{
          timeMs: Date.now(),
          reporter: "source",
          protocol: "http",
          method: "GET",
          flag: "",
          statusClass: 2,
        },
        ...{ source: { ...end("", "outside"), version: "" }, destination: end("bank", "ledger") },
        ...{ requests: 1, requestBytes: 0, responseBytes: 0, durationSumSeconds: 0.1 },
        ...{ histogram: { indexes: [-50], counts: [1] }, exemplars: [] },
      },
    ],
  });
});
afterAll(() => mesh.close());

test("services with a sidecar and those of telemetry alone are known, what stands outside is not", async () => {
  expect(await mesh.as().services.names()).toEqual([
    { namespace: "bank", name: "ledger" },
    { namespace: "shop", name: "payments" },
  ]);
});
