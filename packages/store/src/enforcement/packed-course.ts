import type { ActsCourse, EnforcementCourse, SignalsCourse } from "./enforcement-course.ts";

/** Requests that were judged while it observed, that it would have acted on, that were judged while it was enforced, that it acted on. */
type PackedActs = readonly [number, number, number, number];
/** Requests a second, share that failed, p99 in seconds; null where there is none. */
type PackedSignals = readonly [number | null, number | null, number | null];

/** A course as it is kept: an interval in as few letters as it takes. */
export interface PackedCourse extends Omit<EnforcementCourse, "acts" | "services"> {
  readonly acts: readonly (Omit<ActsCourse, "steps"> & { readonly steps: readonly PackedActs[] })[];
  readonly services: readonly (Omit<SignalsCourse, "steps"> & { readonly steps: readonly PackedSignals[] })[];
}

export function packCourse({ acts, services, ...course }: EnforcementCourse): PackedCourse {
  return {
    ...course,
    acts: acts.map(({ steps, ...own }) => ({
      ...own,
      steps: steps.map(({ observed, wouldAct, enforced, acted }) => [observed, wouldAct, enforced, acted]),
    })),
    services: services.map(({ steps, ...own }) => ({
      ...own,
      steps: steps.map(({ rps, failed, p99 }) => [figures(rps), figures(failed), figures(p99)]),
    })),
  };
}

export function unpackCourse({ acts, services, ...course }: PackedCourse): EnforcementCourse {
  return {
    ...course,
    acts: acts.map(({ steps, ...own }) => ({
      ...own,
      steps: steps.map(([observed, wouldAct, enforced, acted]) => ({ observed, wouldAct, enforced, acted })),
    })),
    services: services.map(({ steps, ...own }) => ({
      ...own,
      steps: steps.map(([rps, failed, p99]) => ({
        ...{ rps: rps ?? undefined, failed: failed ?? undefined, p99: p99 ?? undefined },
      })),
    })),
  };
}

/** More than anybody reads off a chart. */
const kept = 5;

function figures(value: number | undefined): number | null {
  return value === undefined ? null : Number(value.toPrecision(kept));
}
