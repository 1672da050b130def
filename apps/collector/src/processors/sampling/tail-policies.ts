import { hashText } from "@weir/domain";
import { type ObservedSpan, type SpanCondition, spanConditionOf } from "./span-condition.ts";
import {
  type Policy,
  type SubPolicy,
  subPoliciesOf,
  type TailSamplingConfig,
} from "./tail-sampling-config.ts";

export type Verdict = "keep" | "drop";

/** All that is remembered of a trace's spans until the decision. */
export interface TraceFeatures {
  startMs: number;
  endMs: number;
  spans: number;
  /** A bit for each span condition that some span has met. */
  met: number;
}

/** A decision, and the policy that made it. */
export interface Decision {
  readonly verdict: Verdict;
  /** Name of the policy; `none` when no policy was met. */
  readonly by: string;
}

type Test = (traceId: string, features: TraceFeatures, nowMs: number) => boolean;

/** The policies of a configuration, as what is to be noted of each span and what is decided about the trace. */
export class TailPolicies {
  readonly #conditions: SpanCondition[] = [];
  readonly #policies: readonly { readonly name: string; readonly drops: boolean; readonly test: Test }[];
  readonly #firstMatch: boolean;

  constructor({ policies, sample_on_first_match }: TailSamplingConfig) {
    this.#firstMatch = sample_on_first_match;
    this.#policies = policies.map((policy) => ({
      name: policy.name,
      drops: policy.type === "drop",
      test: this.#testOf(policy),
    }));
  }

  /** Attributes that the policies read; whoever decodes spans for them may leave out the others. */
  get attributeNames(): ReadonlySet<string> {
    return new Set(this.#conditions.flatMap(({ names }) => names));
  }

  /** Adds a span to what is known of its trace. */
  note(features: TraceFeatures, span: ObservedSpan): void {
    features.startMs = Math.min(features.startMs, span.startMs);
    features.endMs = Math.max(features.endMs, span.endMs);
    features.spans++;
    for (let i = 0; i < this.#conditions.length; i++) {
      const bit = 1 << i;
      if ((features.met & bit) === 0 && this.#conditions[i]?.met(span)) features.met |= bit;
    }
  }

  /**
   * Decides about a trace, once: rates are spent by it. All policies are asked, in order, as in the OpenTelemetry Collector,
   * unless the first that is met suffices.
   */
  decide(traceId: string, features: TraceFeatures, nowMs: number): Decision {
    let keptBy: string | undefined;
    let droppedBy: string | undefined;
    for (const { name, drops, test } of this.#policies) {
      if (!test(traceId, features, nowMs)) continue;
      if (drops) droppedBy ??= name;
      else keptBy ??= name;
      if (this.#firstMatch) break;
    }
    if (droppedBy !== undefined) return { verdict: "drop", by: droppedBy };
    return keptBy === undefined ? { verdict: "drop", by: "none" } : { verdict: "keep", by: keptBy };
  }

  #testOf(policy: Policy): Test {
    const tests = subPoliciesOf(policy).map((part) => this.#conditionTest(part) ?? traceTestOf(part));
    return (traceId, features, nowMs) => tests.every((test) => test(traceId, features, nowMs));
  }

  #conditionTest(policy: SubPolicy): Test | undefined {
    const condition = spanConditionOf(policy);
    if (!condition) return undefined;
    const bit = 1 << (this.#conditions.push(condition) - 1);
    return (_, { met }) => ((met & bit) !== 0) !== condition.inverted;
  }
}

function traceTestOf(policy: SubPolicy): Test {
  switch (policy.type) {
    case "latency": {
      const { threshold_ms: least, upper_threshold_ms: most } = policy.latency;
      return (_, { startMs, endMs }) => endMs - startMs >= least && (most === 0 || endMs - startMs <= most);
    }
    case "span_count": {
      const { min_spans, max_spans } = policy.span_count;
      return (_, { spans }) => spans >= min_spans && (max_spans === 0 || spans <= max_spans);
    }
    case "probabilistic": {
      const { sampling_percentage, hash_salt } = policy.probabilistic;
      // Not the id's own randomness: what a sender left out by that would not be a share any more.
      const below = (sampling_percentage / 100) * 2 ** 32;
      return (traceId) => hashText(`${hash_salt}/${traceId}`) < below;
    }
    case "rate_limiting":
      return rateTest(policy.rate_limiting.spans_per_second);
    default:
      return () => true;
  }
}

/** Traces as they come, as long as their spans fit into the second. */
function rateTest(spansPerSecond: number): Test {
  let second = Number.NaN;
  let spent = 0;
  return (_, { spans }, nowMs) => {
    const current = Math.floor(nowMs / 1000);
    if (current !== second) [second, spent] = [current, 0];
    if (spent + spans > spansPerSecond) return false;
    spent += spans;
    return true;
  };
}
