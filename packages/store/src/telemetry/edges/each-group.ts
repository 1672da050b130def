import type { Window } from "@weir/domain";
import type { Sql } from "../../connection/open-sql.ts";
import type { EdgeName, ServiceName } from "../answers.ts";
import type { Steps } from "../steps.ts";
import type { EdgePair, EdgeSeries } from "./edge-catalog.ts";
import type { GroupSums } from "./sum-chunk.ts";
import { type EvidenceQuery, sumEvidence } from "./sum-evidence.ts";

/** Requests of one edge, or what arrived at a service; neither: at every service. */
export interface Subject {
  readonly edge?: EdgeName;
  readonly destination?: ServiceName;
}

/** What a group counted, in a row for each step. */
export interface StepRows extends GroupSums {
  readonly rows: readonly number[];
}

/** Gives each group that has requests to `onGroup`, once if all its series have the same destination. */
export async function eachGroup<K>(
  sql: Sql,
  subject: Subject,
  { window, stepMs, count }: Steps,
  group: (series: EdgeSeries) => K,
  onGroup: (key: K, rows: StepRows) => void,
): Promise<void> {
  const steps = { fromMs: window.fromMs, stepMs, count };
  await sumEvidence(sql, { ...pairsOf(subject), window, steps, group }, (sums) => {
    sums.groups.forEach((key, i) => {
      onGroup(key, { ...sums, rows: Array.from({ length: count }, (_, step) => i * count + step) });
    });
  });
}

/** The same over exactly that window, which steps may begin before: a row a group. */
export async function eachTotal<K>(
  sql: Sql,
  subject: Subject,
  window: Window,
  group: (series: EdgeSeries) => K,
  onGroup: (key: K, rows: StepRows) => void,
): Promise<void> {
  await sumEvidence(sql, { ...pairsOf(subject), window, group }, (sums) => {
    sums.groups.forEach((key, i) => {
      onGroup(key, { ...sums, rows: [i] });
    });
  });
}

/** What arrives at a service is told by spans only if metrics tell of no request to it, whoever sent it. */
export function pairsOf({
  edge,
  destination,
}: Subject): Pick<EvidenceQuery<unknown>, "destination" | "wants" | "scope"> {
  const service = edge?.destination ?? destination;
  const wants = (pair: EdgePair) =>
    (!service || isSame(pair.destination, service)) && (!edge || isSame(pair.source, edge.source));
  return {
    ...(service && { destination: service }),
    wants,
    scope: edge ? (pair) => pair : (pair) => pair.destination,
  };
}

function isSame(a: ServiceName, b: ServiceName): boolean {
  return a.service === b.service && a.namespace === b.namespace;
}
