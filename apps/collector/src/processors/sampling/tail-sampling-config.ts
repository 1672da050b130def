import { z } from "zod";
import { Duration } from "../../config-file/duration.ts";
import { Pattern } from "../../config-file/pattern.ts";

const name = z.string().min(1).describe("For /metrics; each policy has its own.");
const count = z.int().min(0);
const key = z
  .string()
  .min(1)
  .describe("Of a span or its resource; an older convention's name finds today's, too.");

/** Whether the policy is met where no span has such an attribute. In `and` and `drop` only. */
const invertMatch = z.boolean().optional();

const stringAttribute = z.strictObject({
  key,
  values: z.array(z.string()).min(1),
  enabled_regex_matching: z
    .boolean()
    .default(false)
    .describe("Values are patterns, searched for in linear time."),
  cache_max_size: z
    .int()
    .optional()
    .describe("Of the OpenTelemetry Collector; matching needs no cache here."),
  invert_match: invertMatch,
});

const policyTypes = [
  z.strictObject({ name, type: z.literal("always_sample") }).describe("Every trace."),
  z
    .strictObject({
      name,
      type: z.literal("latency"),
      latency: z.strictObject({ threshold_ms: count, upper_threshold_ms: count.default(0) }),
    })
    .describe("From the earliest start to the latest end of a trace; an upper threshold of 0 is none."),
  z
    .strictObject({
      name,
      type: z.literal("status_code"),
      status_code: z.strictObject({ status_codes: z.array(z.enum(["OK", "ERROR", "UNSET"])).min(1) }),
    })
    .describe("Traces with a span of one of these."),
  z
    .strictObject({
      name,
      type: z.literal("string_attribute"),
      string_attribute: stringAttribute.superRefine(({ values, enabled_regex_matching }, context) => {
        for (const [index, value] of enabled_regex_matching ? values.entries() : []) {
          const { error } = Pattern.safeParse(value);
          for (const { message } of error?.issues ?? [])
            context.addIssue({ code: "custom", path: ["values", index], message });
        }
      }),
    })
    .describe("Traces with a span whose attribute is one of these values."),
  z
    .strictObject({
      name,
      type: z.literal("numeric_attribute"),
      numeric_attribute: z
        .strictObject({
          key,
          min_value: z.number().optional(),
          max_value: z.number().optional(),
          invert_match: invertMatch,
        })
        .refine(({ min_value, max_value }) => min_value !== undefined || max_value !== undefined, {
          message: "needs min_value, max_value, or both",
        }),
    })
    .describe("Traces with a span whose attribute lies between these, both included."),
  z
    .strictObject({
      name,
      type: z.literal("boolean_attribute"),
      boolean_attribute: z.strictObject({ key, value: z.boolean(), invert_match: invertMatch }),
    })
    .describe("Traces with a span whose attribute has this value."),
  z
    .strictObject({
      name,
      type: z.literal("probabilistic"),
      probabilistic: z.strictObject({
        sampling_percentage: z.number().min(0).max(100),
        hash_salt: z.string().default("").describe("Makes this choice independent of others by trace id."),
      }),
    })
    .describe("A share of all traces, by a hash of the trace id."),
  z
    .strictObject({
      name,
      type: z.literal("rate_limiting"),
      rate_limiting: z.strictObject({ spans_per_second: z.int().min(1) }),
    })
    .describe("As many whole traces as have this many spans, in each second."),
  z
    .strictObject({
      name,
      type: z.literal("span_count"),
      span_count: z.strictObject({ min_spans: count.default(0), max_spans: count.default(0) }),
    })
    .describe("Traces of this many spans, both included; a maximum of 0 is none."),
] as const;

/** Said where a policy has none of the types. */
const unknownType = (types: readonly string[]) => ({
  error: ({ code }: { readonly code?: string | undefined }) =>
    code === "invalid_union" ? `must be one of ${types.join(", ")}` : undefined,
});

const typesOf = (
  policies: readonly { readonly shape: { readonly type: z.ZodLiteral<string> } }[],
): string[] => policies.map(({ shape }) => shape.type.value);

const SubPolicy = z.discriminatedUnion("type", policyTypes, unknownType(typesOf(policyTypes)));
export type SubPolicy = z.infer<typeof SubPolicy>;

const combinations = [
  z
    .strictObject({
      name,
      type: z.literal("and"),
      and: z.strictObject({ and_sub_policy: z.array(SubPolicy).min(1) }),
    })
    .describe("Traces that all of these are met by; one after the other, up to the first that is not."),
  z
    .strictObject({
      name,
      type: z.literal("drop"),
      drop: z.strictObject({ drop_sub_policy: z.array(SubPolicy).min(1) }),
    })
    .describe("Traces that all of these are met by are left out, whatever other policies say."),
] as const;

const Policy = z.discriminatedUnion(
  "type",
  [...policyTypes, ...combinations],
  unknownType(typesOf([...policyTypes, ...combinations])),
);
export type Policy = z.infer<typeof Policy>;

/** Conditions on spans are kept as bits of one number. */
const mostConditions = 31;

/** Tail sampling, in the names of the OpenTelemetry Collector's tailsamplingprocessor. */
export const TailSamplingConfig = z
  .strictObject({
    decision_wait: Duration.prefault("30s").describe("From a trace's first span to the decision about it."),
    num_traces: z
      .int()
      .min(1)
      .max(1_000_000)
      .default(50_000)
      .describe("Traces that may wait for their decision."),
    expected_new_traces_per_sec: count
      .optional()
      .describe("A hint for the OpenTelemetry Collector's memory; means nothing here."),
    decision_cache: z
      .strictObject({
        sampled_cache_size: z.int().min(1).max(10_000_000).optional(),
        non_sampled_cache_size: z.int().min(1).max(10_000_000).optional(),
      })
      .prefault({})
      .describe("Decisions remembered for spans that come later. Default: num_traces of each."),
    sample_on_first_match: z
      .boolean()
      .default(false)
      .describe("Policies behind one that is met are not asked, and so spend nothing of a rate."),
    evicted: z
      .enum(["keep", "drop"])
      .default("keep")
      .describe("What becomes of traces that had to make room for others before their decision."),
    policies: z.array(Policy).min(1).describe("A trace is kept when one of them is met and no `drop` is."),
  })
  .superRefine(({ policies }, context) => {
    const names = new Set<string>();
    for (const [index, policy] of policies.entries()) {
      if (names.has(policy.name))
        context.addIssue({
          code: "custom",
          path: ["policies", index, "name"],
          message: `is used twice: ${policy.name}`,
        });
      names.add(policy.name);
      if (invertsMatch(policy))
        context.addIssue({
          code: "custom",
          path: ["policies", index, policy.type, "invert_match"],
          message: "is known inside `and` and `drop` only; to leave traces out, use a policy of type drop",
        });
    }
    if (policies.flatMap(subPoliciesOf).filter(isSpanCondition).length > mostConditions)
      context.addIssue({
        code: "custom",
        path: ["policies"],
        message: `may hold ${mostConditions} conditions on spans`,
      });
  });
export type TailSamplingConfig = z.infer<typeof TailSamplingConfig>;

/** The policies that a policy consists of; itself where it is no combination. */
export function subPoliciesOf(policy: Policy): readonly SubPolicy[] {
  if (policy.type === "and") return policy.and.and_sub_policy;
  return policy.type === "drop" ? policy.drop.drop_sub_policy : [policy];
}

/** Whether a policy asks about single spans, not about the trace as a whole. */
export function isSpanCondition({ type }: SubPolicy): boolean {
  return type === "status_code" || type.endsWith("_attribute");
}

function invertsMatch(policy: Policy): boolean {
  switch (policy.type) {
    case "string_attribute":
      return policy.string_attribute.invert_match === true;
    case "numeric_attribute":
      return policy.numeric_attribute.invert_match === true;
    case "boolean_attribute":
      return policy.boolean_attribute.invert_match === true;
    default:
      return false;
  }
}
