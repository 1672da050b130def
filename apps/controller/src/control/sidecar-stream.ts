import type { ServerResponse } from "node:http";
import { type EncodedSnapshot, encodeMessage } from "../snapshot/encode-snapshot.ts";

export interface SidecarStreamEvents {
  /** A snapshot was handed to the socket. */
  sent(snapshot: EncodedSnapshot): void;
  /** A snapshot that was waiting was replaced by a newer one. */
  skipped(): void;
}

const ping = encodeMessage({ type: "ping" });

/**
 * The controller's end of one control stream. Who takes changes is sent what makes the newest snapshot of the one it was sent
 * last, everybody else the whole. While the sidecar does not read, the newest snapshot waits here and
 * nothing else does, so that a slow peer costs one buffer and catches up in one step.
 */
export class SidecarStream {
  readonly #response: ServerResponse;
  readonly #events: SidecarStreamEvents;
  readonly #takesChanges: boolean;
  /** Version of what it was sent last, or came with: what a change may be of. */
  #last: string | undefined;
  #waiting: EncodedSnapshot | undefined;
  #blockedSinceMs: number | undefined;

  constructor(response: ServerResponse, events: SidecarStreamEvents, takesChanges: boolean) {
    this.#response = response;
    this.#events = events;
    this.#takesChanges = takesChanges;
    response.on("drain", () => this.#resume());
  }

  offer(snapshot: EncodedSnapshot): void {
    if (this.#blockedSinceMs === undefined) {
      this.#send(snapshot);
      return;
    }
    if (this.#waiting) this.#events.skipped();
    this.#waiting = snapshot;
  }

  /** Says that the snapshot the sidecar came with is the one in force. */
  confirm(version: string): void {
    this.#write(encodeMessage({ type: "current", version }));
    this.#last = version;
  }

  /** Keeps the stream alive, or breaks it when the sidecar has read nothing for `stallMs`. */
  ping(stallMs: number): void {
    if (this.#blockedSinceMs === undefined) this.#write(ping);
    else if (performance.now() - this.#blockedSinceMs > stallMs) this.#response.destroy();
  }

  end(): void {
    this.#response.end();
  }

  #resume(): void {
    this.#blockedSinceMs = undefined;
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting) this.#send(waiting);
  }

  #send(snapshot: EncodedSnapshot): void {
    const { change, version } = snapshot;
    this.#write(this.#takesChanges && change && change.from === this.#last ? change.line : snapshot.line());
    this.#last = version;
    this.#events.sent(snapshot);
  }

  #write(line: Buffer): void {
    // Between its end and the event that tells of it, a stream takes nothing more.
    if (this.#response.writableEnded || this.#response.destroyed) return;
    if (!this.#response.write(line)) this.#blockedSinceMs ??= performance.now();
  }
}
