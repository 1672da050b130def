import { z } from "zod";

/** One end of an edge. Telemetry of other people's meshes names services as it likes, so any text may be one. */
export const End = z.strictObject({ namespace: z.string().max(255), service: z.string().max(255) });
export type End = z.infer<typeof End>;

/** What a node of the map may stand for: all of a namespace, a service, or one of its versions. */
export const PlaceEnd = z.strictObject({
  namespace: z.string().max(255),
  service: z.string().max(255).optional(),
  version: z.string().max(255).optional(),
});
export type PlaceEnd = z.infer<typeof PlaceEnd>;
