import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "@weir/testkit/sockets";
import { Children, nextMessage } from "./shared/children.ts";
import { residentMb } from "./shared/process-usage.ts";
import type { Progress } from "./soak/callers-process.ts";
import { startController } from "./soak/controller.ts";
import { MemoryWatch } from "./soak/memory-watch.ts";
import { readRequestsOrExit } from "./soak/options.ts";
import { printMinute, printVerdict } from "./soak/report.ts";
import { startSidecar } from "./soak/sidecar.ts";
import { snapshotAt } from "./soak/snapshots.ts";

/**
 * Whether a sidecar that lives among faults leaks or loses anything: resets, time-outs, early answers, callers that
 * leave, and a new snapshot every second, under which no request may end but as it should. Linux only (it reads /proc).
 */
const total = readRequestsOrExit(process.argv.slice(2));
const swapEveryMs = 1_000;
const dir = mkdtempSync(join(tmpdir(), "weir-bench-soak-"));
const children = new Children(dir);
try {
  const ports = await nextMessage<number[]>(
    children.fork(new URL("soak/faulty-upstream-process.ts", import.meta.url)),
  );
  const deadPort = await freePort();
  const controller = await startController(snapshotAt(0, ports, deadPort));
  const sidecar = await startSidecar(children, dir, controller.origin);
  const callers = children.fork(new URL("soak/callers-process.ts", import.meta.url), [
    String(sidecar.port),
    String(total),
  ]);

  let turn = 0;
  const swapping = setInterval(() => controller.swap(snapshotAt(++turn, ports, deadPort)), swapEveryMs);
  const memory = new MemoryWatch();
  const startedAt = performance.now();
  let minute = 0;
  let progress: Progress;
  do {
    progress = await nextMessage<Progress>(callers);
    const mb = residentMb(sidecar.process.pid ?? 0);
    const seconds = (performance.now() - startedAt) / 1000;
    memory.add(progress.requests / total, mb);
    if (Math.floor(seconds / 60) > minute || progress.finished)
      printMinute(seconds, progress, mb, controller);
    minute = Math.floor(seconds / 60);
  } while (!progress.finished);
  clearInterval(swapping);
  controller.close();
  const passed = printVerdict(progress, memory, controller);
  process.exitCode = passed ? 0 : 1;
} finally {
  await children.stopAll();
  rmSync(dir, { recursive: true, force: true });
}
