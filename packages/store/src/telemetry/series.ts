import { compareVersions, type Window } from "@weir/domain";
import { guarded, type Sql } from "../connection/open-sql.ts";
import type { EdgeName, SeriesPoint, ServiceName, VersionSplit, VersionTotals } from "./answers.ts";
import { readCoveredTime } from "./covered-time.ts";
import { eachGroup, eachTotal, type StepRows, type Subject } from "./edges/each-group.ts";
import type { EdgeSeries } from "./edges/edge-catalog.ts";
import { goldenSignals, trafficOf } from "./edges/row-answers.ts";
import { pointsOf } from "./edges/step-points.ts";
import { stepsOf } from "./steps.ts";

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

function readSeries(sql: Sql, subject: Subject, window: Window, slots: number): Promise<SeriesPoint[]> {
  return guarded(sql, async () => {
    const steps = stepsOf(window, slots);
    const covered = await readCoveredTime(sql, steps.window);
    let points = pointsOf(undefined, steps, covered);
    await eachGroup(
      sql,
      subject,
      steps,
      () => "all",
      (_, own) => {
        points = pointsOf(own, steps, covered);
      },
    );
    return points;
  });
}

/**
 * How a service's requests fell on its versions: in sum over exactly that window, and over time in about `slots`
 * intervals, of which the first may begin before it. Versions without requests are left out.
 */
export function versionSplit(
  sql: Sql,
  service: ServiceName,
  window: Window,
  slots = 60,
): Promise<VersionSplit> {
  return guarded(sql, async () => {
    const steps = stepsOf(window, slots);
    const { versions, coveredSeconds } = await versionTotals(sql, service, window);
    const coveredSteps = await readCoveredTime(sql, steps.window);
    const overTime = new Map<string, StepRows>();
    const subject = { destination: service };
    await eachGroup(sql, subject, steps, versionOf, (version, own) => overTime.set(version, own));
    return {
      versions: versions.map((own) => ({
        ...own,
        series: pointsOf(overTime.get(own.version), steps, coveredSteps),
      })),
      coveredSeconds,
    };
  });
}

/** The same in sum alone. */
export function versionTotals(sql: Sql, service: ServiceName, window: Window): Promise<VersionTotals> {
  return guarded(sql, async () => {
    const covered = await readCoveredTime(sql, window);
    const versions = new Map<string, StepRows>();
    const subject = { destination: service };
    await eachTotal(sql, subject, window, versionOf, (version, own) => versions.set(version, own));
    versions.delete(""); // no version was reached
    const requests = (own: StepRows) => trafficOf(own, own.rows).requests;
    const total = [...versions.values()].reduce((sum, own) => sum + requests(own), 0);
    return {
      versions: [...versions]
        .sort(([a], [b]) => compareVersions(a, b))
        .map(([version, own]) => ({
          version,
          ...goldenSignals(own, own.rows),
          share: total > 0 ? requests(own) / total : undefined,
        })),
      coveredSeconds: (covered.toMs - covered.fromMs) / 1000,
    };
  });
}

function versionOf({ target }: EdgeSeries): string {
  return target.version;
}
