import { OtlpDecodeError } from "@weir/telemetry/otlp";
import type { Meters } from "../meters.ts";
import { acceptedItems, type ProcessedRequest, type ProcessRequest } from "../processors/process-request.ts";
import { Refusal } from "../receivers/refusal.ts";
import type { SpoolRequest } from "../spool/record.ts";
import type { Spool, SpooledRequest } from "../spool/spool.ts";
import type { Outcome } from "./commit-requests.ts";
import { digestOf } from "./digest-of.ts";
import type { PostgresExporter } from "./postgres-exporter.ts";
import type { TailSampling } from "./tail-sampling.ts";

export interface RequestKeeperSettings {
  readonly exporter: PostgresExporter;
  /** Why nothing can be committed now; undefined: it can. */
  readonly away: () => Error | undefined;
  readonly process: ProcessRequest;
  readonly meters: Meters;
  /** Absent: what cannot be committed is refused. */
  readonly spool?: Spool | undefined;
  /** There is something in a spool to be drained. */
  readonly onSpooled: () => void;
  /** Absent: spans are committed as they come. */
  readonly tail?: TailSampling | undefined;
}

/**
 * Keeps requests for good: in the database, or on disk as long as that cannot take them; and the account of what became
 * of their items. What `keep` has resolved for is not lost by a crash of any process or of the machine.
 */
export class RequestKeeper {
  readonly #settings: RequestKeeperSettings;

  constructor(settings: RequestKeeperSettings) {
    this.#settings = settings;
  }

  /** Throws {@link Refusal} when the request is not kept. */
  async keep(processed: ProcessedRequest, received: SpoolRequest): Promise<void> {
    const { meters } = this.#settings;
    const { signal, items, sampledOut } = processed;
    meters.received.inc({ signal }, items);
    const accepted = acceptedItems(processed);
    const outcome = accepted === 0 ? committed : await this.#tryToCommit(processed, received);
    if (outcome.kind === "away" || outcome.kind === "slow") await this.#spool(processed, received, outcome);
    if (outcome.kind === "refused") processed.rejections.add("refused_by_database", accepted);
    for (const [reason, count] of processed.rejections.byReason)
      meters.rejected.inc({ signal, reason }, count);
    if (sampledOut > 0) meters.sampledOut.inc({ signal }, sampledOut);
    if (outcome.kind === "refused")
      throw new Refusal("refusedByDatabase", `the database refused the request: ${outcome.error.message}`, {
        cause: outcome.error,
      });
    if (outcome.kind === "committed") meters.committed.inc({ signal }, accepted);
    if (outcome.kind === "duplicate") meters.duplicates.inc({ signal }, accepted);
  }

  /** Commits requests of the spool. Their rejections were told when they came. One outcome for each, in order. */
  deliver(requests: readonly SpooledRequest[]): Promise<readonly Outcome[]> {
    const { process } = this.#settings;
    return this.#commit(requests, (request) => process({ ...request, digest: digestOf(request) }));
  }

  /** The same for requests that wait for the verdicts of tail sampling. Those whose time has not come are held. */
  deliverSampled(requests: readonly SpooledRequest[]): Promise<readonly Outcome[]> {
    const { tail } = this.#settings;
    return this.#commit(requests, (request) => tail?.process(request));
  }

  async #commit(
    requests: readonly SpooledRequest[],
    process: (request: SpooledRequest) => ProcessedRequest | undefined,
  ): Promise<readonly Outcome[]> {
    const waiting = requests.values();
    const outcomes: Outcome[] = [];
    let held: Outcome | undefined;
    while (outcomes.length < requests.length) {
      if (held) outcomes.push(held);
      else outcomes.push(...(await this.#commitSlice(sliceOf(waiting, process))));
      held ??= outcomes.find(({ kind }) => kind === "away" || kind === "slow");
    }
    return outcomes;
  }

  async #commitSlice(processed: readonly (ProcessedRequest | Outcome)[]): Promise<readonly Outcome[]> {
    const good = processed.filter((one) => "rows" in one);
    const outcomes = (await this.#settings.exporter.commit(good.map(({ rows }) => rows))).values();
    return processed.map((one) => {
      if ("kind" in one) return one;
      const outcome = outcomes.next().value as Outcome;
      this.#count(one, outcome.kind);
      return outcome;
    });
  }

  /** What became of a request that had been acknowledged before. */
  #count(processed: ProcessedRequest, kind: Outcome["kind"]): void {
    if (kind === "away" || kind === "slow") return;
    const { meters } = this.#settings;
    const [labels, accepted] = [{ signal: processed.signal }, acceptedItems(processed)];
    if (kind === "committed") meters.committed.inc(labels, accepted);
    if (kind === "duplicate") meters.duplicates.inc(labels, accepted);
    if (kind === "refused") meters.rejected.inc({ ...labels, reason: "refused_by_database" }, accepted);
    if (processed.sampledOut > 0) meters.sampledOut.inc(labels, processed.sampledOut);
    meters.drained.inc(labels, accepted + processed.sampledOut);
  }

  async #tryToCommit(processed: ProcessedRequest, received: SpoolRequest): Promise<Outcome> {
    const { exporter, tail, away } = this.#settings;
    const error = away();
    if (tail && processed.signal === "traces")
      return { kind: "away", error: error ?? new Error("spans wait to be sampled") };
    return error ? { kind: "away", error } : exporter.submit(processed.rows, received.body.length);
  }

  async #spool(
    processed: ProcessedRequest,
    received: SpoolRequest,
    { kind, error }: { readonly kind: "away" | "slow"; readonly error: Error },
  ): Promise<void> {
    const { meters, onSpooled, tail } = this.#settings;
    const { signal, items } = processed;
    const spool = signal === "traces" && tail ? tail : this.#settings.spool;
    try {
      if (!spool) throw error;
      await spool.append(received);
    } catch (cause) {
      if (cause instanceof OtlpDecodeError) throw cause;
      meters.turnedAway.inc({ signal }, items);
      const what = kind === "away" ? "nothing can" : "this request cannot";
      const reason = cause === error ? error.message : `${error.message}; ${messageOf(cause)}`;
      throw new Refusal("unavailable", `${what} be committed now: ${reason}`, { cause });
    }
    meters.spooled.inc({ signal }, acceptedItems(processed));
    onSpooled();
  }
}

const committed: Outcome = { kind: "committed" };

/** What is made of the spool's bytes is many times larger: not more of it than this many items is held at once. */
const itemsInSlice = 20_000;

/** The next requests, processed: one at least, and as many as are together no more than a slice. */
function sliceOf(
  waiting: Iterator<SpooledRequest>,
  process: (request: SpooledRequest) => ProcessedRequest | undefined,
): (ProcessedRequest | Outcome)[] {
  const slice: (ProcessedRequest | Outcome)[] = [];
  for (let items = 0; items < itemsInSlice; ) {
    const next = waiting.next();
    if (next.done) break;
    const one = processedOr(next.value, process);
    slice.push(one);
    if ("rows" in one) items += one.items;
  }
  return slice;
}

function processedOr(
  request: SpooledRequest,
  process: (request: SpooledRequest) => ProcessedRequest | undefined,
): ProcessedRequest | Outcome {
  try {
    return process(request) ?? { kind: "away", error: new Error("its time has not come") };
  } catch (cause) {
    // It was good when it came: another release read it then.
    return { kind: "refused", error: cause instanceof Error ? cause : new Error(String(cause)) };
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
