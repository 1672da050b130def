import { labelsOf, numberOf, type SampleLine } from "../exposition/sample-line.ts";
import type { EdgeReport, Labels } from "../mesh/mesh-table.ts";
import { betterPrefixes, type MetricReader, metricReaders } from "../mesh/mesh-tables.ts";
import { CounterSeries } from "./counter-series.ts";
import { exemplarOf } from "./exemplar.ts";
import { type HistogramSample, HistogramSeries } from "./histogram-series.ts";
import { knownReportOf } from "./known-report.ts";
import { digestOf, identityOf } from "./series-identity.ts";

export type Series = CounterSeries | HistogramSeries;

/** Where the value of a line belongs. */
export interface Place {
  readonly series: Series;
  readonly part: MetricReader["part"];
  /** Upper border, of a bucket. */
  readonly bound: number;
}

/** What is known from the scrapes before. */
export interface KnownSeries {
  /** By the digest of a line's text; null: the line counts nothing. */
  readonly places: ReadonlyMap<string, Place | null>;
  readonly series: ReadonlyMap<string, Series>;
  /** A sample's labels together with its target's. */
  readonly merge: (labels: Labels) => Labels;
  /** Numbers that may be remembered besides. */
  readonly room: number;
}

/** Lines of known metrics that count nothing and whose labels need not be read again. */
const mostIgnored = 10_000;

/** The samples of one scrape that count traffic. Nothing is changed by it before the scrape has come to its end. */
export class ScrapedSeries {
  readonly #known: KnownSeries;
  readonly #added = new Map<string, Series>();
  #ignored = 0;
  #newPlaces = 0;
  readonly places = new Map<string, Place | null>();
  readonly values = new Map<Series, number | HistogramSample>();
  readonly betterPrefixes = new Set<string>();
  /** Series for which there was no room. */
  dropped = 0;

  constructor(known: KnownSeries) {
    this.#known = known;
  }

  /** Says what is wrong with the sample, if anything is. Of a series that stands there twice the first one counts. */
  add(sample: SampleLine): string | undefined {
    for (const prefix of betterPrefixes) if (sample.name.startsWith(prefix)) this.betterPrefixes.add(prefix);
    const readers = metricReaders.get(sample.name);
    if (!readers) return undefined;
    const digest = digestOf(sample.name + sample.labels);
    const place = this.#placeKnown(digest) ?? this.#find(sample, readers);
    if (typeof place === "string") return place;
    if (place === undefined) this.dropped++;
    else if (place !== null || this.#ignored++ < mostIgnored) this.places.set(digest, place);
    if (place) this.#put(place, sample);
    return undefined;
  }

  /** Of a series that was not kept, for lack of room or of a valid value, nothing is known. */
  #placeKnown(digest: string): Place | null | undefined {
    const place = this.#known.places.get(digest);
    return place && !this.#known.series.has(place.series.identity.id) ? undefined : place;
  }

  /** Null: the line counts nothing; undefined: there is no room; a text: it is not valid. */
  #find(sample: SampleLine, readers: readonly MetricReader[]): Place | null | undefined | string {
    const labels = labelsOf(sample.labels);
    if (!labels) return "has a label twice";
    const bound = sample.name.endsWith("_bucket") ? numberOf(labels.get("le")) : 0;
    if (bound === undefined || Number.isNaN(bound)) return "is a bucket without le";
    const own = sample.name.endsWith("_bucket") ? without(labels, "le") : labels;
    const merged = this.#known.merge(own);
    for (const reader of readers) {
      const report = reader.table.reportOf(merged, reader.measure);
      if (!report) continue;
      const series = this.#seriesOf(reader, own, report);
      return series && { series, part: reader.part, bound };
    }
    return null;
  }

  #seriesOf({ table, measure, part }: MetricReader, labels: Labels, report: EdgeReport): Series | undefined {
    const id = identityOf(`${table.name} ${measure.metric}`, labels);
    const known = this.#known.series.get(id) ?? this.#added.get(id);
    if (this.#known.series.has(id)) return known;
    if (this.#newPlaces >= this.#known.room) return undefined;
    this.#newPlaces++;
    if (known) return known;
    const identity = { id, table, measure };
    const added =
      part === "counter"
        ? new CounterSeries(identity, knownReportOf(report))
        : new HistogramSeries(identity, knownReportOf(report));
    this.#added.set(id, added);
    return added;
  }

  #put({ series, part, bound }: Place, { value, exemplar }: SampleLine): void {
    const known = this.values.get(series);
    if (part === "counter") {
      if (known === undefined) this.values.set(series, value);
      return;
    }
    const histogram =
      typeof known === "object"
        ? known
        : { buckets: new Map(), exemplars: new Map(), sum: undefined, count: undefined };
    this.values.set(series, histogram);
    if (part !== "bucket") histogram[part] ??= value;
    else if (!histogram.buckets.has(bound)) {
      histogram.buckets.set(bound, value);
      const named = exemplar && exemplarOf(exemplar);
      if (named) histogram.exemplars.set(bound, named);
    }
  }
}

function without(labels: Labels, name: string): Labels {
  return new Map([...labels].filter(([key]) => key !== name));
}
