import { readServiceId } from "@weir/domain";
import type { RequestFilter } from "@weir/store";
import { z } from "zod";
import { ServiceIdText } from "../bounded-text.ts";
import { Namespaces } from "../services/namespaces.ts";

/** `namespace/name`. */
const ServiceText = ServiceIdText.refine(
  (text) => readServiceId(text) !== undefined,
  "must be namespace/name",
);

/** Which requests are watched: those that fulfil all of it. */
export const TapFilter = z.object({
  source: ServiceText.optional(),
  destination: ServiceText.optional(),
  /** From or to a service of one of these. */
  namespaces: Namespaces.optional(),
  /** The path begins so. */
  path: z.string().max(2_000).optional(),
  /** First digit of the status; 0: no response. */
  statusClass: z.int().min(0).max(5).optional(),
  minDurationMs: z.number().min(0).max(86_400_000).optional(),
  decided: z.enum(["would-act", "acted"]).optional(),
});
export type TapFilter = z.infer<typeof TapFilter>;

export function requestFilterOf({ source, destination, path, ...rest }: TapFilter): RequestFilter {
  return { ...rest, pathPrefix: path, source: serviceOf(source), destination: serviceOf(destination) };
}

function serviceOf(id: string | undefined): RequestFilter["source"] {
  return id === undefined ? undefined : readServiceId(id);
}
