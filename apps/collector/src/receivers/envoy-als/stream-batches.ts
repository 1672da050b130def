import type { Admitted } from "../admission.ts";
import type { AccessRecord } from "./access-record.ts";
import type { AlsSettings } from "./als-settings.ts";
import { dropReasonOf } from "./drop-reason.ts";
import { encodeLogsRequest } from "./logs-request.ts";
import { encodeMetricsRequest } from "./metrics-request.ts";
import type { ReportingNode } from "./reporting-node.ts";
import { type Patience, withPatience } from "./with-patience.ts";

interface Batch {
  readonly records: AccessRecord[];
  /** Of the messages that they came in. */
  bytes: number;
  /** Room for all of it, until it is kept. */
  readonly admitted: Admitted;
}

/** A stream is read no further while this many of its records wait, or records of messages of this size. */
const maxWaiting = { records: 5000, bytes: 4 * 1024 * 1024 } as const;

/**
 * What one stream tells, as OTLP requests: while one batch is being kept the next is gathered, so that a slow database
 * makes batches larger, not more. At most one is on its way and one waits.
 */
export class StreamBatches {
  readonly #settings: AlsSettings;
  readonly #patience: Patience;
  readonly #node: ReportingNode;
  readonly #stream: string;
  #batches = 0;
  #waiting: Batch | undefined;
  #sending: Promise<void> | undefined;

  constructor(settings: AlsSettings, patience: Patience, node: ReportingNode) {
    this.#settings = settings;
    this.#patience = patience;
    this.#node = node;
    this.#stream = settings.newId();
  }

  /** Takes over `admitted`, which holds at least `bytes` for the records. */
  add(records: readonly AccessRecord[], bytes: number, admitted: Admitted): void {
    if (this.#waiting) {
      for (const record of records) this.#waiting.records.push(record);
      this.#waiting.bytes += bytes;
      // One place in the queue for the whole batch. What is given back fits in again.
      admitted.release();
      this.#waiting.admitted.hold(bytes);
    } else {
      this.#waiting = { records: [...records], bytes, admitted };
      this.#sending ??= this.#send(this.#waiting);
    }
  }

  /** Resolves when more may be added. */
  async room(): Promise<void> {
    while (this.#waiting && isFull(this.#waiting)) await this.#sending;
  }

  /** Resolves when nothing waits and nothing is on its way. */
  async end(): Promise<void> {
    while (this.#sending) await this.#sending;
  }

  /** Sends the batch, and then what has come meanwhile. Does not throw. */
  async #send(batch: Batch): Promise<void> {
    this.#waiting = undefined;
    try {
      await this.#keep(batch.records);
    } finally {
      batch.admitted.release();
      this.#sending = this.#waiting && this.#send(this.#waiting);
    }
  }

  async #keep(records: readonly AccessRecord[]): Promise<void> {
    const { intake, onRequests, onDropped, onFault } = this.#settings;
    const id = `${this.#stream}/${this.#batches++}`;
    const keep = async (signal: "logs" | "metrics", encode: typeof encodeLogsRequest): Promise<void> => {
      try {
        const body = encode(this.#node, records, id);
        const partial = await withPatience(this.#patience, () =>
          intake.consume({ signal, encoding: "protobuf", body }),
        );
        if (partial) onDropped(signal, "refused", partial.rejected);
      } catch (error) {
        const reason = dropReasonOf(error);
        if (reason === "internal") onFault(error);
        onDropped(signal, reason, records.length);
      }
    };
    onRequests(records.length);
    await Promise.all([keep("logs", encodeLogsRequest), keep("metrics", encodeMetricsRequest)]);
  }
}

function isFull({ records, bytes }: Batch): boolean {
  return records.length >= maxWaiting.records || bytes >= maxWaiting.bytes;
}
