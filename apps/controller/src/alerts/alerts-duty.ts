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
    "listTargets" | "listAlerts" | "listVersionsSeen" | "listSidecars" | "recordAlerts"
  >;
  readonly sql: Sql;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

const windowMs = 60_000;
/** A service that was ill and gets no requests is watched no longer than this. */
const silentMs = 900_000;
/** Of versions that whoever committed late, or whose clock is behind, tells of; what was told already is not told again. */
const overlapMs = 60_000;
/** As many as wait for one target: older ones would be given up at once. */
const mostVersions = 1_000;

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
      const targets = await store.listTargets();
      if (targets.length === 0) return;
      const nowMs = now();
      const newestMs = await newestSlotEnd(sql);
      const telemetry = telemetrySighting(newestMs, nowMs);
      const flows = telemetry?.seems === "flowing";
      const looked = new Look(await store.listAlerts(), nowMs, flows);
      if (telemetry && newestMs !== undefined)
        looked.at(telemetry, () => telemetryTelling(telemetry.seems, newestMs));
      if (flows && newestMs !== undefined) {
        const window = { fromMs: newestMs - windowMs, toMs: newestMs };
        const { arrivals } = await serviceArrivals(sql, window);
        for (const sighting of healthSightings(arrivals))
          looked.at(sighting, (from) => healthTelling(sighting.own, from));
        looked.forgetSilent();
      }
      for (const sighting of sidecarSightings(await store.listSidecars()))
        looked.at(sighting, () => sidecarTelling(sighting.subject, sighting.refusing));
      // What was there before anybody was told of anything is no news to them.
      const heardSinceMs = Math.min(...targets.map(({ createdAt }) => createdAt.getTime()));
      const versions = await store.listVersionsSeen({
        ...{ fromMs: Math.max(looked.lastMs - overlapMs, heardSinceMs), toMs: nowMs + overlapMs },
        limit: mostVersions,
      });
      looked.told.unshift(...versions.map(versionTelling).reverse());
      await store.recordAlerts(looked.changed, looked.gone, looked.told);
    },
  };
}

/** The row that tells when somebody looked last, and since when without a break. */
const looks = "looks";
/** What earlier releases called it; nobody reads it any more. */
const formerLooks = "versions";
/** Looks are ten seconds apart; more than this between two is a break. */
const longestPauseMs = 60_000;

/** What one look comes to, over what was known before. */
class Look {
  readonly changed: AlertState[] = [];
  readonly gone: string[] = [];
  readonly told: Telling[] = [];
  /** When somebody looked last, by a clock that may have been put back since; -Infinity: nobody has. */
  readonly lastMs: number;
  readonly #before: ReadonlyMap<string, AlertState>;
  readonly #nowMs: number;
  /** Since when services have been watched without a break, be it of looks or of telemetry. */
  readonly #watchedSinceMs: number;
  readonly #seen = new Set<string>();

  constructor(before: readonly AlertState[], nowMs: number, flows: boolean) {
    this.#before = new Map(before.map((state) => [state.subject, state]));
    this.#nowMs = nowMs;
    const last = this.#before.get(looks);
    this.lastMs = Math.min(last?.seenMs ?? Number.NEGATIVE_INFINITY, nowMs);
    const isUnbroken = flows && last && last.seenMs <= nowMs && nowMs - last.seenMs <= longestPauseMs;
    this.#watchedSinceMs = isUnbroken ? last.sinceMs : nowMs;
    const state = { subject: looks, state: "made", sinceMs: this.#watchedSinceMs, seenMs: nowMs };
    this.changed.push({ ...state, seeming: undefined, seemingSinceMs: undefined });
    if (this.#before.has(formerLooks)) this.gone.push(formerLooks);
  }

  at(sighting: Sighting, telling: (from: string) => Telling): void {
    const { subject } = sighting;
    this.#seen.add(subject);
    const before = this.#before.get(subject);
    const { state, turnedFrom } = nextState(before, sighting, this.#nowMs, this.#watchedSinceMs);
    if (state) this.changed.push(state);
    else if (before) this.gone.push(subject);
    if (turnedFrom !== undefined) this.told.push(telling(turnedFrom));
  }

  /** Services at which nothing arrives for long; that one which was ill is silent is told. */
  forgetSilent(): void {
    for (const { subject, state, seenMs } of this.#before.values()) {
      if (!subject.startsWith("service/") || this.#seen.has(subject)) continue;
      if (this.#nowMs - Math.max(seenMs, this.#watchedSinceMs) < silentMs) continue;
      this.gone.push(subject);
      if (state !== "ok") this.told.push(silenceTelling(subject, state));
    }
  }
}
