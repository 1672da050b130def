import { type Attributes, type Draft, encodeMetrics, type Metric, temporality } from "@weir/telemetry/otlp";
import { labelsOf, type SampleLine } from "../exposition/sample-line.ts";
import { metricReaders } from "../mesh/mesh-tables.ts";

const samplesPerRequest = 10_000;
/** They are all held until the scrape has come to its end. */
const mostSamples = 100_000;
const suffix = /_(?:total|bucket|sum|count)$/;
const cumulative: ReadonlySet<string> = new Set(["counter", "histogram", "summary"]);

/**
 * What a target shows besides traffic between services, as plain points: counters and the parts of histograms and
 * summaries as cumulative sums, all else as gauges, each under the name it is exposed by.
 */
export class OtherMetrics {
  readonly #types = new Map<string, string>();
  readonly #samples: SampleLine[] = [];
  /** Samples beyond those that are held. */
  dropped = 0;

  get size(): number {
    return this.#samples.length;
  }

  type(family: string, type: string): void {
    this.#types.set(family, type);
  }

  /** Says what is wrong with the sample, if anything is. */
  add(sample: SampleLine): string | undefined {
    if (metricReaders.has(sample.name)) return undefined;
    if (!labelsOf(sample.labels)) return "has a label twice";
    if (this.#samples.length < mostSamples) this.#samples.push(sample);
    else this.dropped++;
    return undefined;
  }

  /** OTLP metrics requests in protobuf. */
  requests(resource: Attributes, atMs: number): Buffer[] {
    const requests: Buffer[] = [];
    for (let i = 0; i < this.#samples.length; i += samplesPerRequest) {
      const byName = Map.groupBy(this.#samples.slice(i, i + samplesPerRequest), ({ name }) => name);
      const metrics = [...byName].map(([name, samples]) => this.#metricOf(name, samples, atMs));
      const resourceMetrics = [{ resource: { attributes: resource }, scopeMetrics: [{ metrics }] }];
      requests.push(encodeMetrics({ resourceMetrics }, "protobuf"));
    }
    return requests;
  }

  #metricOf(name: string, samples: readonly SampleLine[], atMs: number): Draft<Metric> {
    const dataPoints = samples.map(({ labels, value }) => ({
      timeUnixNano: BigInt(atMs) * 1_000_000n,
      attributes: Object.fromEntries(labelsOf(labels) ?? []),
      asDouble: value,
    }));
    const type = this.#types.get(name) ?? this.#types.get(name.replace(suffix, "")) ?? "unknown";
    const isQuantile = type === "summary" && !suffix.test(name);
    return cumulative.has(type) && !isQuantile
      ? { name, sum: { aggregationTemporality: temporality.cumulative, isMonotonic: true, dataPoints } }
      : { name, gauge: { dataPoints } };
  }
}
