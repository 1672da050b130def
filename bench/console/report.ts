import type { LoadedData } from "../query/loaded-data.ts";
import type { MachineShare } from "../shared/machine-share.ts";
import { resultLine } from "../shared/result-line.ts";
import type { Timed } from "./measure.ts";

export interface Compared {
  readonly name: string;
  readonly alone: Timed;
  readonly beside: Timed;
}

export interface Views {
  readonly notices: number;
  readonly reads: number;
  readonly failures: number;
  readonly bytes: number;
}

const wantedMs = 150;
const mostSlowed = 1.5;
/** Below this a person sees no difference, and the clock of two busy cores tells none. */
const unseenMs = 20;

export function printHeadings(views: number): void {
  printRow("procedure", ["p50 ms", "p95 ms", `p95, ${views} views`, "slowed", "KB", ""]);
}

export function printCompared(compared: Compared): void {
  const { name, alone, beside } = compared;
  printRow(`  ${name}`, [
    ...[alone.p50Ms, alone.p95Ms, beside.p95Ms].map((ms) => ms.toFixed(1)),
    `x ${(beside.p95Ms / alone.p95Ms).toFixed(2)}`,
    (alone.bytes / 1024).toFixed(0),
    holds(compared) ? "pass" : "MISS",
  ]);
}

/** Prints what the views did and the line of JSON. True when all procedures are as quick as wanted, and every view was served. */
export function report(
  compared: readonly Compared[],
  views: Views & { readonly count: number; readonly seconds: number },
  data: LoadedData,
  share: MachineShare,
): boolean {
  const perSecond = (count: number) => (count / views.seconds).toFixed(0);
  console.log(
    `\n${views.count} views: ${perSecond(views.notices)} notices and ${perSecond(views.reads)} readings of the map a second, ` +
      `${(views.bytes / views.reads / 1024).toFixed(0)} KB each; ${views.failures} failed`,
  );
  console.log(`other programs took ${(share.others * 100).toFixed(0)} % of the machine's cores meanwhile`);
  const procedures = Object.fromEntries(compared.map(({ name, ...timed }) => [name, timed]));
  console.log(resultLine("console", { ...data, procedures, views, machineShare: share }));
  return compared.every(holds) && views.failures === 0 && views.reads > 0;
}

function holds({ alone, beside }: Compared): boolean {
  return alone.p95Ms < wantedMs && beside.p95Ms <= Math.max(alone.p95Ms * mostSlowed, unseenMs);
}

function printRow(first: string, cells: readonly string[]): void {
  console.log(first.padEnd(32) + cells.map((cell) => cell.padStart(15)).join(""));
}
