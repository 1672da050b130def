import type { EdgeTraffic } from "./edge-traffic.ts";

/** A caller that has not been heard of for so long has no report of its own any more. */
const forgetAfterMs = 10 * 60_000;

/**
 * Which edges their callers report themselves, at whatever target: there, what something between the two ends counts is
 * the same once more. Elsewhere it stands in for the caller's report, so that no request counts twice and none is missing.
 */
export class SourceReports {
  readonly #heardMs = new Map<string, number>();
  #sweptMs = 0;

  note(
    all: readonly Pick<EdgeTraffic, "reporter" | "source" | "destination" | "answer">[],
    nowMs: number,
  ): void {
    for (const edge of all) if (edge.reporter === "source") this.#heardMs.set(keyOf(edge), nowMs);
    if (nowMs - this.#sweptMs < forgetAfterMs) return;
    this.#sweptMs = nowMs;
    for (const [key, heardMs] of this.#heardMs)
      if (nowMs - heardMs > forgetAfterMs) this.#heardMs.delete(key);
  }

  /** As whose report it counts. */
  reporterOf(edge: EdgeTraffic, nowMs: number): "source" | "destination" {
    if (edge.reporter !== "between") return edge.reporter;
    const heardMs = this.#heardMs.get(keyOf(edge)) ?? Number.NEGATIVE_INFINITY;
    return nowMs - heardMs <= forgetAfterMs ? "destination" : "source";
  }
}

/** Of the services, whatever their versions; requests and connections apart. */
function keyOf({
  source,
  destination,
  answer,
}: Pick<EdgeTraffic, "source" | "destination" | "answer">): string {
  return JSON.stringify([
    source.namespace,
    source.service,
    destination.namespace,
    destination.service,
    answer.protocol === "tcp",
  ]);
}
