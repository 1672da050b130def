import { bucketLowerBound } from "@weir/domain";
import type { RequestsOf, SampledRequest } from "@weir/store";
import { z } from "zod";
import { exemplarsOfCell, requestSample, requestsOfTraces } from "../store.ts";
import { chartWindow } from "../topology/chart-window.ts";
import { publicProcedure } from "../trpc.ts";
import { rankDifferences } from "./rank-differences.ts";
import { requestFacts } from "./request-facts.ts";
import { Subject } from "./subject.ts";

/** Milliseconds since 1970 that there are (ECMAScript, Time Range). */
const moment = z.number().min(0).max(8.64e15);
const bucket = z.int().min(-20_000).max(20_000);

/** A part of a heatmap: times from inclusive to exclusive, buckets inclusive. */
export const Region = z.object({
  fromMs: moment,
  toMs: moment,
  lowestBucket: bucket,
  highestBucket: bucket,
});
export type Region = z.infer<typeof Region>;

const Exemplar = z.object({
  traceId: z.string(),
  spanId: z.string(),
  operation: z.string(),
  version: z.string(),
  startMs: z.number(),
  seconds: z.number(),
  failed: z.boolean(),
});
export type Exemplar = z.infer<typeof Exemplar>;

const Fact = z.object({ name: z.string(), value: z.string() });

const Apart = z.object({
  /** Traces of requests in the region, the slowest first. */
  exemplars: z.array(Exemplar),
  /** How many requests were compared; a sample of both, of those whose trace is stored. */
  inside: z.int(),
  outside: z.int(),
  differences: z.array(
    Fact.extend({
      ...{ inside: z.int(), outside: z.int(), insideShare: z.number(), outsideShare: z.number() },
      alike: z.array(Fact),
    }),
  ),
});
export type Apart = z.infer<typeof Apart>;

const limits = { exemplars: 12, inside: 150, sample: 600, differences: 12 } as const;

/**
 * The traces in a part of a heatmap, and what sets their requests apart from the others of the window. Compared are the
 * requests whose traces the heatmap remembers in the region, and a sample of all requests of the window.
 */
export const region = publicProcedure
  .input(Subject.extend({ region: Region }))
  .output(Apart)
  .query(async ({ ctx, input: { region, window: length, ...of } }) => {
    const window = chartWindow(length, ctx.now());
    const subject = of.source ? { edge: { ...of, source: of.source } } : { destination: of.destination };
    const [remembered, sample] = await Promise.all([
      exemplarsOfCell(ctx.sql, subject, cellOf(region), limits.inside).then((found) =>
        requestsOfTraces(
          ctx.sql,
          of satisfies RequestsOf,
          region,
          found.map(({ traceId }) => traceId),
        ),
      ),
      requestSample(ctx.sql, of, window, { limit: limits.sample, clock: ctx.clock }),
    ]);
    const isInside = holds(region);
    const inside = eachOnce([...remembered, ...sample].filter(isInside));
    const outside = sample.filter((request) => !isInside(request));
    return {
      exemplars: exemplarsOf(inside),
      inside: inside.length,
      outside: outside.length,
      differences: rankDifferences(
        inside.map(requestFacts),
        outside.map(requestFacts),
        limits.differences,
      ).map((difference) => ({ ...difference, alike: [...difference.alike] })),
    };
  });

function cellOf({ fromMs, toMs, lowestBucket, highestBucket }: Region) {
  return { window: { fromMs, toMs }, lowestBucket, highestBucket };
}

/**
 * A request is counted when it ends, in the interval of the report that follows; its spans tell when it began, by the
 * clock of whoever called. So at the borders in time a little is let pass, and half a bucket in latency.
 */
function holds({ fromMs, toMs, lowestBucket, highestBucket }: Region) {
  const [least, most] = [bucketLowerBound(lowestBucket - 0.5), bucketLowerBound(highestBucket + 1.5)];
  const slackMs = 5_000;
  return ({ startMs, seconds }: SampledRequest) => {
    const endMs = startMs + seconds * 1_000;
    return endMs >= fromMs - slackMs && endMs < toMs + slackMs && seconds > least && seconds <= most;
  };
}

function eachOnce(requests: readonly SampledRequest[]): SampledRequest[] {
  return [...new Map(requests.map((request) => [`${request.traceId}${request.spanId}`, request])).values()];
}

function exemplarsOf(inside: readonly SampledRequest[]): Exemplar[] {
  const slowest = inside.toSorted((a, b) => b.seconds - a.seconds);
  const traces = new Map<string, Exemplar>();
  for (const { traceId, spanId, operation, version, startMs, seconds, failed } of slowest)
    if (!traces.has(traceId))
      traces.set(traceId, { traceId, spanId, operation, version, startMs, seconds, failed });
  return [...traces.values()].slice(0, limits.exemplars);
}
