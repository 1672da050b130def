import { type Finding, findingOf, findingsOf, ValidationError } from "@weir/domain";
import { placeAt, placeFinding } from "@weir/policy-text";
import { RolloutPlan } from "@weir/rollout";
import { LineCounter, parseDocument } from "yaml";
import { CommandError, exitCodes, problemsText } from "./command-error.ts";
import { readText } from "./policy-file.ts";

/** A file that holds the plan of a rollout. */
export interface PlanFile {
  readonly plan: RolloutPlan;
  /** Findings of the plan, a line of text each, at their lines of the file and in their order. */
  linesOf(findings: readonly Finding[]): string[];
  /** Tells what else is wrong with the plan at its lines; any other error as it came. */
  explain(error: unknown): unknown;
}

/** Reads a plan; `-` is standard input. @throws CommandError with all that is wrong with it, each at its line. */
export function openPlanFile(file: string): PlanFile {
  const name = file === "-" ? "standard input" : file;
  const lines = new LineCounter();
  const document = parseDocument(readText(file, name), { lineCounter: lines, prettyErrors: false });
  const refusal = (findings: readonly PlacedFinding[]) =>
    new CommandError(
      exitCodes.refused,
      `nothing was done, for the plan is not acceptable:${problemsText(placedLines(name, findings))}`,
    );
  if (document.errors.length > 0)
    throw refusal(
      document.errors.map(({ message, pos: [from, to] }) =>
        placeAt(findingOf("not-yaml", "", `is no YAML: ${message}`), [from, to], lines),
      ),
    );
  const place = (finding: Finding) => placeFinding(finding, document, lines, [0, 0]);
  const read = RolloutPlan.safeParse(document.toJS({ maxAliasCount: 100 }));
  if (!read.success) throw refusal(findingsOf(read.error).map(place));
  return {
    plan: read.data,
    linesOf: (findings) => placedLines(name, findings.map(place)),
    explain: (error) => (error instanceof ValidationError ? refusal(error.findings.map(place)) : error),
  };
}

type PlacedFinding = ReturnType<typeof placeAt>;

function placedLines(name: string, findings: readonly PlacedFinding[]): string[] {
  return findings
    .toSorted((a, b) => a.from - b.from)
    .map(({ line, column, path, message, fix }) =>
      [`${name}:${line}:${column}`, ...(path ? [path] : []), `${message}. ${fix}`].join(": "),
    );
}

/** The plan alone. */
export function readPlanFile(file: string): RolloutPlan {
  return openPlanFile(file).plan;
}
