import type { Window } from "@weir/domain";
import { guarded, type Sql } from "../connection/open-sql.ts";
import type { EdgeName, Latency, SeriesPoint, ServiceName, Traffic } from "./answers.ts";
import { readCoveredTime } from "./covered-time.ts";
import { eachGroup, type StepRows, type Subject } from "./edges/each-group.ts";
import { goldenSignals } from "./edges/row-answers.ts";
import { pointsOf } from "./edges/step-points.ts";
import { type Steps, stepsOf } from "./steps.ts";

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

/** Of every request between two services of the mesh; one that crosses three of them counts twice. */
export function meshSignals(sql: Sql, window: Window, slots: number): Promise<Signals> {
  return readSignals(sql, {}, window, slots);
}

function readSignals(sql: Sql, subject: Subject, window: Window, slots: number): Promise<Signals> {
  return guarded(sql, async () => {
    const steps = stepsOf(window, slots);
    const covered = await readCoveredTime(sql, steps.window);
    let signals = signalsOf(undefined, steps, covered);
    await eachGroup(
      sql,
      subject,
      steps,
      () => "all",
      (_, own) => {
        signals = signalsOf(own, steps, covered);
      },
    );
    return signals;
  });
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
