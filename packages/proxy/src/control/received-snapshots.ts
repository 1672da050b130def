import type { Snapshot, SnapshotChange } from "@weir/domain";
import { changedContent } from "@weir/domain/request-path";
import { snapshotVersion } from "../mesh/snapshot-version.ts";

/** What came on one control stream: whole snapshots, and changes of the last one, be it in force or refused. */
export class ReceivedSnapshots {
  #last: Snapshot | undefined;

  /** @param held what the sidecar said in its Hello that it holds. */
  constructor(held: Snapshot | undefined) {
    this.#last = held;
  }

  whole(snapshot: Snapshot): Snapshot {
    this.#last = snapshot;
    return snapshot;
  }

  /** Throws where the change is of another snapshot than the last, or does not make the one that it says. */
  changed(change: SnapshotChange): Snapshot {
    const { from, version } = change;
    if (this.#last?.version !== from)
      throw new Error(`a change of snapshot ${from} came after ${this.#last?.version ?? "none"}`);
    const content = changedContent(this.#last.content, change);
    const made = snapshotVersion(content);
    if (made !== version) throw new Error(`a change of snapshot ${from} made ${made} and not ${version}`);
    return this.whole({ version, content });
  }
}
