import type { BalancingAlgorithm, LoadBalancerSettings } from "@weir/domain";
import { HashTables } from "./hash-tables.ts";
import { mixHash, unitOf } from "./hash-text.ts";
import { leastRequestPicker } from "./least-request.ts";
import { maglevPicker } from "./maglev.ts";
import { observeRtt, peakEwmaPicker } from "./peak-ewma.ts";
import type { Algorithm, PickRequest } from "./picker.ts";
import { randomPicker } from "./random-choice.ts";
import { ringHashPicker } from "./ring-hash.ts";
import { roundRobinPicker } from "./round-robin.ts";
import type { Target } from "./target.ts";
import { type PlanSettings, TargetPlan } from "./target-plan.ts";

/** Chooses endpoints of one service by one policy. It is made once a snapshot and keeps what it prepared. */
export interface Balancer {
  /**
   * One of `targets`, undefined when there is none, or none healthy with panic turned off. The same list, and not
   * an equal one, is to be given each time: what is prepared for it is kept by its identity.
   */
  pick(targets: readonly Target[], request: PickRequest): Target | undefined;
  /** How long a target took until the first byte of its answer; only peak EWMA asks for it. */
  observe(target: Target, rttMs: number, nowMs: number): void;
}

export interface BalancerContext {
  /** The sidecar's own zone. */
  readonly zone?: string | undefined;
  /** Absent: ejections are not heeded, as in observe. */
  readonly ejections?: { readonly panicThresholdPercent: number } | undefined;
  /** Kept by the sidecar, so that tables outlive snapshots. */
  readonly tables?: HashTables | undefined;
}

/** Without settings: plain least request, every endpoint alike. */
export function createBalancer(
  settings: LoadBalancerSettings | undefined,
  { zone, ejections, tables = new HashTables() }: BalancerContext = {},
): Balancer {
  const name = settings?.algorithm ?? "leastRequest";
  const plans = new WeakMap<readonly Target[], TargetPlan>();
  const planSettings: PlanSettings = {
    algorithm: algorithmOf(name, tables),
    slowStartMs: settings?.slowStartMs ?? 0,
    zone: settings?.zonePreference ? zone : undefined,
    panicThresholdPercent: ejections?.panicThresholdPercent,
  };
  return {
    pick(targets, request) {
      if (targets.length === 0) return undefined;
      let plan = plans.get(targets);
      if (plan === undefined) {
        plan = new TargetPlan(targets, planSettings, request.nowMs);
        plans.set(targets, plan);
      }
      return plan.pick(request, zonePoint);
    },
    observe:
      name === "peakEwma" ? ({ upstream }, rttMs, nowMs) => observeRtt(upstream, rttMs, nowMs) : () => {},
  };
}

/** Where a request falls between the zones: by its hash if it has one, so that the same one stays where it is. */
function zonePoint({ hash, random }: PickRequest): number {
  return hash === undefined ? random() : unitOf(mixHash(~hash));
}

function algorithmOf(name: BalancingAlgorithm, tables: HashTables): Algorithm {
  switch (name) {
    case "leastRequest":
      return leastRequestPicker;
    case "peakEwma":
      return peakEwmaPicker;
    case "roundRobin":
      return roundRobinPicker;
    case "random":
      return randomPicker;
    case "ringHash":
      return ringHashPicker(tables);
    case "maglev":
      return maglevPicker(tables);
  }
}
