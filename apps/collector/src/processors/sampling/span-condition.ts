import { compileSearch } from "@weir/domain";
import type { Attributes, AttributeValue } from "@weir/telemetry/otlp";
import { namesOf } from "../attribute-rules/semantic-conventions.ts";
import type { SubPolicy } from "./tail-sampling-config.ts";

/** What tail sampling looks at of one span. */
export interface ObservedSpan {
  /** 32 hexadecimal digits. */
  readonly traceId: string;
  /** Milliseconds since 1970, with fractions. */
  readonly startMs: number;
  readonly endMs: number;
  /** OTLP status code: 0 unset, 1 ok, 2 error. */
  readonly status: number;
  /** At least those of `TraceVerdicts.attributeNames`, normalised. */
  readonly attributes: Attributes;
  /** Of its resource, likewise. */
  readonly resource: Attributes;
}

/** A question about one span. */
export interface SpanCondition {
  readonly met: (span: ObservedSpan) => boolean;
  /** A trace meets it when none of its spans does. */
  readonly inverted: boolean;
  /** Names of the attributes that it reads. */
  readonly names: readonly string[];
}

const statusCodes = { UNSET: 0, OK: 1, ERROR: 2 } as const;

/** The condition that a policy puts on single spans; undefined for those about traces. */
export function spanConditionOf(policy: SubPolicy): SpanCondition | undefined {
  switch (policy.type) {
    case "status_code": {
      const codes = new Set<number>(policy.status_code.status_codes.map((code) => statusCodes[code]));
      return { met: ({ status }) => codes.has(status), inverted: false, names: [] };
    }
    case "string_attribute": {
      const { key, values, enabled_regex_matching, invert_match = false } = policy.string_attribute;
      const exact = new Set(values);
      const searches = enabled_regex_matching ? values.map(compileSearch) : [];
      return attributeCondition(key, invert_match, (value) => {
        const text = textOf(value);
        if (text === undefined) return false;
        return enabled_regex_matching ? searches.some((search) => search.found(text)) : exact.has(text);
      });
    }
    case "numeric_attribute": {
      const {
        key,
        min_value = -Infinity,
        max_value = Infinity,
        invert_match = false,
      } = policy.numeric_attribute;
      return attributeCondition(
        key,
        invert_match,
        (value) =>
          (typeof value === "number" || typeof value === "bigint") &&
          value >= min_value &&
          value <= max_value,
      );
    }
    case "boolean_attribute": {
      const { key, value: wanted, invert_match = false } = policy.boolean_attribute;
      return attributeCondition(key, invert_match, (value) => value === wanted);
    }
    default:
      return undefined;
  }
}

function attributeCondition(
  key: string,
  inverted: boolean,
  test: (value: AttributeValue) => boolean,
): SpanCondition {
  const names = [...namesOf(key)];
  const has = (attributes: Attributes, name: string): boolean => {
    const value = attributes[name];
    return value !== undefined && test(value);
  };
  return {
    met: ({ attributes, resource }) => names.some((name) => has(attributes, name) || has(resource, name)),
    inverted,
    names,
  };
}

function textOf(value: AttributeValue): string | undefined {
  if (typeof value === "string") return value;
  return typeof value === "object" ? undefined : String(value);
}
