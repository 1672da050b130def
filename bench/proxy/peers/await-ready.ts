import type { ChildProcess } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";

/** Resolves when the sidecar's admin listener says that it is ready; rejects when it ends before, or after 20 s. */
export async function awaitReady(sidecar: ChildProcess, admin: number): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    if (sidecar.exitCode !== null) throw new Error("weir proxy ended at once");
    const ready = await fetch(`http://127.0.0.1:${admin}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (ready) return;
    await sleep(50);
  }
  throw new Error("weir proxy did not become ready");
}
