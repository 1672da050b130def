import type { PreviewVerdict } from "@weir/domain";
import type { RequestMoment } from "@weir/store";

/** Requests of which a trace is looked for; of most requests no spans are kept. */
const candidates = 48;

/** Requests that fared alike, with the latest of them as candidates for examples. */
export class TalliedVerdict {
  readonly verdict: PreviewVerdict;
  requests = 0;
  /** Two columns: most are forgotten again. */
  readonly #atMs: number[] = [];
  readonly #paths: string[] = [];

  constructor(verdict: PreviewVerdict) {
    this.verdict = verdict;
  }

  /** All of them as one. */
  static of(verdict: PreviewVerdict, parts: readonly TalliedVerdict[]): TalliedVerdict {
    const whole = new TalliedVerdict(verdict);
    for (const part of parts) {
      whole.requests += part.requests;
      whole.#atMs.push(...part.#atMs);
      whole.#paths.push(...part.#paths);
    }
    return whole;
  }

  /** `atMs` since 1970. */
  add(path: string, atMs: number): void {
    const place = this.requests++ % candidates;
    this.#atMs[place] = atMs;
    this.#paths[place] = path;
  }

  /** So many more, of which these are examples. */
  addAll(path: string, atMs: Int32Array, fromMs: number): void {
    const uncounted = Math.max(0, atMs.length - candidates);
    this.requests += uncounted;
    for (let i = uncounted; i < atMs.length; i++) this.add(path, fromMs + atMs[i]!);
  }

  /** Some of them, at most {@link candidates}, spread over all that are remembered. */
  moments(source: RequestMoment["source"]): RequestMoment[] {
    const step = Math.max(1, this.#atMs.length / candidates);
    const places = Array.from({ length: Math.min(candidates, this.#atMs.length) }, (_, i) =>
      Math.floor(i * step),
    );
    return places.map((place) => ({ source, atMs: this.#atMs[place]!, path: this.#paths[place] ?? "" }));
  }
}

export function byRequests(a: { readonly requests: number }, b: { readonly requests: number }): number {
  return b.requests - a.requests;
}
