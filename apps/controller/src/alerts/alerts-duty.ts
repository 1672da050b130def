import {
  type AlertState,
  type ConfigStore,
  newestSlotEnd,
  type Sql,
  serviceArrivals,
  type Telling,
} from "@weir/store";
import type { Duty } from "../duties/duty.ts";
import { healthSightings, healthTelling, silenceTelling } from "./health-alerts.ts";
import {
  sidecarSightings,
  sidecarTelling,
  telemetrySighting,
  telemetryTelling,
  versionTelling,
} from "./mesh-alerts.ts";
import { nextState, type Sighting } from "./next-state.ts";

export interface AlertsSettings {
  readonly store: Pick<
    ConfigStore,
    "listTargets" | "listAlerts" | "listChanges" | "listSidecars" | "recordAlerts"
  >;
  readonly sql: Sql;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

const windowMs = 60_000;
/** A service that was ill and gets no requests is watched no longer than this. */
const silentMs = 900_000;
/** Whoever committed late is seen all the same; what was told already is not told again. */
const overlapMs = 60_000;
const mostVersions = 200;
const versions = "versions";

/**
 * Tells of services that are ill or well again, of telemetry that stops, of sidecars that refuse, and of new versions. How
 * things stand is kept in the database, and what is told is put into the outbox in the same transaction, so that a controller
 * that takes over tells nothing twice. Where nobody is told of anything, nothing is looked at.
 */
export function alertsDuty({ store, sql, now }: AlertsSettings): Duty {
  return {
    name: "alerts",
    everyMs: 10_000,
    async run() {
      if ((await store.listTargets()).length === 0) return;
      const nowMs = now();
      const newestMs = await newestSlotEnd(sql);
      const looked = new Look(await store.listAlerts(), nowMs);
      const telemetry = telemetrySighting(newestMs, nowMs);
      if (telemetry && newestMs !== undefined) {
        looked.at(telemetry, () => telemetryTelling(telemetry.seems, newestMs));
        if (telemetry.seems === "flowing") {
          const window = { fromMs: newestMs - windowMs, toMs: newestMs };
          const { arrivals } = await serviceArrivals(sql, window, 1);
          for (const sighting of healthSightings(arrivals))
            looked.at(sighting, (from) => healthTelling(sighting.own, from));
          looked.forgetSilent();
        }
      }
      for (const sighting of sidecarSightings(await store.listSidecars()))
        looked.at(sighting, () => sidecarTelling(sighting.subject, sighting.refusing));
      const seenMs = looked.known(versions)?.seenMs;
      if (seenMs !== undefined) {
        const query = { fromMs: seenMs - overlapMs, toMs: nowMs + overlapMs, limit: mostVersions };
        for (const change of await store.listChanges(query))
          if (change.kind === "version") looked.told.unshift(versionTelling(change.seen));
      }
      looked.keep({ ...unseen, subject: versions, state: "seen", sinceMs: seenMs ?? nowMs, seenMs: nowMs });
      await store.recordAlerts(looked.changed, looked.gone, looked.told);
    },
  };
}

const unseen = { seeming: undefined, seemingSinceMs: undefined };

/** What one look comes to, over what was known before. */
class Look {
  readonly changed: AlertState[] = [];
  readonly gone: string[] = [];
  readonly told: Telling[] = [];
  readonly #before: ReadonlyMap<string, AlertState>;
  readonly #nowMs: number;
  readonly #seen = new Set<string>();

  constructor(before: readonly AlertState[], nowMs: number) {
    this.#before = new Map(before.map((state) => [state.subject, state]));
    this.#nowMs = nowMs;
  }

  known(subject: string): AlertState | undefined {
    return this.#before.get(subject);
  }

  keep(state: AlertState): void {
    this.changed.push(state);
  }

  at(sighting: Sighting, telling: (from: string) => Telling): void {
    const { subject } = sighting;
    this.#seen.add(subject);
    const before = this.#before.get(subject);
    const { state, turnedFrom } = nextState(before, sighting, this.#nowMs);
    if (state) this.keep(state);
    else if (before) this.gone.push(subject);
    if (turnedFrom !== undefined) this.told.push(telling(turnedFrom));
  }

  /** Services at which nothing arrives for long; that one which was ill is silent is told. */
  forgetSilent(): void {
    for (const { subject, state, seenMs } of this.#before.values()) {
      if (!subject.startsWith("service/") || this.#seen.has(subject)) continue;
      if (this.#nowMs - seenMs < silentMs) continue;
      this.gone.push(subject);
      if (state !== "ok") this.told.push(silenceTelling(subject, state));
    }
  }
}
