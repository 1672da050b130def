import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { startSidecar } from "@weir/proxy";
import { resolveConfig } from "@weir/proxy/config";
import { createLogger, createRegistry, type Registry, startSelfTracing } from "@weir/telemetry/process";
import { beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { startCollector } from "../apps/collector/src/pipeline.ts";
import { createMeters as createConsoleMeters } from "../apps/console/src/server/meters.ts";
import { createMeters as createControllerMeters } from "../apps/controller/src/meters.ts";
import { RolloutMeters } from "../apps/controller/src/rollout/rollout-meters.ts";

/** Holds the dashboards against what the processes say of themselves: a metric or label that is renamed must be here, too. */

const folder = resolve(import.meta.dirname, "grafana/dashboards");
const names = readdirSync(folder);

interface Panel {
  readonly title: string;
  readonly type: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets?: readonly {
    readonly refId: string;
    readonly expr: string;
    readonly legendFormat?: string;
  }[];
}

interface Dashboard {
  readonly uid: string;
  readonly panels: readonly Panel[];
}

const dashboards = names.map((name) => JSON.parse(readFileSync(join(folder, name), "utf8")) as Dashboard);
const queries = dashboards.flatMap(({ uid, panels }) =>
  panels.flatMap(({ title, targets = [] }) => targets.map((target) => ({ uid, title, ...target }))),
);

/** The labels of every metric, by its name as Prometheus stores it. */
const known = new Map<string, Set<string>>();
beforeAll(async () => {
  const [console, controller] = [createRegistry("console"), createRegistry("controller")];
  createConsoleMeters(console);
  createControllerMeters(controller);
  new RolloutMeters(controller);
  for (const registry of [await collectorRegistry(), console, controller]) learnRegistry(registry);
  learnText(await sidecarMetrics());
});

test("there is one for Weir's own processes and one for the mesh", () => {
  expect(dashboards.map(({ uid }) => uid).sort()).toEqual(["weir-mesh", "weir-processes"]);
});

const { groups } = parse(readFileSync(join(folder, "../alerts.yaml"), "utf8")) as {
  readonly groups: readonly {
    readonly rules: readonly { readonly alert: string; readonly expr: string }[];
  }[];
};

test.each(groups.flatMap(({ rules }) => rules))("alert $alert asks for what there is", ({ expr }) => {
  const metrics = [...expr.matchAll(/\bweir_\w+/g)].map(([name]) => name);
  expect(metrics).not.toEqual([]);
  expect(metrics.filter((name) => !known.has(name))).toEqual([]);
  const labels = new Set(metrics.flatMap((name) => [...(known.get(name) ?? [])]));
  expect(labelsOf(expr, "").filter((label) => !labels.has(label))).toEqual([]);
});

test.each(queries)("$uid, $title, query $refId asks for what there is", ({ expr, legendFormat = "" }) => {
  const metrics = [...expr.matchAll(/\b(?:weir|process|nodejs)_\w+/g)].map(([name]) => name);
  expect(metrics).not.toEqual([]);
  expect(metrics.filter((name) => !known.has(name))).toEqual([]);
  // Prometheus adds `instance` to whatever it scrapes.
  const labels = new Set([...metrics.flatMap((name) => [...(known.get(name) ?? [])]), "instance", "le"]);
  expect(labelsOf(expr, legendFormat).filter((label) => !labels.has(label))).toEqual([]);
});

describe.each(dashboards)("$uid", ({ panels }) => {
  test("no two panels lie on each other", () => {
    for (const [i, { gridPos: a, title }] of panels.entries())
      for (const { gridPos: b } of panels.slice(i + 1)) {
        const apart = a.x + a.w <= b.x || b.x + b.w <= a.x || a.y + a.h <= b.y || b.y + b.h <= a.y;
        expect(apart, title).toBe(true);
        expect(a.x + a.w, title).toBeLessThanOrEqual(24);
      }
  });
});

test("Prometheus asks every sidecar of the compose file, and Weir's processes", () => {
  const read = (path: string) =>
    parse(readFileSync(join(import.meta.dirname, path), "utf8"), { merge: true });
  const { services } = read("compose.yaml") as { services: Record<string, { image?: string }> };
  const { scrape_configs: jobs } = read("grafana/prometheus.yaml") as {
    scrape_configs: { static_configs: { targets: string[] }[] }[];
  };
  const sidecars = Object.keys(services).filter((name) => services[name]?.image === "weir-sidecar");
  const expected = [
    "collector:4318",
    "controller:4600",
    "console:3000",
    ...sidecars.map((s) => `${s}:15090`),
  ];
  const targets = jobs.flatMap((job) => job.static_configs.flatMap((part) => part.targets));
  expect(targets.sort()).toEqual(expected.sort());
});

/** Of a collector that has no database yet. */
async function collectorRegistry(): Promise<Registry> {
  const registry = createRegistry("collector");
  const databaseUrl = "postgres://nobody@127.0.0.1:1/weir";
  const collector = await startCollector({
    config: { databaseUrl, listen: { host: "127.0.0.1", port: 0 }, retentionHours: 24 },
    log: createLogger("collector", "silent"),
    registry,
    tracer: (await startSelfTracing("collector")).tracer,
    now: Date.now,
  });
  await collector.stop();
  return registry;
}

/** Of a sidecar with one series of each counter. */
async function sidecarMetrics(): Promise<string> {
  const sidecar = await startSidecar({
    ...resolveConfig({
      workload: { service: "web", namespace: "shop", version: "v1" },
      outbound: { listen: "127.0.0.1:0" },
      admin: { listen: "127.0.0.1:0" },
    }),
    log: createLogger("sidecar", "silent"),
  });
  const { meters } = sidecar as unknown as { meters: { text(process: string, snapshot: string): string } };
  for (const counter of Object.values(meters) as { add?: (amount: number, ...labels: string[]) => void }[])
    counter?.add?.(1, "a", "b", "c", "d", "e", "f");
  const text = meters.text("sidecar web v1", "snapshot");
  await sidecar.stop();
  return text;
}

function learnRegistry(registry: Registry): void {
  for (const metric of registry.getMetricsAsArray() as unknown as {
    name: string;
    type: string;
    labelNames: string[];
  }[])
    for (const name of metric.type === "histogram" ? histogramNames(metric.name) : [metric.name])
      known.set(name, new Set(metric.labelNames));
}

/** Of a text in which every metric with labels has a series. */
function learnText(exposition: string): void {
  for (const [, name = "", labels = ""] of exposition.matchAll(/^(\w+)(?:\{([^}]*)\})? \S+$/gm)) {
    const all = known.get(name) ?? new Set();
    for (const [, label = ""] of labels.matchAll(/(\w+)="/g)) all.add(label);
    known.set(name, all);
  }
}

function histogramNames(name: string): string[] {
  return ["_bucket", "_sum", "_count"].map((suffix) => name + suffix);
}

/** What a query splits by, selects by, joins by, and shows in its legend. */
function labelsOf(expr: string, legend: string): string[] {
  const lists = [...expr.matchAll(/\b(?:by|on|group_left) \(([^)]*)\)/g)].flatMap(([, list = ""]) =>
    list.split(", "),
  );
  const selected = [...expr.matchAll(/(\w+)\s*(?:=~|!~|!=|=)\s*"/g)].map(([, label = ""]) => label);
  const shown = [...legend.matchAll(/\{\{(\w+)\}\}/g)].map(([, label = ""]) => label);
  return [...lists, ...selected, ...shown];
}
