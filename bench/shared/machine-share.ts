import { readFileSync } from "node:fs";
import { cpuSeconds } from "./process-usage.ts";

/** What the whole machine did with its cores in some time, as shares of all of them. */
export interface MachineShare {
  /** This benchmark and what it started. */
  readonly own: number;
  /** Other programs: what they take, the measured ones lack. */
  readonly others: number;
  /** Taken by the host. */
  readonly stolen: number;
}

/** Runs `work` and tells what else the machine did meanwhile. */
export async function withMachineShare<T>(
  work: () => Promise<T>,
): Promise<{ result: T; share: MachineShare }> {
  const before = { ...machineTicks(), own: cpuSeconds(process.pid) };
  const result = await work();
  const after = { ...machineTicks(), own: cpuSeconds(process.pid) };
  const all = after.all - before.all;
  const own = ((after.own - before.own) * 100) / all;
  const others = Math.max(0, (after.busy - before.busy) / all - own);
  return { result, share: { own, others, stolen: (after.stolen - before.stolen) / all } };
}

/** The first line of /proc/stat: user, nice, system, idle, iowait, irq, softirq, steal; in hundredths of a second. */
function machineTicks() {
  const line = readFileSync("/proc/stat", "utf8").split("\n", 1)[0] ?? "";
  const [user = 0, nice = 0, system = 0, idle = 0, iowait = 0, irq = 0, softirq = 0, steal = 0] = line
    .split(/ +/)
    .slice(1)
    .map(Number);
  const busy = user + nice + system + irq + softirq;
  return { busy, stolen: steal, all: busy + idle + iowait + steal };
}
