import type { RequestFacts } from "../match/request-facts.ts";
import { pickBackend } from "../policy/pick-backend.ts";
import type { RouteRule } from "../policy/route.ts";
import { retrySettings } from "../retry/retry.ts";
import type { Decision } from "./decision.ts";
import { falls } from "./falls.ts";
import { decisionOf, type PolicyFacts } from "./policy-voice.ts";
import { newPathOf, redirectLocation } from "./redirect-location.ts";
import type { Fault, HeaderEdits, RequestAction } from "./request-action.ts";
import { compileWatch, type WatchedRule } from "./watched-rule.ts";

/** What a rule does to one request. Shared by all requests that fared alike. */
export interface Drawn {
  /** Undefined: the rule leaves the version to others. */
  readonly version: string | undefined;
  /** The request is answered here: redirected, or aborted. */
  readonly answered: boolean;
  readonly decision: Decision;
  /** What enforcing it changes, but for what depends on the request's path. */
  readonly action: RequestAction | undefined;
}

const delayed = 1;
const aborted = 2;
const mirrored = 4;

/** A route's rule, ready to be applied: every outcome its chances can have is made once and then found again. */
export class RouteEffect {
  readonly label: string;
  readonly route: string;
  /** A list of this rule, or of nothing. */
  readonly watch: readonly WatchedRule[];
  readonly #policy: PolicyFacts;
  readonly #rule: RouteRule;
  readonly #stableVersion: string | undefined;
  readonly #always: RequestAction;
  readonly #faultHeader: string | undefined;
  readonly #drawn = new Map<string, Drawn[]>();

  constructor(policy: PolicyFacts, rule: RouteRule, index: number, stableVersion: string | undefined) {
    this.label = rule.name ?? `rules[${index}]`;
    this.route = `${policy.name}/${this.label}`;
    this.watch = compileWatch(policy, this.label, rule);
    this.#policy = policy;
    this.#rule = rule;
    this.#stableVersion = stableVersion;
    this.#always = constantAction(rule);
    this.#faultHeader = rule.fault?.whenHeader?.toLowerCase();
  }

  /** Draws what is left to chance, and finds what the rule then does. */
  draw(request: RequestFacts, random: () => number): Drawn {
    const { fault, redirect, backends, mirror } = this.#rule;
    let bits = 0;
    if (fault && (this.#faultHeader === undefined || request.header(this.#faultHeader) !== undefined)) {
      if (fault.delay && falls(fault.delay.percent, random)) bits |= delayed;
      if (fault.abort && falls(fault.abort.percent, random)) bits |= aborted;
    }
    let version: string | undefined;
    if ((bits & aborted) === 0 && redirect === undefined) {
      if (backends)
        version = backends.length === 1 ? backends[0]!.version : pickBackend(backends, random() * 100);
      if (mirror && falls(mirror.percent, random)) bits |= mirrored;
    }
    return this.#find(version, bits);
  }

  /** The action of an enforced rule for one request. `prefixLength`: how much of the path its alternative met. */
  actionFor(drawn: Drawn, request: RequestFacts, prefixLength: number): RequestAction | undefined {
    const { redirect, rewrite } = this.#rule;
    const { action } = drawn;
    if (redirect && !action?.fault?.abort) {
      const location = redirectLocation(redirect, request, prefixLength);
      return { ...action, redirect: { status: redirect.status ?? 302, location } };
    }
    if (!rewrite?.path || drawn.answered) return action;
    const path = newPathOf(rewrite.path, request.path, prefixLength);
    return { ...action, rewrite: { ...action?.rewrite, path } };
  }

  #find(version: string | undefined, bits: number): Drawn {
    const key = version ?? "";
    let drawn = this.#drawn.get(key);
    if (drawn === undefined) {
      drawn = [];
      this.#drawn.set(key, drawn);
    }
    drawn[bits] ??= this.#make(version, bits);
    return drawn[bits];
  }

  #make(version: string | undefined, bits: number): Drawn {
    const { fault, redirect, rewrite, requestHeaders, responseHeaders, mirror } = this.#rule;
    const drawnFault = faultOf(fault, bits);
    const abort = drawnFault?.abort;
    const parts = [
      bits & delayed && `delay=${drawnFault?.delayMs}ms`,
      abort && `abort=${"status" in abort ? abort.status : `grpc-${abort.grpcStatus}`}`,
      !abort && redirect && `redirect=${redirect.status ?? 302}`,
      !abort && rewrite && "rewrite",
      !abort && (requestHeaders || responseHeaders) && "headers",
      bits & mirrored && `mirror=${mirror?.version}`,
    ].filter((part) => typeof part === "string");
    const changes = parts.length > 0;
    const verdict =
      [...(version === undefined ? [] : [`version=${version}`]), ...parts].join(", ") || "unchanged";
    const wouldAct = changes || (version !== undefined && version !== this.#stableVersion);
    const action: RequestAction = {
      ...(abort ? undefined : this.#always),
      ...(drawnFault && { fault: drawnFault }),
      ...(bits & mirrored && mirror ? { mirrorVersion: mirror.version } : undefined),
    };
    return {
      version,
      answered: abort !== undefined || redirect !== undefined,
      decision: decisionOf(this.#policy, verdict, this.label, wouldAct),
      action: Object.keys(action).length > 0 ? Object.freeze(action) : undefined,
    };
  }
}

function faultOf(fault: RouteRule["fault"], bits: number): Fault | undefined {
  if ((bits & (delayed | aborted)) === 0) return undefined;
  const { delay, abort } = fault ?? {};
  return Object.freeze({
    ...(bits & delayed && delay ? { delayMs: delay.ms } : undefined),
    ...(bits & aborted && abort
      ? { abort: "status" in abort ? { status: abort.status } : { grpcStatus: abort.grpcStatus } }
      : undefined),
  });
}

/** What the rule changes about every request that is not aborted. */
function constantAction(rule: RouteRule): RequestAction {
  const { requestHeaders, responseHeaders, rewrite, timeoutMs, retry } = rule;
  return {
    ...(requestHeaders && { requestHeaders: headerEdits(requestHeaders) }),
    ...(responseHeaders && { responseHeaders: headerEdits(responseHeaders) }),
    ...(rewrite?.host !== undefined && { rewrite: { host: rewrite.host } }),
    ...(timeoutMs !== undefined && { timeoutMs }),
    ...(retry && { retry: retrySettings(retry) }),
  };
}

function headerEdits({
  set = [],
  add = [],
  remove = [],
}: NonNullable<RouteRule["requestHeaders"]>): HeaderEdits {
  return { set, add, remove: remove.map((name) => name.toLowerCase()) };
}
