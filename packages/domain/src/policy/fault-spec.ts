import { z } from "zod";
import { FieldName } from "./text-match.ts";

/** Of the requests, 0 to 100; 100 when absent. */
const percent = z.number().min(0).max(100).optional();

const Abort = z.union(
  [
    z.strictObject({ status: z.int().min(200).max(599), percent }),
    z.strictObject({ grpcStatus: z.int().min(0).max(16), percent }),
  ],
  { error: "must have exactly one of status (200 to 599) and grpcStatus (0 to 16)" },
);

/** Faults put in on purpose (Envoy: fault injection), drawn independently of each other. */
export const FaultSpec = z
  .strictObject({
    delay: z.strictObject({ ms: z.int().min(1).max(3_600_000), percent }).optional(),
    abort: Abort.optional(),
    /** Only for requests that have this header. */
    whenHeader: FieldName.optional(),
  })
  .refine(({ delay, abort }) => delay !== undefined || abort !== undefined, {
    error: "needs delay, abort, or both",
  });
export type FaultSpec = z.infer<typeof FaultSpec>;
