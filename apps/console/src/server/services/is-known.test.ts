import { openConfigStore, openSql } from "@weir/store";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ConsoleForTest, consoleForTest } from "../testing/console-for-test.ts";
import { isKnownService, isRegisteredService } from "./is-known.ts";

let mesh: ConsoleForTest;
beforeAll(async () => {
  mesh = await consoleForTest();
  await mesh.config.registerSidecar(
    { proxyId: "p1", workload: { namespace: "shop", service: "payments", version: "v1" }, release: "1" },
    { controllerId: "c", leaseMs: 60_000 },
  );
  const end = (namespace: string, service: string) => ({ namespace, service, version: "v1" });
  await mesh.commit({
    edgePoints: [
      {
        ...{ timeMs: Date.now(), reporter: "source", protocol: "http", method: "GET", flag: "" },
        ...{ source: end("shop", "payments"), destination: end("bank", "ledger"), statusClass: 2 },
        ...{ requests: 1, requestBytes: 0, responseBytes: 0, durationSumSeconds: 0.1 },
        ...{ histogram: { indexes: [-50], counts: [1] }, exemplars: [] },
      },
    ],
  });
});
afterAll(() => mesh.close());

test.each`
  namespace | service       | known    | registered | why
  ${"shop"} | ${"payments"} | ${true}  | ${true}    | ${"has a sidecar"}
  ${"bank"} | ${"ledger"}   | ${true}  | ${false}   | ${"telemetry told of it"}
  ${"bank"} | ${"payments"} | ${false} | ${false}   | ${"is of another namespace"}
  ${"shop"} | ${"paymets"}  | ${false} | ${false}   | ${"nobody told of it"}
`("$namespace/$service $why", async ({ namespace, service, known, registered }) => {
  expect(await isKnownService(mesh.context, { namespace, service })).toBe(known);
  expect(await isRegisteredService(mesh.context, { namespace, service })).toBe(registered);
});

test("while the database is away, every service is taken as known: the page says what is the matter", async () => {
  const away = "postgres://weir@127.0.0.1:1/weir";
  const [config, sql] = [openConfigStore(away), openSql(away, { applicationName: "weir-console-test" })];
  expect(await isKnownService({ config, sql }, { namespace: "shop", service: "paymets" })).toBe(true);
  expect(await isRegisteredService({ config }, { namespace: "shop", service: "paymets" })).toBe(true);
  await Promise.all([config.close(), sql.end()]);
});
