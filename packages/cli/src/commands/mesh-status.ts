import { z } from "zod";

export const Finding = z.object({
  id: z.string(),
  state: z.enum(["ok", "warning", "failed", "unknown"]),
  says: z.string(),
  hint: z.string().nullable(),
});
/** One thing that was looked at, and what to do about it. */
export type Finding = z.infer<typeof Finding>;

/** What `/api/v1/status` tells, as far as it is printed. */
export const MeshStatus = z.object({
  at: z.string(),
  processes: z.array(z.object({ name: z.string(), ready: z.boolean(), release: z.string().nullable() })),
  mesh: z.object({ mode: z.string(), hold: z.boolean(), revision: z.number() }).nullable(),
  policies: z
    .array(
      z.object({
        ...{ id: z.string(), kind: z.string(), target: z.string(), mode: z.string() },
        ...{ revision: z.number(), changedBy: z.string() },
      }),
    )
    .nullable(),
  sidecars: z
    .array(
      z.object({
        ...{ service: z.string(), version: z.string(), address: z.string().nullable(), state: z.string() },
        ...{ runs: z.string().nullable(), wanted: z.string().nullable(), reason: z.string().nullable() },
      }),
    )
    .nullable(),
  telemetry: z.object({ lagSeconds: z.number().nullable() }).nullable(),
  checks: z.array(Finding),
});
export type MeshStatus = z.infer<typeof MeshStatus>;
