import type { ChildProcess } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";
import type { Acknowledged } from "./acknowledged.ts";

/** What the sidecars' process tells of snapshots that were acknowledged. */
export class Watch {
  readonly #told: Acknowledged[] = [];
  readonly #sidecars: number;

  constructor(child: ChildProcess, sidecars: number) {
    this.#sidecars = sidecars;
    child.on("message", (message) => this.#told.push(message as Acknowledged));
  }

  /** Resolves once all sidecars have the newest snapshot, and nothing was told for a second and a half. */
  async quiet(): Promise<void> {
    for (let before = -1; before !== this.#told.length || this.#told.at(-1)?.count !== this.#sidecars; ) {
      before = this.#told.length;
      await pause(1_500);
    }
  }

  /**
   * Does something that changes the snapshot, and tells how long it took, in ms from the call, until the first and the
   * last sidecar had acknowledged the next one. Rejects after half a minute.
   */
  async after(change: () => Promise<unknown>): Promise<{ first: number; all: number }> {
    const known = this.#told.length;
    const startMs = performance.timeOrigin + performance.now();
    await change();
    const deadline = performance.now() + 30_000;
    while (performance.now() < deadline) {
      const told = this.#told.slice(known);
      const last = told.find(({ count }) => count === this.#sidecars);
      const first = told.find(({ version }) => version === last?.version);
      if (first && last) return { first: first.atMs - startMs, all: last.atMs - startMs };
      await pause(5);
    }
    throw new Error("half a minute after a change not every sidecar had acknowledged it");
  }
}
