import type { ServerResponse } from "node:http";
import type { Acknowledgement, Hello } from "@weir/domain";
import type { Meters } from "../meters.ts";
import type { EncodedSnapshot } from "../snapshot/encode-snapshot.ts";
import type { Snapshot } from "../snapshot/snapshots.ts";
import { SidecarStream } from "./sidecar-stream.ts";

/** The snapshot a sidecar should run, without its content. */
export type Wanted = Pick<Snapshot, "version" | "revision">;

/** A sidecar with an open stream: what it should run, what it was sent, and what it said. */
export class ConnectedSidecar {
  readonly hello: Hello;
  readonly stream: SidecarStream;
  readonly #meters: Meters;
  #wanted: Wanted | undefined;
  #acknowledgement: Acknowledgement | undefined;
  #sent: { readonly version: string; readonly atMs: number } | undefined;

  constructor(hello: Hello, response: ServerResponse, meters: Meters) {
    this.hello = hello;
    this.#meters = meters;
    const events = {
      sent: ({ version }: EncodedSnapshot) => {
        this.#sent = { version, atMs: performance.now() };
        meters.pushes.inc({ namespace: hello.workload.namespace });
      },
      skipped: () => meters.skipped.inc(),
    };
    this.stream = new SidecarStream(response, events, hello.takesChanges ?? false);
  }

  get wanted(): Wanted | undefined {
    return this.#wanted;
  }

  /** The last thing it said about a snapshot. */
  get acknowledgement(): Acknowledgement | undefined {
    return this.#acknowledgement;
  }

  /** Sends the snapshot unless it is the one wanted already; says whether that changed what is wanted. */
  offer(snapshot: Snapshot): boolean {
    if (this.#wanted?.version === snapshot.version) return false;
    const first = this.#wanted === undefined;
    this.#wanted = { version: snapshot.version, revision: snapshot.revision };
    if (first && this.hello.snapshotVersion === snapshot.version) {
      this.stream.confirm(snapshot.version);
      // It holds that snapshot and serves by it, so there is nothing left for it to say.
      this.#acknowledgement = { proxyId: this.hello.proxyId, version: snapshot.version };
    } else this.stream.offer(snapshot);
    return true;
  }

  acknowledged(acknowledgement: Acknowledgement): void {
    this.#acknowledgement = acknowledgement;
    if (this.#sent?.version !== acknowledgement.version) return;
    this.#meters.pushAckSeconds.observe((performance.now() - this.#sent.atMs) / 1000);
    this.#sent = undefined;
  }
}
