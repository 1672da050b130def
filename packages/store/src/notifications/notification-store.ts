import type { Notification, NotificationFormat, NotificationTarget, TargetChange } from "@weir/domain";
import type { Change } from "../config/config-store.ts";

/** Whom to tell, without what is secret of it. */
export interface StoredTarget extends Omit<NotificationTarget, "url" | "token"> {
  readonly id: number;
  /** Masked: the whole one leaves the database with what is to be delivered, and not otherwise. */
  readonly address: string;
  readonly paused: boolean;
  readonly createdAt: Date;
  readonly createdBy: string;
  /** Deliveries that have not come to their end. */
  readonly waiting: number;
  /** The newest that was tried; undefined: none yet. */
  readonly last: Pick<ShownDelivery, "state" | "attemptedAt" | "error"> | undefined;
}

/** A webhook of a rollout's plan that is told after the fact. */
export interface RolloutHook {
  readonly name: string;
  readonly url: string;
  readonly secret?: string | undefined;
  readonly timeoutMs: number;
}

export type DeliveryState = "waiting" | "delivered" | "failed";

/** A notification on its way, as people see it. */
export interface ShownDelivery {
  readonly id: number;
  /** When it happened that is told of. */
  readonly at: Date;
  readonly type: string;
  readonly severity: Notification["severity"];
  readonly title: string;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly attemptedAt: Date | undefined;
  /** Of the next attempt, while it waits. */
  readonly nextAttemptAt: Date | undefined;
  /** HTTP status of the last answer; undefined: there was none. What it said is not kept: anybody may have answered. */
  readonly status: number | undefined;
  /** Why the last attempt failed, in words. */
  readonly error: string | undefined;
}

/** The first of its queue, and due. */
export interface DueDelivery {
  readonly id: number;
  readonly queue: string;
  /** Made so far. */
  readonly attempts: number;
  /** For how long it has waited to be delivered. */
  readonly waitedMs: number;
  /** A test is tried once. */
  readonly isTest: boolean;
  readonly to: {
    readonly name: string;
    readonly url: string;
    readonly format: NotificationFormat;
    /** What is signed with; of Grafana's the token. */
    readonly secret: string | undefined;
    readonly timeoutMs: number | undefined;
  };
  readonly notification: Notification & { readonly uid: string; readonly at: Date };
}

/** What an attempt came to: delivered, to be tried again after `retryMs`, or given up. */
export interface DeliveryAttempt {
  readonly outcome: "delivered" | "failed" | { readonly retryMs: number };
  readonly status?: number | undefined;
  readonly error?: string | undefined;
}

/** How something that is watched stands; what it seems to have become counts once it has lasted. Times in ms since 1970. */
export interface AlertState {
  readonly subject: string;
  readonly state: string;
  readonly sinceMs: number;
  readonly seeming: string | undefined;
  readonly seemingSinceMs: number | undefined;
  /** When something was last known of it. */
  readonly seenMs: number;
}

/** Something to be told; what has the same `once` is told one time. */
export type Telling = Notification & { readonly once?: string | undefined };

/**
 * Who is told of what, and the outbox of what is to be told. Whatever changes the config, and every rollout, writes into the
 * outbox within its own transaction; whoever delivers takes the first of each queue and records what came of it, so that
 * nothing is lost and nothing overtakes another on its way to the same receiver. Who is told is changed as the config is: with
 * an entry in the audit, which has every address masked.
 */
export interface NotificationStore {
  /** By name. */
  listTargets(): Promise<StoredTarget[]>;
  /** Gives the secret back this once, where the format is signed. A name that is taken is a ValidationError. */
  addTarget(
    target: NotificationTarget,
    change: Change,
  ): Promise<{ readonly id: number; readonly secret: string | undefined }>;
  /** Its format stays as it is. */
  changeTarget(id: number, target: TargetChange, change: Change): Promise<void>;
  /**
   * While it is paused nothing is sent but tests, and what happens meanwhile is not told later; what waited already goes on
   * waiting, and has another whole day when the target is told again. What is under way is not called back.
   */
  pauseTarget(id: number, paused: boolean, change: Change): Promise<void>;
  /** Another secret; the one before is worth nothing from then on. */
  renewTargetSecret(id: number, change: Change): Promise<string>;
  /** With its deliveries. One that is gone already is as good as removed. */
  removeTarget(id: number, change: Change): Promise<void>;
  /** Has a test sent, past everything that waits; gives back the delivery to look at with `getDelivery`. */
  testTarget(id: number, change: Change): Promise<number>;
  getDelivery(id: number): Promise<ShownDelivery | undefined>;
  /** Newest first. */
  listDeliveries(targetId: number, limit: number): Promise<ShownDelivery[]>;

  /** The first of each queue, where it is due. */
  dueDeliveries(): Promise<DueDelivery[]>;
  /** The first of this one, if it is due. */
  nextDelivery(queue: string): Promise<DueDelivery | undefined>;
  /** What came of an attempt; without effect where the delivery is gone, or was delivered by somebody else. */
  recordAttempt(due: Pick<DueDelivery, "id" | "attempts">, attempt: DeliveryAttempt): Promise<void>;
  /**
   * Gives up what has waited for a day, or stands behind a thousand newer ones, but for what waits until its target is told
   * again; forgets what is a month old. Says how many it gave up.
   */
  trimDeliveries(): Promise<number>;

  listAlerts(): Promise<AlertState[]>;
  /** States that changed and what is told of them, in one transaction; `gone`: subjects that are watched no more. */
  recordAlerts(
    changed: readonly AlertState[],
    gone: readonly string[],
    told: readonly Telling[],
  ): Promise<void>;
}
