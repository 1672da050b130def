import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

const patienceMs = 15_000;

/** Resolves when the port of loopback accepts; rejects when `child` ends before, or after 15 s. */
export async function awaitPort(child: ChildProcess, port: number): Promise<void> {
  const until = performance.now() + patienceMs;
  while (performance.now() < until) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`${child.spawnfile} ended at once`);
    const socket = connect(port, "127.0.0.1");
    const accepted = await once(socket, "connect").then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (accepted) return;
    await sleep(20);
  }
  throw new Error(`${child.spawnfile} does not listen on ${port}`);
}
