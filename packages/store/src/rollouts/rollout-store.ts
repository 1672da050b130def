import type { Finding } from "@weir/domain";
import type {
  Action,
  Analysis,
  Command,
  Compared,
  Decision,
  Evidence,
  RolloutPlan,
  RolloutState,
  Signals,
} from "@weir/rollout";
import type { Change, ServiceRef } from "../config/config-store.ts";
import type { Listing } from "../config/listing.ts";

/** The newest look at a rollout: what was to be done, and why. */
export interface Look {
  readonly atMs: number;
  readonly action: Action;
  /** For people. */
  readonly reason: string;
  readonly evidence: Evidence;
}

/** What one comparison said at one moment. Shares and differences from 0 to 1, -1 to 1. */
export interface CoursePoint {
  readonly atMs: number;
  readonly step: number;
  readonly check: Compared["check"];
  /** The canary's share of failed (slow) requests less the baseline's lies between. */
  readonly low: number;
  readonly high: number;
  /** The shares themselves, of the requests of the step so far; undefined without requests. */
  readonly canary: number | undefined;
  readonly baseline: number | undefined;
}

/** What both versions did in a step, summed over the stretches of time that its evidence is made of. */
export interface VersionSignals {
  readonly fromMs: number;
  readonly toMs: number;
  /** Durations in seconds, as sparse histograms: quantiles by `quantile` of the domain. */
  readonly canary: Signals;
  readonly baseline: Signals;
}

/** A slot of ten seconds that was taken in before it was over: what is told of it later counts beyond this. */
export interface OpenSlot {
  readonly fromMs: number;
  /** Until when. */
  readonly toMs: number;
  /** The canary's and the baseline's. */
  readonly versions: readonly Signals[];
}

/** With what it takes to go on with it after a restart. */
export interface KeptAnalysis extends Analysis {
  readonly openSlot?: OpenSlot | undefined;
}

export interface StoredRollout {
  readonly id: number;
  readonly plan: RolloutPlan;
  /** 1 at the start, one more with each edit of the plan. */
  readonly planRevision: number;
  readonly state: RolloutState;
  readonly analysis: KeptAnalysis;
  /** Undefined before the first. */
  readonly look: Look | undefined;
  /** Over the present step, in the order of time; thinned out where there would be too many. */
  readonly course: readonly CoursePoint[];
  /** Of the present step so far. */
  readonly signals: VersionSignals | undefined;
  /** Name of the canary policy it steers, in the plan's namespace. */
  readonly policy: string;
  /** The last change of traffic: revision of that policy, the config revision it came with, and when. */
  readonly steered: {
    readonly policyRevision: number;
    readonly configRevision: number;
    readonly at: Date;
  };
  /** When the present step was entered. */
  readonly stepAt: Date;
  readonly createdAt: Date;
  readonly createdBy: string;
  readonly reason: string | undefined;
  /** Undefined while it is not over. */
  readonly endedAt: Date | undefined;
}

/** What changed a rollout: what the controller decided, or what somebody asked for. */
export type RolloutAction = "start" | "replan" | Exclude<Action, "hold"> | Command["kind"];

/** A change of a rollout, kept for ever as it was. */
export interface RolloutEvent {
  /** 1 for the start; no gaps. */
  readonly seq: number;
  readonly at: Date;
  /** `weir` for the controller's own. */
  readonly author: string;
  readonly action: RolloutAction;
  /** Why, in words for people. */
  readonly reason: string;
  /** What a person gave as their reason. */
  readonly comment: string | undefined;
  /** As this event left it. */
  readonly state: RolloutState;
  /** What was known when it was decided; undefined before the first look. */
  readonly evidence: Evidence | undefined;
  /** What both versions had done in the step that it left, or is in. */
  readonly signals: VersionSignals | undefined;
  /** Of `start` and `replan`; undefined where it is one that this release cannot read. */
  readonly plan: RolloutPlan | undefined;
  /** The revision of the canary policy that it made; undefined where traffic stayed as it was. */
  readonly policyRevision: number | undefined;
}

export interface RolloutsQuery {
  /** Only this one. */
  readonly id?: number | undefined;
  readonly service?: ServiceRef | undefined;
  /** Only of services in these; absent: in any. */
  readonly namespaces?: readonly string[] | undefined;
  /** true: those that are not over; false: those that are; absent: all. */
  readonly running?: boolean | undefined;
  readonly limit: number;
  /** Only ids below this one: the last of the page before. */
  readonly before?: number | undefined;
}

/** `expectedPlanRevision`: of the plan that the edit is based on. */
export interface ReplanChange extends Change {
  readonly expectedPlanRevision: number;
}

/** What a look came to. */
export interface LookTaken {
  readonly decision: Decision;
  /** With the evidence that was decided on taken in. */
  readonly analysis: KeptAnalysis;
  /** Of the step that was looked at. */
  readonly course: readonly CoursePoint[];
  readonly signals: VersionSignals | undefined;
}

/**
 * Rollouts and what became of them. Each change of a state is one transaction with its event, the next revision of the canary
 * policy where traffic changes, an audit entry and a notification: whoever is ended in between leaves nothing half done.
 * While a rollout is not over, nobody else may change or delete the policy it steers.
 */
export interface RolloutStore {
  /** What stands against starting a plan now. Writes nothing. */
  rolloutStartFindings(plan: RolloutPlan): Promise<Finding[]>;
  /**
   * Sets traffic as the first step says. A service has one rollout at a time, of versions that are there; anything else is a
   * `ValidationError`.
   */
  startRollout(plan: RolloutPlan, change: Change): Promise<StoredRollout>;
  /** Newest first. */
  listRollouts(query: RolloutsQuery): Promise<Listing<StoredRollout>>;
  getRollout(id: number): Promise<StoredRollout | undefined>;
  /** Newest first; empty where there is no such rollout. */
  rolloutEvents(id: number): Promise<RolloutEvent[]>;
  /** @throws RolloutRefused where it doesn't apply to the present state, NotFound. */
  commandRollout(id: number, asked: Command, change: Change): Promise<StoredRollout>;
  /**
   * Ends a rollout whose plan this release cannot read: all requests go to its baseline. Where not even that can be read, its
   * canary policy stays as it is, and nobody steers it any more.
   * @returns what became of it.
   * @throws RolloutRefused where it can be read, or is over, NotFound.
   */
  abortUnreadable(id: number, change: Change): Promise<RolloutEvent>;
  /**
   * Another plan for what lies ahead: later steps, the conditions of the present one, how long it may last.
   * @throws StalePlan for a plan that somebody changed meanwhile, ValidationError, RolloutRefused, NotFound.
   */
  replanRollout(id: number, plan: RolloutPlan, change: ReplanChange): Promise<StoredRollout>;
  /** False, and nothing is stored: the state has changed since it was read, or the rollout is over. */
  recordLook(id: number, expectedChanges: number, taken: LookTaken): Promise<boolean>;
}
