import { z } from "zod";
import { FieldName } from "./text-match.ts";

const percent = z
  .number()
  .min(0)
  .max(100)
  .optional()
  .describe("Share of the requests, in per cent; 100 when left out.");

const Abort = z.union(
  [
    z.strictObject({
      status: z
        .int()
        .min(200)
        .max(599)
        .meta({ description: "HTTP status of the answer.", examples: [503] }),
      percent,
    }),
    z.strictObject({
      grpcStatus: z
        .int()
        .min(0)
        .max(16)
        .meta({ description: "gRPC status of the answer, such as 14 for unavailable.", examples: [14] }),
      percent,
    }),
  ],
  { error: "must have exactly one of status (200 to 599) and grpcStatus (0 to 16)" },
);

/** Faults put in on purpose (Envoy: fault injection), drawn independently of each other. */
export const FaultSpec = z
  .strictObject({
    delay: z
      .strictObject({
        ms: z
          .int()
          .min(1)
          .max(3_600_000)
          .meta({ description: "How long, in ms.", examples: [100] }),
        percent,
      })
      .optional()
      .describe("Lets requests wait before they go on."),
    abort: Abort.optional().describe("Answers requests in place of the service."),
    whenHeader: FieldName.optional().meta({
      description: "Only requests that have this header. Left out: all.",
      examples: ["x-chaos"],
    }),
  })
  .refine(({ delay, abort }) => delay !== undefined || abort !== undefined, {
    error: "needs delay, abort, or both",
  })
  .meta({ examples: [{ delay: { ms: 100 } }] });
export type FaultSpec = z.infer<typeof FaultSpec>;
