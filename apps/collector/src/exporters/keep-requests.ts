import { OtlpDecodeError } from "@weir/telemetry/otlp";
import type { Meters } from "../meters.ts";
import { acceptedItems, type ProcessedRequest, type ProcessRequest } from "../processors/process-request.ts";
import { Refusal } from "../receivers/refusal.ts";
import type { SpoolRequest } from "../spool/record.ts";
import type { Spool, SpooledRequest } from "../spool/spool.ts";
import type { Outcome } from "./commit-requests.ts";
import { digestOf } from "./digest-of.ts";
import { nextSlice } from "./next-slice.ts";
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

/** A request of a spool, read, with what is to be counted of it now. */
interface Delivered {
  readonly processed: ProcessedRequest;
  readonly accepted: number;
  /** Left out just now, not when it came. */
  readonly sampledOut: number;
}

/** Undefined: its time has not come. */
type ReadSpooled = (request: SpooledRequest) => Delivered | undefined;

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
    const { signal, items, sampledOut, withoutScope } = processed;
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
    else if (withoutScope > 0) meters.cut.inc({ signal, reason: "scope_too_long" }, withoutScope);
  }

  /**
   * Commits requests of the spool. What was rejected or left out of them was told when they came. One outcome for each,
   * in order.
   */
  deliver(requests: readonly SpooledRequest[]): Promise<readonly Outcome[]> {
    const { process } = this.#settings;
    return this.#commit(requests, (request) => {
      const processed = process({ ...request, digest: digestOf(request) });
      return { processed, accepted: acceptedItems(processed), sampledOut: 0 };
    });
  }

  /** The same for requests that wait for the verdicts of tail sampling. Those whose time has not come are held. */
  deliverSampled(requests: readonly SpooledRequest[]): Promise<readonly Outcome[]> {
    const { tail } = this.#settings;
    return this.#commit(requests, (request) => {
      const processed = tail?.process(request);
      return processed && { processed, accepted: acceptedItems(processed), sampledOut: processed.sampledOut };
    });
  }

  async #commit(requests: readonly SpooledRequest[], read: ReadSpooled): Promise<readonly Outcome[]> {
    const outcomes: Outcome[] = [];
    let held: Outcome | undefined;
    while (outcomes.length < requests.length) {
      const from = outcomes.length;
      if (held) outcomes.push(held);
      else
        outcomes.push(
          ...(await this.#commitSlice(requests.slice(from, from + nextSlice(requests, from)), read)),
        );
      held ??= outcomes.find(({ kind }) => kind === "away" || kind === "slow");
    }
    return outcomes;
  }

  async #commitSlice(requests: readonly SpooledRequest[], read: ReadSpooled): Promise<readonly Outcome[]> {
    const delivered = requests.map((request) => deliveredOr(request, read));
    const rows = delivered.flatMap((one) => ("kind" in one ? [] : [one.processed.rows]));
    const outcomes = (await this.#settings.exporter.commit(rows)).values();
    return delivered.map((one) => {
      if ("kind" in one) return one;
      const outcome = outcomes.next().value as Outcome;
      this.#count(one, outcome.kind);
      return outcome;
    });
  }

  /** What became of a request that had been acknowledged before. */
  #count({ processed, accepted, sampledOut }: Delivered, kind: Outcome["kind"]): void {
    if (kind === "away" || kind === "slow") return;
    const { meters } = this.#settings;
    const labels = { signal: processed.signal };
    if (kind === "committed") meters.committed.inc(labels, accepted);
    if (kind === "duplicate") meters.duplicates.inc(labels, accepted);
    if (kind === "refused") meters.rejected.inc({ ...labels, reason: "refused_by_database" }, accepted);
    if (sampledOut > 0) meters.sampledOut.inc(labels, sampledOut);
    meters.drained.inc(labels, accepted + sampledOut);
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

function deliveredOr(request: SpooledRequest, read: ReadSpooled): Delivered | Outcome {
  try {
    return read(request) ?? { kind: "away", error: new Error("its time has not come") };
  } catch (cause) {
    // It was good when it came: another release read it then.
    return { kind: "refused", error: cause instanceof Error ? cause : new Error(String(cause)) };
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
