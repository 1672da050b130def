import { decisionAttributes } from "@weir/domain";
import type { DecisionPoint } from "@weir/store";
import type { NumberDataPoint } from "@weir/telemetry/otlp";
import { isCount } from "./exponential-buckets.ts";
import { edgeEndsOf, textOf } from "./mesh-edge.ts";
import type { RejectionReason } from "./rejections.ts";
import { isTime, millisecondsOf } from "./times.ts";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** `weir.policy.decisions`: whether a decision would act, and did, are attributes there and counts here. */
export class DecisionPoints {
  readonly #points = new Map<string, Mutable<DecisionPoint>>();

  all(): DecisionPoint[] {
    return [...this.#points.values()];
  }

  /** Says why the point cannot be taken. */
  add(point: NumberDataPoint): RejectionReason | undefined {
    const { attributes } = point;
    const count = Number(point.asInt ?? point.asDouble ?? 0);
    const revision = Number(attributes[decisionAttributes.revision]);
    const ends = edgeEndsOf(attributes);
    const policy = {
      namespace: textOf(attributes, decisionAttributes.namespace),
      name: textOf(attributes, decisionAttributes.policy),
      kind: textOf(attributes, decisionAttributes.kind),
      revision,
    };
    if (!ends || policy.name === "" || Number.isNaN(revision)) return "missing_attribute";
    if (!isTime(point.timeUnixNano)) return "invalid_time";
    if (!isCount(count) || !isCount(revision) || revision >= 2 ** 31) return "out_of_range";
    const series = {
      timeMs: millisecondsOf(point.timeUnixNano),
      policy,
      mode: textOf(attributes, decisionAttributes.mode),
      verdict: textOf(attributes, decisionAttributes.verdict),
      ...ends,
    };
    const key = JSON.stringify(series);
    const total = this.#points.get(key) ?? { ...series, evaluated: 0, wouldAct: 0, acted: 0 };
    total.evaluated += count;
    if (attributes[decisionAttributes.wouldAct] === true) total.wouldAct += count;
    if (attributes[decisionAttributes.acted] === true) total.acted += count;
    this.#points.set(key, total);
    return undefined;
  }
}
