import { decodeStreamAccessLogs, type StreamAccessLogsMessage } from "@weir/telemetry/envoy";
import type { Admitted } from "../admission.ts";
import type { GrpcCall } from "../grpc/grpc-method.ts";
import { withinTime } from "../grpc/one-message.ts";
import { Refusal } from "../refusal.ts";
import { type AccessRecord, httpRecord, tcpRecord } from "./access-record.ts";
import type { AlsSettings } from "./als-settings.ts";
import { dropReasonOf } from "./drop-reason.ts";
import { type ReportingNode, reportingNode } from "./reporting-node.ts";
import { StreamBatches } from "./stream-batches.ts";
import { type Patience, passes, withPatience } from "./with-patience.ts";

const defaultPatienceMs = 10_000;

/** Whose stream it is, and what of it is still to be kept; known from its first message on. */
interface Sender {
  readonly node: ReportingNode;
  readonly batches: StreamBatches;
}

/**
 * One stream of access logs, from its first message to its last. While nothing can be taken it is not read, so that Envoy
 * fills its buffer, then drops and counts by itself (`access_logs.grpc_access_log.logs_dropped`); after `patienceMs` its
 * messages are dropped here, so that what is told later comes through.
 */
export class AlsStream {
  readonly #settings: AlsSettings;
  readonly #call: GrpcCall;
  readonly #patience: Patience;
  #sender: Sender | undefined;

  constructor(settings: AlsSettings, call: GrpcCall) {
    this.#settings = settings;
    this.#call = call;
    this.#patience = {
      limitMs: settings.patienceMs ?? defaultPatienceMs,
      now: () => performance.now(),
      isStopping: () => call.messages.stopped,
    };
  }

  /** Resolves when the sender has ended the stream and all of it is kept. Throws a {@link Refusal}, OtlpDecodeError or SenderGone. */
  async run(): Promise<void> {
    const { messages } = this.#call;
    try {
      while (await messages.next()) await this.#take();
    } finally {
      await this.#sender?.batches.end();
    }
    if (messages.stopped) throw new Refusal("unavailable", "the collector is stopping");
  }

  /** One message: told, or dropped where that passes by itself; what does not pass ends the stream. */
  async #take(): Promise<void> {
    try {
      await this.#sender?.batches.room();
      await this.#read();
    } catch (error) {
      const reason = dropReasonOf(error);
      if (reason !== "internal") this.#settings.onDropped("messages", reason, 1);
      if (!passes(error)) throw error;
      await this.#call.messages.discard();
    }
  }

  async #read(): Promise<void> {
    const { messages } = this.#call;
    const { length } = messages;
    const admitted = await withPatience(this.#patience, () => this.#admit(length));
    let isTakenOver = false;
    try {
      const body = await withinTime(this.#call, () => messages.read(beyond(length, admitted)));
      const message = decodeStreamAccessLogs(body);
      this.#sender ??= this.#senderOf(message);
      const receivedNs = BigInt(this.#settings.now()) * 1_000_000n;
      const records = recordsOf(message, this.#sender.node, receivedNs);
      if (records.length === 0) return;
      this.#sender.batches.add(records, length, admitted);
      isTakenOver = true;
    } finally {
      if (!isTakenOver) admitted.release();
    }
  }

  #admit(bytes: number): Admitted {
    const admitted = this.#settings.intake.enter();
    try {
      admitted.hold(bytes);
      return admitted;
    } catch (error) {
      admitted.release();
      throw error;
    }
  }

  #senderOf({ identifier }: StreamAccessLogsMessage): Sender {
    if (!identifier?.node)
      throw new Refusal("malformed", "the first message of a stream must say whose it is (identifier.node)");
    const node = reportingNode(identifier.node);
    return { node, batches: new StreamBatches(this.#settings, this.#patience, node) };
  }
}

/** What a message takes on the wire is held before it is read; this holds what it takes beyond that, inflated. */
function beyond(length: number, admitted: Admitted): (bytes: number) => void {
  let covered = length;
  return (bytes) => {
    const more = bytes - covered;
    covered = Math.max(0, -more);
    if (more > 0) admitted.hold(more);
  };
}

function recordsOf(
  { httpLogs, tcpLogs }: StreamAccessLogsMessage,
  node: ReportingNode,
  receivedNs: bigint,
): AccessRecord[] {
  const records = [
    ...(httpLogs?.logEntry ?? []).map((entry) => httpRecord(entry, node, receivedNs)),
    ...(tcpLogs?.logEntry ?? []).map((entry) => tcpRecord(entry, node, receivedNs)),
  ];
  return records.filter((record) => record !== undefined);
}
