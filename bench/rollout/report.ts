import { atMost, type Judged } from "../shared/targets.ts";
import type { ScenarioName } from "./scenarios.ts";
import type { Summary } from "./summary.ts";

export function printHeadings(): void {
  printRow("", ["", "weir: taken", "", "", "", "after", "Flagger: taken", ""]);
  printRow("scenario", ["runs", "back", "stopped", "median", "p95", "promoted", "back", "median"]);
}

export function printSummary(name: string, summary: Summary): void {
  const { runs, takenBack, stopped, medianS, p95S, succeeded, successS, flagger } = summary;
  printRow(`  ${name}`, [
    runs.toLocaleString("en"),
    percent(takenBack),
    percent(stopped),
    seconds(medianS),
    seconds(p95S),
    succeeded > 0 ? `${percent(succeeded)} ${seconds(successS)}` : "",
    flagger ? percent(flagger.takenBack) : "",
    seconds(flagger?.medianS),
  ]);
}

/** What the issue asks for. */
export function judgeSummaries(of: Readonly<Partial<Record<ScenarioName, Summary>>>): Judged[] {
  const late = (summary: Summary | undefined) => summary && (summary.medianS ?? Number.POSITIVE_INFINITY);
  return [
    atMost("healthy canaries taken back or stopped, %", wronged(of.healthy), 1),
    atMost("the same at 0.1 % errors, %", wronged(of.fewErrors), 1),
    atMost("the same while an incident is on, %", wronged(of.incident), 1),
    atMost("the same with failures five at a time, %", wronged(of.bunched), 1),
    atMost("errors 1 % -> 2 %, median s", late(of.doubled), 600),
    atMost("errors 1 % -> 10 %, median s", late(of.tenfold), 40),
    atMost("p99 + 50 %, median s", late(of.slow), 300),
    atMost("p99 + 50 % by the slowest 2 % alone, median s", late(of.slowTail), 300),
    atMost("canaries at a guard's limit taken back, %", wronged(of.atLimit), 1),
    atMost("a guard's limit passed four times over, median s", late(of.overLimit), 20),
    atMost("bad canaries promoted (1 % -> 2 %), %", of.climbBad && of.climbBad.succeeded * 100, 5),
  ];
}

function wronged(summary: Summary | undefined): number | undefined {
  return summary && (summary.takenBack + summary.stopped) * 100;
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(2))} %`;
}

function seconds(value: number | undefined): string {
  if (value === undefined) return "";
  return value < 0 ? "before" : `${value.toFixed(0)} s`;
}

function printRow(first: string, cells: readonly string[]): void {
  console.log(first.padEnd(38) + cells.map((cell, at) => cell.padStart(at === 6 ? 16 : 13)).join(""));
}
