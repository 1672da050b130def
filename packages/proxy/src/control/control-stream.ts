import type { Acknowledgement, ControlMessage, Hello, Snapshot, SnapshotChange } from "@weir/domain";
import type { HttpClient } from "../http1/http-client.ts";
import type { Logger } from "../logger.ts";
import { LineSplitter } from "./line-splitter.ts";
import type { SnapshotParser } from "./parse-snapshot.ts";
import { ReceivedSnapshots } from "./received-snapshots.ts";

export interface ControlStreamSettings {
  readonly client: HttpClient;
  readonly parser: SnapshotParser;
  readonly log: Logger;
  readonly random: () => number;
  /** What to say on each connection; asked anew each time, for the snapshot held changes. */
  readonly hello: () => Omit<Hello, "takesChanges">;
  /** The snapshot that Hello names. */
  readonly held: () => Snapshot | undefined;
  /** Puts a snapshot in force; the next one waits for it. Throws or rejects to refuse it. */
  readonly apply: (snapshot: Snapshot) => void | Promise<void>;
  readonly outcome: (outcome: "accepted" | "refused" | "current") => void;
}

const json = "application/json";
const firstBackOffMs = 100;
const maxBackOffMs = 5_000;

/** One connection of the stream. What comes after it is over counts for nothing, and it is lost only once. */
interface OneStream {
  readonly received: ReceivedSnapshots;
  over: boolean;
  abort: (() => void) | undefined;
}

/**
 * Keeps a control stream open for as long as the sidecar runs. Nothing waits for it: while the controller is away
 * the snapshot held stays in force. A stream without a ping is broken off by the client's idle limit.
 */
export class ControlStream {
  readonly #settings: ControlStreamSettings;
  #current: OneStream | undefined;
  #timer: NodeJS.Timeout | undefined;
  #attempt = 0;
  #closed = false;
  #takesChanges = true;
  #applying: Promise<void> = Promise.resolve();
  connected = false;

  constructor(settings: ControlStreamSettings) {
    this.#settings = settings;
    void this.#open();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#current?.abort?.();
    this.#settings.client.close();
  }

  async #open(): Promise<void> {
    const { client, hello, held } = this.#settings;
    const stream: OneStream = { received: new ReceivedSnapshots(held()), over: false, abort: undefined };
    this.#current = stream;
    const lines = new LineSplitter((line) => this.#receive(stream, line));
    const body = Buffer.from(JSON.stringify({ ...hello(), takesChanges: this.#takesChanges }));
    let status = 0;
    let refusal = "";
    try {
      stream.abort = await client.stream("/v1/stream", json, body, {
        head: (given) => {
          status = given;
          this.connected = status === 200;
        },
        chunk: (bytes) => {
          if (status === 200) lines.push(bytes);
          else if (refusal.length < 500) refusal += bytes.toString();
        },
        end: () =>
          this.#lost(stream, status === 200 ? "the controller ended the stream" : `${status}: ${refusal}`),
        fail: (error) => this.#lost(stream, error.message),
      });
      if (this.#closed || stream.over) stream.abort();
    } catch (error) {
      this.#lost(stream, error instanceof Error ? error.message : String(error));
    }
  }

  /** The first attempt comes at once, for a controller that restarts; then at most every five seconds. */
  #lost(stream: OneStream, reason: string): void {
    if (this.#closed || stream.over) return;
    stream.over = true;
    stream.abort?.();
    const { log, random } = this.#settings;
    const wasConnected = this.connected;
    this.connected = false;
    if (wasConnected || this.#attempt === 0)
      log.warn({ reason }, "no connection to the controller; serving on");
    const backOffMs = Math.min(maxBackOffMs, firstBackOffMs * 2 ** this.#attempt++);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#open(), backOffMs * (0.5 + random() / 2));
    this.#timer.unref();
  }

  #receive(stream: OneStream, line: string): void {
    if (stream.over || this.#closed) return;
    const { log, outcome } = this.#settings;
    let message: ControlMessage;
    try {
      message = JSON.parse(line) as ControlMessage;
    } catch (error) {
      log.warn({ err: error }, "the controller sent a line that is not JSON");
      this.#lost(stream, "a line that is not JSON");
      return;
    }
    if (this.#attempt > 0) log.info({}, "connected to the controller");
    this.#attempt = 0;
    if (message.type === "snapshot") this.#applyNext(stream.received.whole(message.snapshot));
    else if (message.type === "change") this.#change(stream, message.change);
    else if (message.type === "current") {
      outcome("current");
      this.#applying = this.#applying.then(() => this.#expectHeld(stream, message.version));
    }
  }

  /** What came by the stream before may have been put in force since this one said what is held. */
  #expectHeld(stream: OneStream, version: string): void {
    const held = this.#settings.held()?.version;
    if (held !== version) this.#lost(stream, `snapshot ${version} is current, and ${held ?? "none"} is held`);
  }

  /** What cannot be put together is asked for whole, then and from then on. */
  #change(stream: OneStream, change: SnapshotChange): void {
    try {
      this.#applyNext(stream.received.changed(change));
    } catch (error) {
      this.#takesChanges = false;
      const reason = error instanceof Error ? error.message : String(error);
      this.#settings.log.error({ reason }, "a change of the snapshot does not fit; asking for the whole");
      this.#lost(stream, reason);
    }
  }

  #applyNext(snapshot: Snapshot): void {
    this.#applying = this.#applying.then(() => this.#apply(snapshot));
  }

  async #apply(received: Snapshot): Promise<void> {
    if (this.#closed) return;
    const { parser, apply, log, outcome } = this.#settings;
    const version = typeof received?.version === "string" ? received.version : "";
    try {
      await apply(parser.parse(received));
      outcome("accepted");
      log.info({ version }, "a new snapshot is in force");
      void this.#acknowledge({ version });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      outcome("refused");
      log.error({ version, reason }, "a snapshot was refused; the one before stays in force");
      void this.#acknowledge({ version, error: reason.slice(0, 2000) });
    }
  }

  async #acknowledge(what: Omit<Acknowledgement, "proxyId">): Promise<void> {
    const { client, hello, log } = this.#settings;
    try {
      const { status } = await client.post(
        "/v1/ack",
        json,
        Buffer.from(JSON.stringify({ proxyId: hello().proxyId, ...what })),
      );
      if (status >= 300) log.warn({ status }, "the controller did not take an acknowledgement");
    } catch (error) {
      log.warn(
        { reason: error instanceof Error ? error.message : String(error) },
        "an acknowledgement was lost",
      );
    }
  }
}
