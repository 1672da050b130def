import type { Window } from "@weir/domain";
import { guarded, type Sql } from "../connection/open-sql.ts";
import type { EdgeName, Latency, SeriesPoint, ServiceName, Traffic } from "./answers.ts";
import { readCoveredTime } from "./covered-time.ts";
import {
  type EdgeEvidence,
  type EvidenceQuery,
  latencyOf,
  readEdgeEvidence,
  trafficOf,
} from "./edge-evidence.ts";
import { pointsOf, type Steps, stepsOf } from "./series.ts";

/** Golden signals of a window: as a whole, and over time in the intervals of a series. */
export interface Signals {
  /** `seconds` is what a rate is divided by: the part of the intervals that the stored data tell about. */
  readonly whole: Traffic & Latency & { readonly seconds: number };
  readonly slots: readonly SeriesPoint[];
}

/** Of the requests from one service to another, in about `slots` intervals. */
export function edgeSignals(sql: Sql, edge: EdgeName, window: Window, slots: number): Promise<Signals> {
  return readSignals(sql, { edge }, window, slots);
}

/** Of the requests that arrived at a service, whoever sent them. */
export function nodeSignals(sql: Sql, service: ServiceName, window: Window, slots: number): Promise<Signals> {
  return readSignals(sql, { destination: service }, window, slots);
}

/** Of every service that received requests, in one reading; those without are left out. Ordered by name. */
export function allNodeSignals(sql: Sql, window: Window, slots: number): Promise<(ServiceName & Signals)[]> {
  return guarded(sql, async () => {
    const steps = stepsOf(window, slots);
    const [evidence, covered] = await readAll(sql, {}, steps);
    const byService = Map.groupBy(evidence, ({ destination: d }) => `${d.namespace}/${d.service}`);
    return [...byService]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([, own]) => {
        const name = own[0]?.destination;
        return name
          ? [{ namespace: name.namespace, service: name.service, ...signalsOf(own, steps, covered) }]
          : [];
      });
  });
}

function readSignals(
  sql: Sql,
  of: Pick<EvidenceQuery, "edge" | "destination">,
  window: Window,
  slots: number,
): Promise<Signals> {
  return guarded(sql, async () => {
    const steps = stepsOf(window, slots);
    const [evidence, covered] = await readAll(sql, of, steps);
    return signalsOf(evidence, steps, covered);
  });
}

function readAll(sql: Sql, of: Pick<EvidenceQuery, "edge" | "destination">, steps: Steps) {
  return Promise.all([
    readEdgeEvidence(sql, { ...of, window: steps.window, stepMs: steps.stepMs }),
    readCoveredTime(sql, steps.window),
  ]);
}

function signalsOf(evidence: readonly EdgeEvidence[], steps: Steps, covered: Window): Signals {
  return {
    whole: {
      ...trafficOf(evidence),
      ...latencyOf(evidence),
      seconds: (covered.toMs - covered.fromMs) / 1000,
    },
    slots: pointsOf(evidence, steps, covered),
  };
}
