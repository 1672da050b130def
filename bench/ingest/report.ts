import type { MachineShare } from "../shared/machine-share.ts";
import { resultLine } from "../shared/result-line.ts";
import { printTargets } from "../shared/targets.ts";
import type { PeerFigures } from "./measure/peers.ts";
import type { Turn } from "./measure/saturated.ts";
import type { Quantiles } from "./measure/steady.ts";
import type { Usage } from "./measure/usage.ts";
import type { Results } from "./results.ts";
import { judge, totalBytes } from "./targets.ts";

const turnHeadings = [
  "spans/s",
  "COPY rows/s",
  "of COPY",
  "collector us",
  "Postgres us",
  "COPY us",
  "load us",
  "batch",
];

export function printTurnHeadings(): void {
  printRow("saturated", turnHeadings);
}

/** While the run goes on. */
export function printTurn(turn: Turn, number: number): void {
  const { spansPerSecond, copyRowsPerSecond, cpuUs, copyUs, spansPerBatch } = turn;
  printRow(`  turn ${number}, ${turn.spans.toLocaleString("en")} spans`, [
    ...[
      spansPerSecond.toFixed(0),
      copyRowsPerSecond.toFixed(0),
      (spansPerSecond / copyRowsPerSecond).toFixed(2),
    ],
    ...[us(cpuUs, "collector"), us(cpuUs, "postgres"), copyUs.toFixed(1), us(cpuUs, "load")],
    spansPerBatch.toFixed(0),
  ]);
}

/** Prints what was measured, what must be known to read it, and last one line of JSON. */
export function report(results: Results, shares: ReadonlyMap<string, MachineShare>): void {
  const { saturated, steady, metrics, peers } = results;
  console.log();
  if (steady) {
    const { spansPerSecond, cpuUs, flatness, turnedAway, spooled, collectorPeakMb } = steady;
    printRow("steady", [
      "spans/s",
      "collector us",
      "Postgres us",
      "load us",
      "last/first",
      "turned away",
      "spooled",
      "peak MB",
    ]);
    printRow(`  ${steady.spans.toLocaleString("en")} spans`, [
      ...[spansPerSecond.toFixed(0), us(cpuUs, "collector"), us(cpuUs, "postgres"), us(cpuUs, "load")],
      ...[flatness.toFixed(2), String(turnedAway), String(spooled), collectorPeakMb.toFixed(0)],
    ]);
    printRow("ms from the request until", ["p50", "p99", "most", "samples"]);
    printQuantiles("its acknowledgement", steady.answerMs);
    printQuantiles("its trace is found by id", steady.traceVisibleMs);
    printQuantiles("its edge is on the map", steady.edgeVisibleMs);
    printRow("bytes a span on disk", ["with indexes"]);
    for (const [table, bytes] of steady.bytesPerSpan)
      if (bytes >= 0.5) printRow(`  ${table}`, [bytes.toFixed(0)]);
    printRow("  all that has grown", [totalBytes(steady.bytesPerSpan)?.toFixed(0) ?? ""]);
    console.log();
  }
  if (metrics) {
    printRow("metrics", ["points/s", "collector us", "Postgres us", "load us"]);
    printRow(`  ${metrics.pointsPerRequest.toFixed(0)} points a request`, [
      metrics.pointsPerSecond.toFixed(0),
      ...["collector", "postgres", "load"].map((name) => us(metrics.cpuUs, name)),
    ]);
    console.log();
  }
  if (peers?.size) printPeers(peers, saturated);
  const judged = judge(results);
  printTargets(judged);
  for (const [phase, { own, others, stolen }] of shares)
    console.log(
      `${phase}: of the machine's cores this run took ${percent(own)}, other programs ${percent(others)}, the host ${percent(stolen)}`,
    );
  console.log(resultLine("ingest", { ...results, targets: judged, machineShares: shares }));
}

function printPeers(peers: ReadonlyMap<string, PeerFigures | Error>, saturated: Results["saturated"]): void {
  printRow("the same load, saturated", ["spans/s", "CPU us a span", "peak MB"]);
  if (saturated) {
    const { spansPerSecond, cpuUs, collectorPeakMb } = saturated;
    const whole = (cpuUs.collector ?? 0) + (cpuUs.postgres ?? 0);
    printRow("  weir, the collector", [
      spansPerSecond.toFixed(0),
      us(cpuUs, "collector"),
      collectorPeakMb.toFixed(0),
    ]);
    printRow("  weir, with Postgres", [spansPerSecond.toFixed(0), whole.toFixed(1), ""]);
  }
  for (const [name, figures] of peers)
    if (figures instanceof Error) console.log(`  ${name}: ${figures.message}`);
    else
      printRow(`  ${name}`, [
        figures.spansPerSecond.toFixed(0),
        figures.cpuUs.toFixed(1),
        figures.peakMb.toFixed(0),
      ]);
  console.log();
}

function printQuantiles(what: string, { p50, p99, most, samples }: Quantiles): void {
  printRow(`  ${what}`, [p50.toFixed(0), p99.toFixed(0), most.toFixed(0), String(samples)]);
}

function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`;
}

function us(usage: Usage, name: string): string {
  return usage[name]?.toFixed(1) ?? "";
}

function printRow(first: string, cells: readonly string[]): void {
  console.log(first.padEnd(34) + cells.map((cell) => cell.padStart(14)).join(""));
}
