import type { ChildProcess } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";

/** Resolves when a process of Weir says at `/readyz` that it is ready; rejects when it ends before, or after 20 s. */
export async function awaitReady(child: ChildProcess, port: number): Promise<void> {
  const name = child.spawnargs.findLast((argument) => /\.m?[jt]s$/.test(argument)) ?? child.spawnfile;
  for (let tries = 0; tries < 400; tries++) {
    if (child.exitCode !== null) throw new Error(`${name} ended at once`);
    const ready = await fetch(`http://127.0.0.1:${port}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (ready) return;
    await sleep(50);
  }
  throw new Error(`${name} did not become ready`);
}
