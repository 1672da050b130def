import { z } from "zod";
import { MeshName } from "../bounded-text.ts";

/** One end of an edge. Telemetry of other people's meshes names services as it likes, so any text may be one. */
export const End = z.strictObject({ namespace: MeshName, service: MeshName });
export type End = z.infer<typeof End>;

/** What a node of the map may stand for: all of a namespace, a service, or one of its versions. */
export const PlaceEnd = z.strictObject({
  namespace: MeshName,
  service: MeshName.optional(),
  version: MeshName.optional(),
});
export type PlaceEnd = z.infer<typeof PlaceEnd>;
