import { policyKinds, previewEffects } from "@weir/domain";
import { z } from "zod";

const Times = z.object({ fromMs: z.number(), toMs: z.number() });

const PreviewedVerdict = z.object({
  effect: z.enum(previewEffects),
  /** As the sidecar would say it; of `uncertain`, what is not stored. */
  verdict: z.string(),
  bound: z.enum(["exact", "byChance", "about", "atLeast", "atMost"]),
  requests: z.number(),
  /** Some whose spans were kept; looked up when the replay is over. */
  traceIds: z.array(z.string()),
});
export type PreviewedVerdict = z.infer<typeof PreviewedVerdict>;

const PreviewedCaller = z.object({
  namespace: z.string(),
  service: z.string(),
  requests: z.number(),
  /** The gravest first. */
  verdicts: z.array(PreviewedVerdict),
});
export type PreviewedCaller = z.infer<typeof PreviewedCaller>;

const PreviewedRoute = z.object({
  namespace: z.string(),
  service: z.string(),
  /** Method and path with its ids left out, such as `GET /charges/{id}`. */
  route: z.string(),
  effect: z.enum(previewEffects),
  verdict: z.string(),
  bound: z.enum(["exact", "byChance", "about", "atLeast", "atMost"]),
  requests: z.number(),
});
export type PreviewedRoute = z.infer<typeof PreviewedRoute>;

/** What a draft would have done to the stored requests of a window, as far as they have been replayed. */
export const DraftPreview = z.object({
  kind: z.enum(policyKinds),
  service: z.object({ namespace: z.string(), name: z.string() }),
  /** Connected now; each would have had token buckets of its own. */
  sidecars: z.number(),
  window: Times,
  /** Replayed up to here; before the window's end when the time was up. */
  coveredToMs: z.number(),
  finished: z.boolean(),
  /** Replayed. */
  requests: z.number(),
  /** That the sidecars counted in the same time, to tell how many were logged; absent until it is over. */
  counted: z.number().optional(),
  /** Those with most requests that would have fared otherwise first. */
  callers: z.array(PreviewedCaller),
  /** By caller and route, those that would have fared otherwise; most requests first. */
  routes: z.array(PreviewedRoute),
  /** That are not listed. */
  moreRoutes: z.number(),
  /** More of them, with their requests, that are not listed. */
  others: z.object({ callers: z.number(), requests: z.number() }),
});
export type DraftPreview = z.infer<typeof DraftPreview>;
