import { type PreviewVerdict, previewEffects } from "@weir/domain";
import type { EdgeEnd, RequestMoment } from "@weir/store";
import type { PreviewedCaller } from "./preview-schemas.ts";

/** Requests of which a trace is looked for; of most requests no spans are kept. */
const candidates = 48;
/** Callers that are told by name. */
const mostCallers = 50;

/** Requests of one caller that fared alike. */
class TalliedVerdict {
  readonly verdict: PreviewVerdict;
  requests = 0;
  /** The latest of them, as two columns: most are forgotten again. */
  readonly #atMs: number[] = [];
  readonly #paths: string[] = [];

  constructor(verdict: PreviewVerdict) {
    this.verdict = verdict;
  }

  add(path: string, atMs: number): void {
    const place = this.requests++ % candidates;
    this.#atMs[place] = atMs;
    this.#paths[place] = path;
  }

  moments(source: RequestMoment["source"]): RequestMoment[] {
    return this.#atMs.map((atMs, place) => ({ source, atMs, path: this.#paths[place] ?? "" }));
  }
}

export class TalliedCaller {
  readonly source: RequestMoment["source"];
  readonly #verdicts = new Map<PreviewVerdict, TalliedVerdict>();

  constructor({ namespace, service }: EdgeEnd) {
    this.source = { namespace, service };
  }

  /** `atMs` since 1970. */
  add(verdict: PreviewVerdict, path: string, atMs: number): void {
    let tallied = this.#verdicts.get(verdict);
    if (tallied === undefined) {
      tallied = new TalliedVerdict(verdict);
      this.#verdicts.set(verdict, tallied);
    }
    tallied.add(path, atMs);
  }

  get verdicts(): TalliedVerdict[] {
    const gravity = ({ verdict }: TalliedVerdict) => previewEffects.indexOf(verdict.effect);
    return [...this.#verdicts.values()].sort((a, b) => gravity(a) - gravity(b) || b.requests - a.requests);
  }

  get requests(): number {
    return this.verdicts.reduce((sum, { requests }) => sum + requests, 0);
  }

  /** Requests that would have fared otherwise, or may have. */
  get touched(): number {
    return this.verdicts.reduce(
      (sum, { verdict, requests }) => (verdict.effect === "unchanged" ? sum : sum + requests),
      0,
    );
  }
}

/** What became of replayed requests, by who sent them. */
export class PreviewTally {
  readonly #callers = new Map<string, TalliedCaller>();

  /** All versions of a service are one caller. */
  callerOf(source: EdgeEnd): TalliedCaller {
    const key = `${source.namespace}/${source.service}`;
    let caller = this.#callers.get(key);
    if (caller === undefined) {
      caller = new TalliedCaller(source);
      this.#callers.set(key, caller);
    }
    return caller;
  }

  /** `tracesOf` finds examples of requests. */
  async answer(tracesOf: (moments: readonly RequestMoment[]) => Promise<string[]>) {
    const sorted = [...this.#callers.values()].sort(
      (a, b) => b.touched - a.touched || b.requests - a.requests,
    );
    const callers: PreviewedCaller[] = [];
    for (const caller of sorted.slice(0, mostCallers)) {
      const verdicts: PreviewedCaller["verdicts"] = [];
      for (const tallied of caller.verdicts) {
        const isUnchanged = tallied.verdict.effect === "unchanged";
        const traceIds = isUnchanged ? [] : await tracesOf(tallied.moments(caller.source));
        verdicts.push({ ...tallied.verdict, requests: tallied.requests, traceIds });
      }
      callers.push({ ...caller.source, requests: caller.requests, verdicts });
    }
    const rest = sorted.slice(mostCallers);
    const requestsOf = (some: readonly TalliedCaller[]) =>
      some.reduce((sum, { requests }) => sum + requests, 0);
    return {
      callers,
      requests: requestsOf(sorted),
      others: { callers: rest.length, requests: requestsOf(rest) },
    };
  }
}
