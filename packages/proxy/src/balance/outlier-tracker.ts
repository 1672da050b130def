import {
  type Cells,
  type EjectionReason,
  ejectHost,
  hostHealthCells,
  isEjected,
  type OutlierDetectionSettings,
  outlierGroupCells,
  outlierStatus,
  recordResult,
  sweepIfDue,
  type TryAnswer,
} from "@weir/domain/request-path";
import type { Target, TargetHealth } from "./target.ts";

/** A host that was ejected or is used again. */
export interface HealthChange {
  readonly address: string;
  /** Undefined: it returned. */
  readonly reason: EjectionReason | undefined;
}

interface Group {
  readonly cells: Int32Array;
  readonly hosts: Int32Array[];
  readonly addresses: string[];
}

/**
 * One outlier detection policy of one service. Endpoints are judged against those of their own version: a new
 * version that fails is its canary's business, and must not use up what may be ejected of the old one (Istio:
 * subsets are clusters of their own). All state is in cells, so the workers and the snapshots after this one share it.
 */
export class OutlierTracker {
  readonly #settings: OutlierDetectionSettings;
  readonly #cells: Cells;
  readonly #key: string;
  readonly #groups = new Map<Int32Array, Group>();

  /** `key` names the service and the policy. */
  constructor(settings: OutlierDetectionSettings, cells: Cells, key: string) {
    this.#settings = settings;
    this.#cells = cells;
    this.#key = key;
  }

  get panicThresholdPercent(): number {
    return this.#settings.panicThresholdPercent;
  }

  /** Health of an endpoint, for its target. To be called once for each endpoint while a snapshot is compiled. */
  track(version: string, address: string): TargetHealth {
    const cells = this.#cells(`outlier ${this.#key} ${version}`, outlierGroupCells);
    const host = this.#cells(`outlier ${this.#key} ${version} ${address}`, hostHealthCells);
    const group = this.#groups.get(cells) ?? { cells, hosts: [], addresses: [] };
    this.#groups.set(cells, group);
    group.hosts.push(host);
    group.addresses.push(address);
    return { host, group: cells };
  }

  /** Counts how a try at a target ended. Why the target was ejected by it, if it was. `nowMs` on the wall clock. */
  record({ health }: Target, answer: TryAnswer, nowMs: number): EjectionReason | undefined {
    const status = outlierStatus(answer);
    if (health === undefined || status === undefined) return undefined;
    const group = this.#groups.get(health.group);
    if (group === undefined) return undefined;
    const due = recordResult(health.host, status, this.#settings);
    if (due === undefined) return undefined;
    return ejectHost(group.cells, group.hosts, health.host, this.#settings, nowMs) ? due : undefined;
  }

  /**
   * Ejects and returns what is due, if an interval has passed and no other worker did it; to be called about once a
   * second. `nowMs` on the wall clock.
   */
  sweep(nowMs: number): HealthChange[] {
    return [...this.#groups.values()].flatMap(({ cells, hosts, addresses }) => {
      const result = sweepIfDue(cells, hosts, this.#settings, nowMs);
      if (result === undefined) return [];
      const change = (host: number, reason: EjectionReason | undefined): HealthChange => ({
        address: addresses[host] ?? "",
        reason,
      });
      return [
        ...result.returned.map((host) => change(host, undefined)),
        ...result.ejected.map(({ host, reason }) => change(host, reason)),
      ];
    });
  }
}

/** How many of the targets are ejected now, by a policy of whichever mode. */
export function ejectedOf(targets: readonly Target[]): number {
  return targets.filter(({ health }) => health !== undefined && isEjected(health.host)).length;
}
