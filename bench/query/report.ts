import type { MachineShare } from "../shared/machine-share.ts";
import { resultLine } from "../shared/result-line.ts";
import type { LoadedData } from "./loaded-data.ts";
import type { Answered, Question } from "./question.ts";

export interface Asked {
  readonly question: Question;
  readonly answered: Answered | Error;
}

export function printHeadings(): void {
  printRow("question", ["wanted", "p95 ms", "p50 ms", "most", "found", ""]);
}

/** While the run goes on. */
export function printAsked({ question, answered }: Asked): void {
  const { name, wantedMs } = question;
  if (answered instanceof Error) {
    console.log(`  ${name}: ${answered.message}`);
    return;
  }
  const { p50Ms, p95Ms, mostMs, found } = answered;
  printRow(`  ${name}`, [
    wantedMs === undefined ? "" : `< ${wantedMs}`,
    ...[p95Ms, p50Ms, mostMs].map((ms) => ms.toFixed(1)),
    found.toFixed(0),
    wantedMs === undefined ? "" : p95Ms < wantedMs ? "pass" : "MISS",
  ]);
}

/** Prints how busy the machine was, and the line of JSON. True when all questions were answered as wanted. */
export function report(asked: readonly Asked[], data: LoadedData, share: MachineShare): boolean {
  console.log(`\nother programs took ${(share.others * 100).toFixed(0)} % of the machine's cores meanwhile`);
  const questions = Object.fromEntries(
    asked.map(({ question, answered }) => [
      question.name,
      answered instanceof Error ? answered : { wantedMs: question.wantedMs, ...answered },
    ]),
  );
  console.log(resultLine("query", { ...data, questions, machineShare: share }));
  return asked.every(({ question: { wantedMs = Number.POSITIVE_INFINITY }, answered }) =>
    answered instanceof Error ? false : answered.p95Ms < wantedMs,
  );
}

function printRow(first: string, cells: readonly string[]): void {
  console.log(first.padEnd(48) + cells.map((cell) => cell.padStart(10)).join(""));
}
