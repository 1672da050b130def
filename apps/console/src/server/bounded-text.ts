import { isStorable, notStorable } from "@weir/domain";
import { z } from "zod";

/** A namespace, a service or a version, as long as the store keeps one. Other people's meshes name them as they like. */
export const MeshName = z.string().max(255);

/** `namespace/name` of a service, as `readServiceId` reads it; a slash of the namespace's own takes three characters. */
export const ServiceIdText = z.string().max(3 * 255 + 1 + 255);

/** Why somebody changes something, for the audit. */
export const Reason = z.string().max(500).refine(isStorable, notStorable).optional();
