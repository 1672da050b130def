import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { commitTelemetry, createTelemetryCaches, openConfigStore, openSql } from "@weir/store";
import { createTestDatabase, type TestDatabase } from "@weir/testkit";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { readConfig } from "../config.ts";
import { exitCodes } from "./command-error.ts";
import { runCommand } from "./run-command.ts";

const window = "2026-11-01T10:00:00Z/2026-11-01T10:10:00Z";
const fromMs = Date.UTC(2026, 10, 1, 10);

let database: TestDatabase;
let folder: string;
let out: string[];
let err: string[];
beforeAll(async () => {
  database = await createTestDatabase();
  folder = mkdtempSync(join(tmpdir(), "weir replay "));
  writeFileSync(
    join(folder, "plan.yaml"),
    "{ name: p, namespace: shop, targetRef: payments, baseline: v1, canary: v2, steps: [{ weight: 10, forMs: 120000 }, { weight: 100, forMs: 60000 }] }",
  );
  writeFileSync(
    join(folder, "endless.yaml"),
    "{ name: p, namespace: shop, targetRef: payments, baseline: v1, canary: v2, steps: [] }",
  );
  writeFileSync(join(folder, "broken.yaml"), "steps: [");
  const sql = openSql(database.databaseUrl, { applicationName: "test" });
  const end = (service: string) => ({ namespace: "shop", service, version: "v1" });
  const edgePoints = Array.from({ length: 60 }, (_, n) => ({
    ...{
      timeMs: fromMs + (n + 1) * 10_000,
      reporter: "source" as const,
      protocol: "http" as const,
      method: "GET",
    },
    ...{ source: end("cart"), destination: end("payments"), statusClass: 2, flag: "", requests: 1_000 },
    ...{ requestBytes: 0, responseBytes: 0, durationSumSeconds: 1, exemplars: [] },
    histogram: { indexes: [-70, -40], counts: [985, 15] },
  }));
  const rows = { accessLogs: [], logs: [], decisionPoints: [], metricPoints: [], spans: undefined };
  const request = { ...rows, digest: new Uint8Array(32), edgePoints };
  await commitTelemetry(sql, { requests: [request] }, createTelemetryCaches());
  await sql.end();
  const store = openConfigStore(database.databaseUrl);
  await store.registerSidecar(
    { proxyId: "a", workload: { namespace: "shop", service: "payments", version: "v1" }, release: "0.1.0" },
    { controllerId: "test", leaseMs: 600_000 },
  );
  await store.close();
});
afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => {
  out = [];
  err = [];
});

function replay(...args: string[]): Promise<number> {
  const config = readConfig({ DATABASE_URL: database.databaseUrl, INIT_CWD: folder });
  const file = args[0]?.endsWith(".yaml") ? join(folder, args.shift() as string) : join(folder, "plan.yaml");
  return runCommand(["rollout", "replay", "-f", file, "--window", window, ...args], config, {
    print: (text) => void out.push(text),
    printError: (text) => void err.push(text),
  });
}

test("a bad canary: when it would have been caught, in which step, and who would have suffered", async () => {
  expect(await replay("--errors", "+20%", "--latency", "x3")).toBe(exitCodes.done);
  const text = out.join("\n");
  expect(text).toMatch(
    /^A canary that fails 20 points more often and takes 3 times as long would have been caught after \d+ s at 10 %; \d+ requests/,
  );
  expect(text).toMatch(/^10 % {2,}the start {2,}200$/m);
  expect(text).toMatch(/^100 % {2,}- {2,}0$/m);
});

test("a good one: how long it would have taken; for pipes as it is", async () => {
  expect(await replay("--runs", "20", "-o", "json")).toBe(exitCodes.done);
  expect(JSON.parse(out.join(""))).toMatchObject({ runs: 20, passed: 20, straight: { reached: 60_000 } });
});

test("from a step on", async () => {
  expect(await replay("--errors", "x3", "--from-step", "2", "--runs", "5")).toBe(exitCodes.done);
  expect(out.join("")).toContain("from 100 % on");
  expect(err).toEqual(["note: payments has no version v2 now; it has v1"]);
});

test.each`
  args                                                         | code                 | says
  ${["--errors", "2"]}                                         | ${exitCodes.usage}   | ${"--errors 2 is not understood; write +2% or x3"}
  ${["--errors", "+200%"]}                                     | ${exitCodes.usage}   | ${"--errors +200% is not understood; write +2% or x3; from +0% to +100%, or x1 to x1000"}
  ${["--errors", "x3", "--from-step", "9"]}                    | ${exitCodes.usage}   | ${"--from-step 9 is not in the plan; its steps are 1 to 2"}
  ${["--latency", "-5ms"]}                                     | ${exitCodes.usage}   | ${"is not understood"}
  ${["--runs", "0"]}                                           | ${exitCodes.usage}   | ${"--runs must be a whole number"}
  ${["--matched", "0%"]}                                       | ${exitCodes.usage}   | ${"is no share"}
  ${["--window", "soon"]}                                      | ${exitCodes.usage}   | ${"is no window"}
  ${["--window", "2026-10-01T10:00:00Z/2026-10-01T10:10:00Z"]} | ${exitCodes.refused} | ${"got no request in this window"}
  ${["endless.yaml"]}                                          | ${exitCodes.refused} | ${"needs at least one step"}
  ${["broken.yaml"]}                                           | ${exitCodes.refused} | ${"is no YAML"}
  ${["none.yaml"]}                                             | ${exitCodes.failed}  | ${"cannot read"}
`("$args: $says", async ({ args, code, says }) => {
  expect(await replay(...args)).toBe(code);
  expect(err.join("\n")).toContain(says);
});
