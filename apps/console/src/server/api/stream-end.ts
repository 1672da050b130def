import { z } from "zod";
import { trpcCodeOf } from "../errors.ts";

/** The last event of a stream that ends before its asker leaves and before all of it is told. */
export const streamEndShape = { kind: z.literal("end"), detail: z.string() };

export type StreamEnd = z.infer<z.ZodObject<typeof streamEndShape>>;

/** Tells the asker that the stream failed: of a failure that nobody foresaw no more than where to read of it. */
export function endOfFailed(error: unknown): StreamEnd {
  return {
    kind: "end",
    detail: isAway(error) ? "the database is away" : "the console failed; its log says how",
  };
}

/** Whether it is the database that failed, of which every other answer tells as well. */
export function isAway(error: unknown): boolean {
  return trpcCodeOf(error) === "SERVICE_UNAVAILABLE";
}
