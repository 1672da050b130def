import { compareVersions, type Window } from "@weir/domain";
import { guarded, type Sql } from "../connection/open-sql.ts";
import type { EdgeName, SeriesPoint, ServiceName, VersionSplit } from "./answers.ts";
import { readCoveredTime } from "./covered-time.ts";
import {
  type EdgeEvidence,
  type EvidenceQuery,
  latencyOf,
  readEdgeEvidence,
  trafficOf,
} from "./edge-evidence.ts";
import { slotMs } from "./time.ts";

/** Requests of one edge over time, in about `slots` intervals (fewer where they would be under 10 s). */
export function edgeSeries(sql: Sql, edge: EdgeName, window: Window, slots: number): Promise<SeriesPoint[]> {
  return readSeries(sql, { edge }, window, slots);
}

/** Requests that arrived at a service, whoever sent them. */
export function nodeSeries(
  sql: Sql,
  service: ServiceName,
  window: Window,
  slots: number,
): Promise<SeriesPoint[]> {
  return readSeries(sql, { destination: service }, window, slots);
}

/** How a service's requests fell on its versions, in sum and over time. Versions without requests are left out. */
export function versionSplit(
  sql: Sql,
  service: ServiceName,
  window: Window,
  slots = 60,
): Promise<VersionSplit> {
  return guarded(sql, async () => {
    const steps = stepsOf(window, slots);
    const [evidence, covered] = await Promise.all([
      readEdgeEvidence(sql, { window: steps.window, stepMs: steps.stepMs, destination: service }),
      readCoveredTime(sql, window),
    ]);
    const reached = evidence.filter(({ destination }) => destination.version !== "");
    const total = trafficOf(reached).requests;
    const versions = Map.groupBy(reached, ({ destination }) => destination.version);
    return {
      versions: [...versions]
        .sort(([a], [b]) => compareVersions(a, b))
        .map(([version, own]) => ({
          version,
          ...trafficOf(own),
          ...latencyOf(own),
          share: total > 0 ? trafficOf(own).requests / total : undefined,
          series: pointsOf(own, steps, covered),
        })),
      coveredSeconds: (covered.toMs - covered.fromMs) / 1000,
    };
  });
}

/** Equal intervals of a window. */
export interface Steps {
  readonly stepMs: number;
  readonly count: number;
  readonly window: Window;
}

/**
 * Intervals of equal length, a multiple of 10 s, that start where that length counted from 1970 does: asked again
 * a moment later, the same intervals come back and a chart does not tremble.
 */
export function stepsOf(window: Window, slots: number): Steps {
  const length = window.toMs - window.fromMs;
  const stepMs = Math.max(1, Math.ceil(length / Math.max(1, slots) / slotMs)) * slotMs;
  const fromMs = Math.floor(window.fromMs / stepMs) * stepMs;
  const count = Math.max(1, Math.ceil((window.toMs - fromMs) / stepMs));
  return { stepMs, count, window: { fromMs, toMs: window.toMs } };
}

function readSeries(
  sql: Sql,
  of: Pick<EvidenceQuery, "edge" | "destination">,
  window: Window,
  slots: number,
): Promise<SeriesPoint[]> {
  return guarded(sql, async () => {
    const steps = stepsOf(window, slots);
    const [evidence, covered] = await Promise.all([
      readEdgeEvidence(sql, { ...of, window: steps.window, stepMs: steps.stepMs }),
      readCoveredTime(sql, steps.window),
    ]);
    return pointsOf(evidence, steps, covered);
  });
}

/** A point for each interval, also for those without requests. */
export function pointsOf(evidence: readonly EdgeEvidence[], steps: Steps, covered: Window): SeriesPoint[] {
  const byStep = Map.groupBy(evidence, ({ step }) => step);
  return Array.from({ length: steps.count }, (_, step) => {
    const atMs = steps.window.fromMs + step * steps.stepMs;
    const own = byStep.get(step) ?? [];
    const coveredMs = Math.min(atMs + steps.stepMs, covered.toMs) - Math.max(atMs, covered.fromMs);
    return { atMs, seconds: Math.max(0, coveredMs) / 1000, ...trafficOf(own), ...latencyOf(own) };
  });
}
