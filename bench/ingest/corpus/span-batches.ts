import { seededRandom } from "../../shared/seeded-random.ts";
import type { Corpus } from "./corpus.ts";
import { encodeBatch, type PlacedSpan } from "./encode-batch.ts";
import { expandJourney, type SpanPlan } from "./expand-journey.ts";
import { type Journey, journeys } from "./journeys.ts";

/** As many as an SDK's batch processor sends at once (OTEL_BSP_MAX_EXPORT_BATCH_SIZE). */
const spansPerRequest = 512;
/** Traces of a round begin within this time. */
const spreadNs = 500_000_000;
const failuresInHundred = 1;

/** Two thousand traces of the shop, as its services' instances would send their spans of half a second. */
export function spanCorpus(traces = 2_000): Corpus {
  const random = seededRandom(4);
  const placed: PlacedSpan[] = [];
  for (let trace = 0; trace < traces; trace++) {
    const plans = expandJourney(pick(trace).entry, random() * 100 < failuresInHundred, random);
    placed.push(...place(plans, trace, placed.length, Math.floor(random() * spreadNs)));
  }
  const batches = [...Map.groupBy(placed, ({ plan }) => plan.service)].flatMap(([service, spans]) =>
    inParts(spans, spansPerRequest).map((part, instance) => encodeBatch(service, instance, part)),
  );
  return {
    batches: shuffled(batches, random),
    traces,
    spans: placed.length,
    lengthNs: placed.reduce((end, { plan, traceStartNs }) => Math.max(end, traceStartNs + plan.endNs), 0),
  };
}

const tenJourneys = journeys.flatMap((journey) => Array<Journey>(journey.ofTen).fill(journey));

function pick(trace: number): Journey {
  return tenJourneys[trace % tenJourneys.length] as Journey;
}

function place(plans: readonly SpanPlan[], trace: number, first: number, traceStartNs: number): PlacedSpan[] {
  return plans.map((plan, i) => ({
    ...{ plan, trace, traceStartNs },
    index: first + i,
    parentIndex: plan.parent === undefined ? undefined : first + plan.parent,
  }));
}

/** Parts of equal length, none longer than `most`. */
function inParts<T>(list: readonly T[], most: number): T[][] {
  const parts = Math.ceil(list.length / most);
  return Array.from({ length: parts }, (_, i) =>
    list.slice(Math.floor((i * list.length) / parts), Math.floor(((i + 1) * list.length) / parts)),
  );
}

/** Services send when they please. */
function shuffled<T>(list: readonly T[], random: () => number): T[] {
  return list
    .map((value) => ({ value, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ value }) => value);
}
