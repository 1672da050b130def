import { z } from "zod";
import { type MapMark, markKinds } from "../topology/map-marks.ts";

export const MarksShape = z
  .array(
    z
      .object({
        kind: z.enum(markKinds),
        acts: z
          .boolean()
          .meta({ description: "It changes requests; false: it is observed, and only counted." }),
        requests: z.number().nullable().meta({
          description: "How many it changed or, observed, would have; null for what is not counted here.",
        }),
        amplification: z.number().nullable().meta({
          description:
            "Of retries that act: tries at the target for each request; null where it is next to one.",
        }),
      })
      .meta({ id: "Mark" }),
  )
  .meta({
    description:
      "What policies and sidecars do to requests: of a service what its policies are for, of an edge what was decided.",
  });

export function marksShape(marks: readonly MapMark[] = []): z.infer<typeof MarksShape> {
  return marks.map(({ kind, acts, requests, amplification }) => ({
    ...{ kind, acts, requests: requests ?? null },
    amplification: amplification ?? null,
  }));
}
