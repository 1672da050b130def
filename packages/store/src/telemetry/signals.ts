import type { Window } from "@weir/domain";
import { guarded, type Sql } from "../connection/open-sql.ts";
import type { EdgeName, Latency, SeriesPoint, ServiceName, Traffic } from "./answers.ts";
import { readCoveredTime } from "./covered-time.ts";
import { addStepRows } from "./edges/add-step-rows.ts";
import { eachGroup, type StepRows } from "./edges/each-group.ts";
import { goldenSignals } from "./edges/row-answers.ts";
import { pointsOf } from "./edges/step-points.ts";
import { sumEvidence } from "./edges/sum-evidence.ts";
import { type Steps, stepsOf } from "./steps.ts";

/** Golden signals of a window: as a whole, and over time in the intervals of a series. */
export interface Signals {
  /** `seconds` is what a rate is divided by: the part of the intervals that the stored data tell about. */
  readonly whole: Traffic & Latency & { readonly seconds: number };
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
export function signalsBetween(
  sql: Sql,
  { source, destination }: Between,
  window: Window,
  slots: number,
): Promise<Signals> {
  return guarded(sql, async () => {
    const steps = stepsOf(window, slots);
    const covered = await readCoveredTime(sql, steps.window);
    let found: StepRows | undefined;
    await sumEvidence(
      sql,
      {
        ...{ window: steps.window, steps: { ...steps, fromMs: steps.window.fromMs } },
        ...(destination?.service !== undefined && {
          destination: { namespace: destination.namespace, service: destination.service },
        }),
        wants: (pair) => isAt(source, pair.source) && isAt(destination, pair.destination),
        scope: source ? (pair) => pair : (pair) => pair.destination,
        group: (series) =>
          isVersion(source, series.sourceVersion) && isVersion(destination, series.target.version),
      },
      (sums) => {
        const meant = sums.groups.indexOf(true);
        const rows = Array.from({ length: steps.count }, (_, step) => meant * steps.count + step);
        if (meant >= 0) found = addStepRows(found, { ...sums, rows });
      },
    );
    return signalsOf(found, steps, covered);
  });
}

function isAt(place: PlaceName | undefined, { namespace, service }: ServiceName): boolean {
  if (place === undefined) return true;
  return place.namespace === namespace && (place.service === undefined || place.service === service);
}

function isVersion(place: PlaceName | undefined, version: string): boolean {
  return place?.version === undefined || place.version === version;
}

/** Of every service that received requests, in one reading; those without are left out. Ordered by name. */
export function allNodeSignals(sql: Sql, window: Window, slots: number): Promise<(ServiceName & Signals)[]> {
  return guarded(sql, async () => {
    const steps = stepsOf(window, slots);
    const covered = await readCoveredTime(sql, steps.window);
    const services: (ServiceName & Signals)[] = [];
    await eachGroup(
      sql,
      {},
      steps,
      ({ target }) => target.pair.destination,
      (service, own) => services.push({ ...service, ...signalsOf(own, steps, covered) }),
    );
    const name = ({ namespace, service }: ServiceName) => `${namespace}/${service}`;
    return services.sort((a, b) => (name(a) < name(b) ? -1 : 1));
  });
}

function signalsOf(own: StepRows | undefined, steps: Steps, covered: Window): Signals {
  return {
    whole: {
      ...goldenSignals(own, own?.rows ?? []),
      seconds: (covered.toMs - covered.fromMs) / 1000,
    },
    slots: pointsOf(own, steps, covered),
  };
}
