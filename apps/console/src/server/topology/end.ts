import { z } from "zod";

/** One end of an edge. Telemetry of other people's meshes names services as it likes, so any text may be one. */
export const End = z.strictObject({ namespace: z.string().max(253), service: z.string().max(253) });
export type End = z.infer<typeof End>;
