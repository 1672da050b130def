import { localCells } from "../cells.ts";
import { compileDecider, type Decider } from "../decision/decide.ts";
import type { Outcome } from "../decision/decision.ts";
import { judgeAnswer } from "../decision/judge-answer.ts";
import type { WatchedRule } from "../decision/watched-rule.ts";
import type { Policy } from "../policy/policy.ts";
import { effectOf, type PreviewEffect } from "./preview-effect.ts";
import { StoredFacts, type StoredRequest } from "./stored-facts.ts";

/** How a count of such verdicts is to be read. */
export type PreviewBound = "exact" | "byChance" | "about" | "atLeast" | "atMost";

/** What the policy would have done to one request. */
export interface PreviewVerdict {
  readonly effect: PreviewEffect;
  /** As the sidecar would say it, such as `version=v2, mirror=v3`; of an uncertain one, what is not stored. */
  readonly verdict: string;
  readonly bound: PreviewBound;
}

/** A stored request with how it ended. */
export interface AnsweredRequest extends StoredRequest {
  readonly status: number;
  readonly flag: string;
  /** Something of it reached an upstream. */
  readonly sent: boolean;
  /** It went to; empty where it went nowhere. */
  readonly version: string;
}

export interface ReplaySettings {
  readonly service: string;
  /** Where requests go while nothing is enforced. */
  readonly stableVersion: string | undefined;
  /** Of a version, each with token buckets of its own; the log does not say which of them a request met. */
  readonly sidecarsOf: (version: string) => number;
  /** A number in [0, 1). */
  readonly random: () => number;
}

/** A policy, enforced as the only one, over stored requests. */
export interface PolicyReplay {
  /** Whether each request must be judged by itself, in the order of time: tokens are taken, or answers were slow or not. */
  readonly isOrdered: boolean;
  /** The verdict on every request of this shape; undefined: they must be judged one by one. */
  judgeAlike(request: AnsweredRequest): PreviewVerdict | undefined;
  /** `atMs` is wall time. */
  judge(request: AnsweredRequest, atMs: number, durationMs: number): PreviewVerdict;
}

/** Kinds about upstreams as a whole: what each sidecar had under way, and which endpoint answered, no log tells. */
const unknowable: Partial<Record<Policy["kind"], string>> = {
  circuitBreaker: "how many requests each caller had under way",
  outlierDetection: "which endpoint answered",
  loadBalancer: "which endpoints could be chosen",
};

/**
 * Judges by the sidecar's own evaluator. Chance is drawn anew, so that shares are right and single requests are not;
 * tokens are taken as if the sidecars of a version had shared its requests in turn.
 */
export function replayPolicy(policy: Policy, settings: ReplaySettings): PolicyReplay {
  const reason = unknowable[policy.kind];
  if (reason !== undefined) {
    const verdict: PreviewVerdict = { effect: "uncertain", verdict: reason, bound: "exact" };
    return { isOrdered: false, judgeAlike: () => verdict, judge: () => verdict };
  }
  return new DecidedReplay(policy, settings);
}

/** Those of one version, and whose turn it is. */
interface Sidecars {
  readonly deciders: readonly Decider[];
  turn: number;
}

class DecidedReplay implements PolicyReplay {
  readonly isOrdered: boolean;
  readonly #policy: Policy;
  readonly #settings: ReplaySettings;
  readonly #sidecars = new Map<string, Sidecars>();
  readonly #facts = new StoredFacts();
  readonly #random: () => number;
  readonly #verdicts = new Map<PreviewEffect, PreviewVerdict[]>();
  #drew = false;

  constructor(policy: Policy, settings: ReplaySettings) {
    this.isOrdered = policy.kind === "rateLimit";
    this.#policy = withoutSticking(policy);
    this.#settings = settings;
    this.#random = () => {
      this.#drew = true;
      return settings.random();
    };
  }

  judgeAlike(request: AnsweredRequest): PreviewVerdict | undefined {
    if (this.isOrdered) return undefined;
    const outcome = this.#decide(request, 0);
    const missing = this.#missing;
    if (missing !== undefined) return this.#verdict("uncertain", missing, "exact");
    return this.#drew || outcome.watch.length > 0 ? undefined : this.#verdictOf(outcome);
  }

  judge(request: AnsweredRequest, atMs: number, durationMs: number): PreviewVerdict {
    const outcome = this.#decide(request, atMs);
    const missing = this.#missing;
    if (missing !== undefined) return this.#verdict("uncertain", missing, "exact");
    const verdict = this.#verdictOf(outcome);
    const [watched] = outcome.watch;
    if (watched === undefined || verdict.effect !== "unchanged") return verdict;
    return this.#judgeAnswer(watched, request, durationMs) ?? verdict;
  }

  #decide(request: AnsweredRequest, atMs: number): Outcome {
    this.#facts.show(request);
    this.#drew = false;
    const sidecars = this.#sidecarsOf(this.isOrdered ? request.version : "");
    sidecars.turn = (sidecars.turn + 1) % sidecars.deciders.length;
    return sidecars.deciders[sidecars.turn]!.decide(this.#facts, this.#random, atMs);
  }

  #sidecarsOf(version: string): Sidecars {
    const known = this.#sidecars.get(version);
    if (known) return known;
    const { service, stableVersion, sidecarsOf } = this.#settings;
    const policies = [{ ...this.#policy, mode: "enforce", revision: 1 } as const];
    const deciders = Array.from({ length: this.isOrdered ? Math.max(1, sidecarsOf(version)) : 1 }, () =>
      compileDecider(
        { name: service, stableVersion, policies },
        { sides: { admission: true, routing: true }, cells: localCells() },
      ),
    );
    const made = { deciders, turn: -1 };
    this.#sidecars.set(version, made);
    return made;
  }

  get #missing(): string | undefined {
    const { missing } = this.#facts;
    return missing.size === 0 ? undefined : [...missing].join(", ");
  }

  #verdictOf(outcome: Outcome): PreviewVerdict {
    const effect = effectOf(outcome, this.#settings.stableVersion);
    const said = effect === "unchanged" ? "" : (outcome.decisions.at(-1)?.verdict ?? "");
    return this.#verdict(effect, said, this.#drew ? "byChance" : this.isOrdered ? "about" : "exact");
  }

  /** Judged as an observed rule: its only stored try tells whether there would have been another, not how that ended. */
  #judgeAnswer(
    watched: WatchedRule,
    { protocol, status, flag, sent }: AnsweredRequest,
    durationMs: number,
  ): PreviewVerdict | undefined {
    if (protocol === "grpc" && watched.retry?.on.some((condition) => grpcConditions.has(condition)))
      return this.#verdict("uncertain", "gRPC status", "exact");
    const answer = { status, flag, durationMs, attempts: sent || flag === "UF" ? 1 : 0 };
    const decision = judgeAnswer({ ...watched, mode: "observe" }, answer);
    if (decision === undefined) return undefined;
    if (decision !== watched.verdicts.retry) return this.#verdict("timedOut", decision.verdict, "atMost");
    const isLateTry = watched.retry?.perTryTimeoutMs !== undefined;
    return this.#verdict("retried", decision.verdict, isLateTry ? "about" : "atLeast");
  }

  /** Interned, so that requests that fared alike can be counted by identity. They are few: a search makes no text. */
  #verdict(effect: PreviewEffect, said: string, bound: PreviewBound): PreviewVerdict {
    let known = this.#verdicts.get(effect);
    if (known === undefined) {
      known = [];
      this.#verdicts.set(effect, known);
    }
    for (const one of known) if (one.verdict === said && one.bound === bound) return one;
    const verdict = Object.freeze({ effect, verdict: said, bound });
    known.push(verdict);
    return verdict;
  }
}

/** Who sticks to which version of a canary shows in headers, which no log keeps; the weights still tell how many do. */
function withoutSticking(policy: Policy): Policy {
  if (policy.kind !== "canary" || policy.sticky === undefined || "source" in policy.sticky) return policy;
  const { sticky: _, ...drawn } = policy;
  return drawn;
}

const grpcConditions: ReadonlySet<string | number> = new Set([
  "cancelled",
  "deadline-exceeded",
  "internal",
  "resource-exhausted",
  "unavailable",
]);
