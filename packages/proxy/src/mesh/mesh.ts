import type { Snapshot } from "@weir/domain";
import { UpstreamDirectory } from "../balance/upstream.ts";
import { compileMeshView, type MeshView } from "./mesh-view.ts";

/**
 * The mesh as this sidecar sees it now. A request reads `current` once and keeps what it read, so a snapshot
 * comes into force between two requests and never inside one.
 */
export class Mesh {
  readonly directory = new UpstreamDirectory();
  #current: MeshView;

  constructor(snapshot: Snapshot) {
    this.#current = compileMeshView(snapshot, this.directory);
  }

  get current(): MeshView {
    return this.#current;
  }

  /** Throws SnapshotRefused, and then the snapshot before stays in force. */
  apply(snapshot: Snapshot): void {
    this.#current = compileMeshView(snapshot, this.directory);
    const addresses = snapshot.content.services.flatMap((s) => s.endpoints.map((e) => e.address));
    this.directory.retain(new Set(addresses));
  }
}
