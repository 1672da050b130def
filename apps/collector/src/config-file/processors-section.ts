import { z } from "zod";
import type { KeyAction, RedactionSettings } from "../processors/attribute-rules/redaction.ts";
import { TailSamplingConfig } from "../processors/sampling/tail-sampling-config.ts";
import { Pattern } from "./pattern.ts";

const mebibytes = z.int().min(1).max(1_048_576);

const MemoryLimiterSection = z
  .strictObject({
    limit_mib: mebibytes.default(512).describe("What the process may take in all."),
    spike_limit_mib: mebibytes
      .optional()
      .describe(
        "What decoding one request may add; from the limit less this on it refuses. Default: a quarter.",
      ),
  })
  .transform(({ limit_mib, spike_limit_mib = Math.ceil(limit_mib / 4) }, context) => {
    if (limit_mib < 256)
      context.addIssue({
        code: "custom",
        path: ["limit_mib"],
        message: "must be 256 or more: the code alone takes 120",
      });
    if (spike_limit_mib >= limit_mib)
      context.addIssue({ code: "custom", path: ["spike_limit_mib"], message: "must be less than limit_mib" });
    return { limitBytes: limit_mib * 2 ** 20, spikeBytes: spike_limit_mib * 2 ** 20 };
  });

const actions = { delete: "drop", hash: "hash", mask: "mask" } as const;

const AttributeAction = z
  .strictObject({
    key: z
      .string()
      .min(1)
      .optional()
      .describe("One name; an older convention's covers today's, and the other way."),
    pattern: Pattern.optional().describe("All names in which it is found."),
    action: z.enum(["delete", "hash", "mask"], {
      error: "must be delete, hash or mask: attributes are not added or changed otherwise here",
    }),
  })
  .refine(({ key, pattern }) => (key === undefined) !== (pattern === undefined), {
    message: "needs key or pattern",
  })
  .transform(({ key, pattern, action }): KeyAction => ({ key, pattern, action: actions[action] }));

const AttributesSection = z.strictObject({
  actions: z.array(AttributeAction).default([]).describe("Of several that apply, the strictest does."),
  hash_key: z
    .string()
    .min(16, "must be 16 characters or more")
    .optional()
    .describe("Makes hashes that cannot be found out by trying values."),
});

const RedactionSection = z.strictObject({
  allow_all_keys: z
    .literal(true, { error: "can only be true: what is not blocked is kept here" })
    .default(true),
  blocked_key_patterns: z
    .array(Pattern)
    .default([])
    .describe("Values of attributes in whose names one is found are masked."),
  blocked_values: z.array(Pattern).default([]).describe("Masked wherever they are found in texts."),
  ignored_keys: z.array(z.string()).default([]).describe("Never blocked by their names."),
});

const ProbabilisticSection = z.strictObject({
  sampling_percentage: z.number().min(0).max(100).describe("Of all traces; logs and metrics stay whole."),
  mode: z.enum(["equalizing", "proportional"]).default("equalizing"),
});

/** `processors` of a collector's file; their order is fixed. */
export const ProcessorsSection = z.strictObject({
  memory_limiter: MemoryLimiterSection.prefault({}),
  semantic_conventions: z
    .strictObject({ normalise: z.boolean().default(true) })
    .prefault({})
    .describe("Names and values of OpenTelemetry's older conventions become today's."),
  attributes: AttributesSection.prefault({}).describe("What is done with attributes of some names."),
  redaction: RedactionSection.prefault({}).describe("What must not be stored or passed on."),
  probabilistic_sampler: ProbabilisticSection.optional().describe("Keeps a share of all traces."),
  tail_sampling: TailSamplingConfig.optional().describe(
    "Keeps traces for what they turned out to be; needs a spool.",
  ),
});
export type ProcessorsSection = z.infer<typeof ProcessorsSection>;

/** Both sections that hide something, as one. */
export function redactionOf({ attributes, redaction }: ProcessorsSection): RedactionSettings {
  const blocked = redaction.blocked_key_patterns.map((pattern): KeyAction => ({ pattern, action: "mask" }));
  return {
    keys: [...attributes.actions, ...blocked],
    values: redaction.blocked_values,
    ignoredKeys: redaction.ignored_keys,
    hashKey: attributes.hash_key,
  };
}
