import type { Meters } from "../meters.ts";
import { acceptedItems, type ProcessedRequest, type ProcessRequest } from "../processors/process-request.ts";
import { Refusal } from "../receivers/refusal.ts";
import type { SpoolRequest } from "../spool/record.ts";
import type { Spool, SpooledRequest } from "../spool/spool.ts";
import type { Outcome } from "./commit-requests.ts";
import { digestOf } from "./digest-of.ts";
import type { PostgresExporter } from "./postgres-exporter.ts";

export interface RequestKeeperSettings {
  readonly exporter: PostgresExporter;
  /** Why nothing can be committed now; undefined: it can. */
  readonly away: () => Error | undefined;
  readonly process: ProcessRequest;
  readonly meters: Meters;
  /** Absent: what cannot be committed is refused. */
  readonly spool?: Spool | undefined;
  /** There is something in the spool to be drained. */
  readonly onSpooled: () => void;
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
    const { exporter, meters } = this.#settings;
    const { signal, items, sampledOut } = processed;
    meters.received.inc({ signal }, items);
    const accepted = acceptedItems(processed);
    const away = this.#settings.away();
    const outcome: Outcome =
      accepted === 0
        ? { kind: "committed" }
        : away
          ? { kind: "away", error: away }
          : await exporter.submit(processed.rows, received.body.length);
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
  async deliver(requests: readonly SpooledRequest[]): Promise<readonly Outcome[]> {
    const { exporter, process, meters } = this.#settings;
    const processed = requests.map((request) => process({ ...request, digest: digestOf(request) }));
    const outcomes = await exporter.commit(processed.map(({ rows }) => rows));
    outcomes.forEach(({ kind }, i) => {
      const request = processed[i];
      if (!request) return;
      const [labels, accepted] = [{ signal: request.signal }, acceptedItems(request)];
      if (kind === "committed") meters.committed.inc(labels, accepted);
      if (kind === "duplicate") meters.duplicates.inc(labels, accepted);
      if (kind === "refused") meters.rejected.inc({ ...labels, reason: "refused_by_database" }, accepted);
      if (kind !== "away" && kind !== "slow") meters.drained.inc(labels, accepted);
    });
    return outcomes;
  }

  async #spool(
    processed: ProcessedRequest,
    received: SpoolRequest,
    { kind, error }: { readonly kind: "away" | "slow"; readonly error: Error },
  ): Promise<void> {
    const { spool, meters, onSpooled } = this.#settings;
    const { signal, items } = processed;
    try {
      if (!spool) throw error;
      await spool.append(received);
    } catch (cause) {
      meters.turnedAway.inc({ signal }, items);
      const what = kind === "away" ? "nothing can" : "this request cannot";
      const reason = cause === error ? error.message : `${error.message}; ${messageOf(cause)}`;
      throw new Refusal("unavailable", `${what} be committed now: ${reason}`, { cause });
    }
    meters.spooled.inc({ signal }, acceptedItems(processed));
    onSpooled();
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
