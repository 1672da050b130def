import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { startCollector } from "./ingest/collector.ts";
import { Load } from "./ingest/load/load.ts";
import { CopyCeiling } from "./ingest/measure/copy-ceiling.ts";
import { awaitCommitted, countSpans } from "./ingest/measure/ingest.ts";
import { measureMetrics } from "./ingest/measure/metrics.ts";
import { measurePeers } from "./ingest/measure/peers.ts";
import { measureSaturated } from "./ingest/measure/saturated.ts";
import { measureSteady } from "./ingest/measure/steady.ts";
import { readIngestOptions } from "./ingest/options.ts";
import { jaeger } from "./ingest/peers/jaeger.ts";
import { otelcol } from "./ingest/peers/otelcol.ts";
import { printTurn, printTurnHeadings, report } from "./ingest/report.ts";
import type { Results } from "./ingest/results.ts";
import { Children } from "./shared/children.ts";
import { type MachineShare, withMachineShare } from "./shared/machine-share.ts";
import { startDatabase } from "./shared/start-database.ts";

/**
 * What telemetry costs from the socket to committed rows: real OTLP requests, the collector in a process of its own, a
 * Postgres that is durable, and every acknowledged span found in it afterwards. Linux only (it reads /proc).
 */
const options = readIngestOptions(process.argv.slice(2));
const { phases, connections } = options;
const dir = mkdtempSync(join(tmpdir(), "weir-bench-ingest-"));
chmodSync(dir, 0o755); // for the user that Postgres runs as
const children = new Children(dir);
const results: { -readonly [K in keyof Results]: Results[K] } = {
  ...{ saturated: undefined, steady: undefined, metrics: undefined, peers: undefined },
};
const shares = new Map<string, MachineShare>();
/** A phase, when it is wanted, with an eye on the rest of the machine. */
async function phase<T>(name: string, measure: () => Promise<T>): Promise<T | undefined> {
  if (!phases.has(name)) return undefined;
  const { result, share } = await withMachineShare(measure);
  shares.set(name, share);
  return result;
}
try {
  console.log(`${cpus().length} x ${cpus()[0]?.model}, Node ${process.versions.node}`);
  const load = await Load.start(children);
  if (["saturated", "steady", "metrics"].some((phase) => phases.has(phase))) await measureWeir(load);
  results.peers = await phase("peers", () => {
    const peers = [
      ...(["nop", "file"] as const).map((exporter) => otelcol(options.otelcol, exporter)),
      ...(["memory", "badger"] as const).map((storage) => jaeger(options.jaeger, storage)),
    ];
    return measurePeers(load, peers, { children, dir }, { seconds: options.peerSeconds, connections });
  });
  report(results, shares);
} finally {
  await children.stopAll();
  rmSync(dir, { recursive: true, force: true });
}

async function measureWeir(load: Load): Promise<void> {
  const database = await startDatabase(join(dir, "postgres"));
  try {
    const { sql } = database;
    const collector = await startCollector(children, dir, database.databaseUrl);
    const pids = { collector: collector.pid, postgres: database.pid };
    const ingest = { collector, sql, pids };
    const warm = await load.run({ port: collector.port, signal: "traces", connections, ms: 2_000 });
    await awaitCommitted(() => countSpans(sql), warm.tally.amount);
    results.saturated = await phase("saturated", async () => {
      const ceiling = new CopyCeiling(database, dir);
      printTurnHeadings();
      let turns = 0;
      try {
        return await measureSaturated(load, ingest, ceiling, options, (turn) => printTurn(turn, ++turns));
      } finally {
        await ceiling.close();
      }
    });
    results.steady = await phase("steady", () => measureSteady(load, ingest, options));
    const metricsPlan = { seconds: options.metricsSeconds, connections };
    results.metrics = await phase("metrics", () => measureMetrics(load, ingest, metricsPlan));
    await collector.stop();
  } finally {
    await database.stop();
  }
}
