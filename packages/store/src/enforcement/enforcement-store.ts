import type { Mode, ModeSwitch } from "@weir/domain";
import type {
  Consent,
  EnforcementVerdict,
  GuardBudget,
  GuardCheck,
  Prediction,
  WatchProgress,
} from "@weir/rollout";
import type { Change } from "../config/config-store.ts";
import type { Listing } from "../config/listing.ts";
import type { ServiceName } from "../telemetry/answers.ts";

/** `unguarded`, `kept`, `takenBack` and `ended` are for good; after `ended` nobody watches, and the mode stays as it is. */
export type EnforcementPhase = "unguarded" | "watching" | "kept" | "takenBack" | "ended";

/** A switch that went from observe to enforce: what a line about it says. */
export interface EnforcementHead {
  readonly id: number;
  readonly at: ModeSwitch;
  readonly phase: EnforcementPhase;
  /** The guard's newest verdict, and at last how it ended; undefined before the first. */
  readonly look: { readonly atMs: number; readonly reason: string } | undefined;
  readonly createdAt: Date;
  readonly createdBy: string;
  readonly endedAt: Date | undefined;
}

/** With what was known then and what was learnt since. */
export interface StoredEnforcement extends EnforcementHead {
  /** What taking it back sets; null: inherited. */
  readonly modeBefore: Mode | null;
  readonly prediction: Prediction;
  /** Undefined where nobody watches. */
  readonly budget: GuardBudget | undefined;
  readonly progress: WatchProgress | undefined;
  /** Counts all writes: whoever writes names the number that he has read. */
  readonly changes: number;
  /** Of the policy, where it is one: the revision that enforces. */
  readonly policyRevision: number | undefined;
  readonly reason: string | undefined;
}

/** What became of it, kept for ever with the numbers as they were. */
export interface EnforcementEvent {
  /** 1 for the start; no gaps. */
  readonly seq: number;
  readonly at: Date;
  /** `weir` for the guard. */
  readonly author: string;
  readonly action: "start" | "takeBack" | "keep" | "end";
  /** In words, for people. */
  readonly reason: string;
  /** What a person gave as theirs. */
  readonly comment: string | undefined;
  readonly checks: readonly GuardCheck[];
  readonly progress: WatchProgress | undefined;
}

export interface StartEnforcement extends Change {
  readonly at: ModeSwitch;
  /** Of exactly the policies that begin to act, at their present revisions. */
  readonly prediction: Prediction;
  /** What somebody agreed to of what its gate asks for; see `gateOf`. */
  readonly consent: Consent;
  /** Absent: no guard. */
  readonly budget?: GuardBudget | undefined;
}

export interface EnforcementsQuery {
  /** Absent: all. */
  readonly phase?: EnforcementPhase | undefined;
  readonly at?: ModeSwitch | undefined;
  /** Only of these, or of the whole mesh; absent: of any. */
  readonly namespaces?: readonly string[] | undefined;
  readonly limit: number;
  /** Only ids below this one: the last of the page before. */
  readonly before?: number | undefined;
}

export interface WatchLook {
  readonly atMs: number;
  readonly verdict: EnforcementVerdict;
  readonly progress: WatchProgress;
}

/**
 * Switches from observe to enforce, and their guards. A switch is one transaction with its guard, and so is taking it back with
 * what is kept of it: whoever is ended in between leaves nothing half done. What is taken back is set to what it was before,
 * and only if nobody has changed it since.
 */
export interface EnforcementStore {
  /**
   * @throws EnforcementRefused where nobody agreed to what would be denied, or where other policies, or other revisions,
   * would begin to act than were predicted.
   */
  startEnforcement(start: StartEnforcement): Promise<StoredEnforcement>;
  /** Newest first. */
  listEnforcements(query: EnforcementsQuery): Promise<Listing<StoredEnforcement>>;
  /** Those about a service's requests, by whatever switch, that are watched; newest first. */
  enforcementsWatching(service: ServiceName, limit: number): Promise<EnforcementHead[]>;
  getEnforcement(id: number): Promise<StoredEnforcement | undefined>;
  /** Newest first. */
  enforcementEvents(id: number): Promise<EnforcementEvent[]>;
  /**
   * What the guard saw, and what it does about it; false where somebody wrote since `expectedChanges`. A watch whose switch
   * somebody else has turned ends, whatever the verdict.
   */
  recordWatch(id: number, expectedChanges: number, look: WatchLook): Promise<boolean>;
  /** By hand: back to what it was before. @throws EnforcementRefused where nobody watches it any more, NotFound. */
  takeBackEnforcement(id: number, change: Change): Promise<StoredEnforcement>;
  /** By hand: ends the watch, the mode stays. @throws the same. */
  keepEnforcement(id: number, change: Change): Promise<StoredEnforcement>;
}
