import { isEjected, outlierChanges } from "@weir/domain/request-path";
import type { Algorithm, Picker, PickRequest, Usable } from "./picker.ts";
import type { Target } from "./target.ts";
import { Weights } from "./weights.ts";
import { type ZoneShare, zoneShare } from "./zone-share.ts";

export interface PlanSettings {
  readonly algorithm: Algorithm;
  readonly slowStartMs: number;
  /** Targets of this zone are preferred; undefined: zones do not matter. */
  readonly zone: string | undefined;
  /** Undefined: ejections do not matter. */
  readonly panicThresholdPercent: number | undefined;
}

/** Targets that are chosen from together. */
interface Pool {
  readonly all: readonly Target[];
  readonly picker: Picker;
  usable: Usable;
}

/**
 * One list of targets, made ready for choosing: by zone, without the ejected, with the tables of the algorithm. What
 * an ejection changes is worked out when a group says that there was one, not at each choice.
 */
export class TargetPlan {
  readonly #settings: PlanSettings;
  readonly #whole: Pool;
  readonly #local: Pool | undefined;
  readonly #remote: Pool | undefined;
  readonly #groups: readonly Int32Array[];
  #changes: number | undefined;
  #zoneShare: ZoneShare = "whole";

  constructor(targets: readonly Target[], settings: PlanSettings, nowMs: number) {
    this.#settings = settings;
    this.#whole = newPool(targets, settings, nowMs);
    const local = targets.filter(({ zone }) => zone === settings.zone);
    if (settings.zone !== undefined && local.length > 0 && local.length < targets.length) {
      const remote = targets.filter(({ zone }) => zone !== settings.zone);
      this.#local = newPool(local, settings, nowMs);
      this.#remote = newPool(remote, settings, nowMs);
    }
    const groups = settings.panicThresholdPercent === undefined ? [] : targets.flatMap(groupOf);
    this.#groups = [...new Set(groups)];
  }

  pick(request: PickRequest, zonePoint: (request: PickRequest) => number): Target | undefined {
    this.#refresh();
    const pool = this.#poolFor(request, zonePoint);
    const { except } = request;
    if (except !== undefined && except.length > 0)
      return pickFrom(pool, request, without(pool, except)) ?? this.#pickOther(pool, request, except);
    return pickFrom(pool, request, pool.usable);
  }

  /** The preferred zone has no other: any other of all zones, and at last one of those tried already. */
  #pickOther(pool: Pool, request: PickRequest, except: readonly unknown[]): Target | undefined {
    return (
      pickFrom(this.#whole, request, without(this.#whole, except)) ?? pickFrom(pool, request, pool.usable)
    );
  }

  #poolFor(request: PickRequest, zonePoint: (request: PickRequest) => number): Pool {
    const share = this.#zoneShare;
    if (share === "whole" || this.#local === undefined || this.#remote === undefined) return this.#whole;
    return share >= 1 || zonePoint(request) < share ? this.#local : this.#remote;
  }

  #refresh(): void {
    let changes = 0;
    for (const group of this.#groups) changes = (changes + outlierChanges(group)) | 0;
    if (changes === this.#changes) return;
    this.#changes = changes;
    const panics = this.#panics();
    for (const pool of [this.#whole, this.#local, this.#remote])
      if (pool) pool.usable = panics || this.#groups.length === 0 ? everyone(pool.all) : healthy(pool.all);
    this.#zoneShare =
      panics || this.#local === undefined || this.#remote === undefined
        ? "whole"
        : zoneShare(countsOf(this.#local), countsOf(this.#remote));
  }

  /** Too few are healthy for them to carry everything: all are used (Envoy: panic threshold). */
  #panics(): boolean {
    const { panicThresholdPercent = 0 } = this.#settings;
    if (this.#groups.length === 0) return false;
    const { all } = this.#whole;
    return (100 * all.filter((target) => !isOut(target)).length) / all.length < panicThresholdPercent;
  }
}

function newPool(all: readonly Target[], { algorithm, slowStartMs }: PlanSettings, nowMs: number): Pool {
  return { all, picker: algorithm(all, new Weights(all, slowStartMs, nowMs)), usable: everyone(all) };
}

function pickFrom({ picker }: Pool, request: PickRequest, usable: Usable): Target | undefined {
  return usable.list.length === 0 ? undefined : picker(usable, request);
}

function everyone(all: readonly Target[]): Usable {
  return { list: all, has: () => true };
}

function healthy(all: readonly Target[]): Usable {
  const list = all.filter((target) => !isOut(target));
  return list.length === all.length ? everyone(all) : some(list);
}

function without({ usable }: Pool, except: readonly unknown[]): Usable {
  return some(usable.list.filter(({ upstream }) => !except.includes(upstream)));
}

function some(list: readonly Target[]): Usable {
  const set = new Set(list);
  return { list, has: (target) => set.has(target) };
}

function countsOf({ all, usable }: Pool): { readonly all: number; readonly usable: number } {
  return { all: all.length, usable: usable.list.length };
}

function groupOf({ health }: Target): Int32Array[] {
  return health ? [health.group] : [];
}

function isOut({ health }: Target): boolean {
  return health !== undefined && isEjected(health.host);
}
