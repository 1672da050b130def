import { afterAll, beforeAll, expect, test } from "vitest";
import { type ConsoleForTest, consoleForTest } from "../testing/console-for-test.ts";

const workload = { namespace: "shop", service: "cart", version: "v1" };
let mesh: ConsoleForTest;

beforeAll(async () => {
  mesh = await consoleForTest();
  for (const proxyId of ["p1", "p2"])
    await mesh.config.registerSidecar(
      { proxyId, workload, release: "0.1.0" },
      { controllerId: "test", leaseMs: 600_000 },
    );
  await mesh.config.recordWanted(["p1", "p2"], "a", 1);
  for (const proxyId of ["p1", "p2"])
    await mesh.config.recordAcknowledgements([{ acknowledgement: { proxyId, version: "a" } }]);
});
afterAll(() => mesh.close());

test("a change is followed to its sidecars, with what it was and how long it took", async () => {
  expect(await mesh.as().mesh.convergence({ limit: 5 })).toEqual([]);
  await mesh.config.setMeshHold(true, { author: "ada" });
  const { revision } = await mesh.config.readMeshConfig();
  await mesh.config.recordWanted(["p1", "p2"], "b", revision);
  const [sent] = await mesh.as().mesh.convergence({ limit: 5 });
  expect(sent).toMatchObject({ what: "mesh put on hold", author: "ada", sidecars: 2, acked: 0, refused: 0 });
  expect(sent).not.toHaveProperty("tookMs");
  await mesh.config.recordAcknowledgements([{ acknowledgement: { proxyId: "p1", version: "b" } }]);
  await mesh.config.recordAcknowledgements([
    { acknowledgement: { proxyId: "p2", version: "b", error: "no room" } },
  ]);
  const [reached] = await mesh.as().mesh.convergence({ limit: 5 });
  expect(reached).toMatchObject({ configRevision: revision, namespace: "shop", acked: 1, refused: 1 });
  expect(reached?.tookMs).toBeGreaterThanOrEqual(0);
});

test("what sidecars added is told of those that carried something lately", async () => {
  const point = (proxyId: string, timeMs: number) => ({
    ...{ timeMs, service: { namespace: "shop", name: "cart", version: "v1" }, name: "weir.proxy.overhead" },
    ...{ resource: { "service.instance.id": proxyId }, unit: "s", kind: "exponential-histogram/delta" },
    ...{ attributes: {}, histogram: { count: 4, sum: 0.002 } },
  });
  await mesh.commit({ metricPoints: [point("p1", Date.now() - 1_000), point("p2", Date.now() - 60_000)] });
  expect(await mesh.as().mesh.overhead()).toEqual([{ proxyId: "p1", requests: 4, seconds: 0.0005 }]);
});

test("what the process of a sidecar cost is told of the last minute", async () => {
  const now = Date.now();
  const point = (name: string, kind: string, agoMs: number, value: number) => ({
    ...{
      timeMs: now - agoMs,
      service: { namespace: "shop", name: "cart", version: "v1" },
      name,
      kind,
      value,
    },
    ...{ resource: { "service.instance.id": "p1", "telemetry.sdk.name": "weir" }, unit: "", attributes: {} },
  });
  const metricPoints = [
    point("process.cpu.time", "sum/cumulative", 11_000, 4),
    point("process.cpu.time", "sum/cumulative", 1_000, 6),
    point("process.memory.usage", "updown-sum/cumulative", 1_000, 64e6),
    point("process.memory.usage", "updown-sum/cumulative", 90_000, 99e6),
  ];
  await mesh.commit({ metricPoints });
  expect(await mesh.as().mesh.usage()).toEqual([{ proxyId: "p1", cores: 0.2, memoryBytes: 64e6 }]);
});

test("the database says what it takes, and that a new one has no partitions ahead", async () => {
  const { bytes, tables, connections, ...rest } = await mesh.as().mesh.database();
  expect(bytes).toBeGreaterThan(1_000_000);
  expect(tables.map(({ name }) => name)).toContain("convergence");
  expect(connections.used).toBeGreaterThan(0);
  expect(rest).toEqual({});
});
