import { readServiceId } from "@weir/domain";
import type { Latency } from "@weir/store";
import { z } from "zod";
import { ServiceIdText } from "../bounded-text.ts";
import { HealthShape } from "./health.ts";
import { MarksShape } from "./marks.ts";

/** Shapes that several answers share. What was not measured is null, so that every member is always there. */

export const LatencyShape = z
  .object({ p50: z.number().nullable(), p95: z.number().nullable(), p99: z.number().nullable() })
  .meta({
    id: "LatencySeconds",
    description: "Quantiles in seconds, to within 2.2 %; null where nothing was measured.",
  });

export function latencyShape({ p50, p95, p99 }: Latency): z.infer<typeof LatencyShape> {
  return { p50: p50 ?? null, p95: p95 ?? null, p99: p99 ?? null };
}

export const trafficShape = {
  requests: z.number().meta({ description: "In the window." }),
  errors: z.number().meta({ description: "Answers of class 5, and requests without an answer." }),
  rps: z.number().meta({ description: "Requests a second, over the part of the window that has data." }),
  errorShare: z
    .number()
    .min(0)
    .max(1)
    .nullable()
    .meta({ description: "Errors by requests; null without requests: no data is not health." }),
};

/** Of requests; null without any. */
export function shareOf(part: number, requests: number): number | null {
  return requests > 0 ? part / requests : null;
}

export const ModeShape = z
  .object({ mode: z.enum(["observe", "enforce"]), origin: z.string() })
  .meta({ id: "ResolvedMode", description: "The mode in force, and where it was set." });

export const VersionShape = z
  .object({
    version: z.string(),
    ready: z.boolean().meta({ description: "It has an endpoint right now." }),
    requests: z.number(),
    errors: z.number(),
    share: z.number().nullable().meta({ description: "Of the service's requests, 0 to 1." }),
    wantedShare: z.number().nullable().meta({ description: "What its canary gives it; null without one." }),
  })
  .meta({ id: "Version" });

export const nodeShape = {
  id: z
    .string()
    .meta({ description: "`namespace/name`, as other operations take it.", example: "shop/payments" }),
  namespace: z.string(),
  name: z.string(),
  kind: z.enum(["service", "seen", "outside"]).meta({
    description:
      "`service` registered with the mesh; `seen` is known by telemetry only; `outside` stands for callers without a sidecar.",
  }),
  mode: ModeShape.nullable(),
  stableVersion: z.string().nullable(),
  ...trafficShape,
  health: HealthShape.meta({ description: "By what arrived at it." }),
  marks: MarksShape,
  versions: z.array(VersionShape),
};

/** What a service said of itself and telemetry said of it, in an answer's own names. */
export const ServiceIdentityShape = z
  .object({ namespace: z.string(), name: z.string(), version: z.string() })
  .meta({ id: "ServiceIdentity" });

/** `namespace/name`; the namespace may be empty. */
export const ServiceParameter = z
  .string("must be given once, as namespace/name")
  .pipe(ServiceIdText)
  .transform((text, context) => {
    const id = readServiceId(text);
    if (id) return id;
    context.addIssue("must be namespace/name, such as shop/payments; GET /api/v1/services lists them");
    return z.NEVER;
  });
