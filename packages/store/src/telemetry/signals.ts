import type { Window } from "@weir/domain";
import { guarded, type Sql } from "../connection/open-sql.ts";
import type { EdgeName, Latency, SeriesPoint, ServiceName, Traffic } from "./answers.ts";
import { readCoveredTime } from "./covered-time.ts";
import { addStepRows } from "./edges/add-step-rows.ts";
import { eachTotal, type StepRows } from "./edges/each-group.ts";
import type { EdgePair, EdgeSeries } from "./edges/edge-catalog.ts";
import { goldenSignals } from "./edges/row-answers.ts";
import { pointsOf } from "./edges/step-points.ts";
import { type EvidenceQuery, sumEvidence } from "./edges/sum-evidence.ts";
import { stepsOf } from "./steps.ts";

/** Golden signals of a time. */
export interface Total extends Traffic, Latency {
  /** What a rate is divided by: as much of that time as the stored data tell about. */
  readonly seconds: number;
}

/** Golden signals over time in the intervals of a series, the first of which may begin before the window. */
export interface Signals {
  /** Of all the intervals together. Whoever wants no more than this asks for a total, which is of exactly the window. */
  readonly whole: Total;
  readonly slots: readonly SeriesPoint[];
}

/** All of a namespace, a service, or one of its versions. */
export interface PlaceName {
  readonly namespace: string;
  readonly service?: string | undefined;
  readonly version?: string | undefined;
}

/** Requests from a place to a place; absent: from or to anywhere. */
export interface Between {
  readonly source?: PlaceName | undefined;
  readonly destination?: PlaceName | undefined;
}

/** Of the requests from one service to another, in about `slots` intervals. */
export function edgeSignals(sql: Sql, edge: EdgeName, window: Window, slots: number): Promise<Signals> {
  return signalsBetween(sql, edge, window, slots);
}

/** Of the requests that arrived at a service, whoever sent them. */
export function nodeSignals(sql: Sql, service: ServiceName, window: Window, slots: number): Promise<Signals> {
  return signalsBetween(sql, { destination: service }, window, slots);
}

/** Of every request between two services of the mesh; one that crosses three of them counts twice. */
export function meshSignals(sql: Sql, window: Window, slots: number): Promise<Signals> {
  return signalsBetween(sql, {}, window, slots);
}

/**
 * Of the requests from a place to a place. What arrives is told by spans only if metrics tell of no request to the
 * service, and between two places only if they tell of none between the two services.
 */
export function signalsBetween(sql: Sql, between: Between, window: Window, slots: number): Promise<Signals> {
  return guarded(sql, async () => {
    const steps = stepsOf(window, slots);
    const covered = await readCoveredTime(sql, steps.window);
    const apart = { ...steps, fromMs: steps.window.fromMs };
    const found = await sumBetween(sql, between, { window: steps.window, steps: apart });
    return { whole: totalOf(found, covered), slots: pointsOf(found, steps, covered) };
  });
}

/**
 * The same of exactly that window, as one: of the slots of storage that it touches. Intervals of a length that people
 * count time in would begin up to such a length before it.
 */
export function totalBetween(sql: Sql, between: Between, window: Window): Promise<Total> {
  return guarded(sql, async () => {
    const covered = await readCoveredTime(sql, window);
    return totalOf(await sumBetween(sql, between, { window }), covered);
  });
}

/** Undefined: there is no request. */
async function sumBetween(
  sql: Sql,
  { source, destination }: Between,
  time: Pick<EvidenceQuery<boolean>, "window" | "steps">,
): Promise<StepRows | undefined> {
  const count = time.steps?.count ?? 1;
  let found: StepRows | undefined;
  await sumEvidence(
    sql,
    {
      ...time,
      ...(destination?.service !== undefined && {
        destination: { namespace: destination.namespace, service: destination.service },
      }),
      wants: (pair: EdgePair) => isAt(source, pair.source) && isAt(destination, pair.destination),
      scope: source ? (pair: EdgePair) => pair : (pair: EdgePair) => pair.destination,
      group: (series: EdgeSeries) =>
        isVersion(source, series.sourceVersion) && isVersion(destination, series.target.version),
    },
    (sums) => {
      const meant = sums.groups.indexOf(true);
      const rows = Array.from({ length: count }, (_, step) => meant * count + step);
      if (meant >= 0) found = addStepRows(found, { ...sums, rows });
    },
  );
  return found;
}

function isAt(place: PlaceName | undefined, { namespace, service }: ServiceName): boolean {
  if (place === undefined) return true;
  return place.namespace === namespace && (place.service === undefined || place.service === service);
}

function isVersion(place: PlaceName | undefined, version: string): boolean {
  return place?.version === undefined || place.version === version;
}

/** Totals of every service that received requests, in one reading; those without are left out. Ordered by name. */
export function serviceTotals(sql: Sql, window: Window): Promise<(ServiceName & Total)[]> {
  return guarded(sql, async () => {
    const covered = await readCoveredTime(sql, window);
    const services: (ServiceName & Total)[] = [];
    await eachTotal(
      sql,
      {},
      window,
      ({ target }) => target.pair.destination,
      ({ namespace, service }, own) => services.push({ namespace, service, ...totalOf(own, covered) }),
    );
    const name = ({ namespace, service }: ServiceName) => `${namespace}/${service}`;
    return services.sort((a, b) => (name(a) < name(b) ? -1 : 1));
  });
}

function totalOf(own: StepRows | undefined, covered: Window): Total {
  return { ...goldenSignals(own, own?.rows ?? []), seconds: (covered.toMs - covered.fromMs) / 1000 };
}
