import { readdirSync, readFileSync } from "node:fs";

/** Linux: `sysconf(_SC_CLK_TCK)` has been 100 on every architecture for two decades. */
const ticksPerSecond = 100;

/**
 * CPU seconds, user and system, of a process and its children, every thread of theirs summed; of children that have
 * ended, too, as far as their parents have waited for them (a database starts and ends its workers all the time).
 */
export function cpuSeconds(pid: number): number {
  let ticks = 0;
  for (const member of family(pid)) {
    const stat = read(`/proc/${member}/stat`);
    // The second field is the program's name, which may hold anything; utime, stime and those of ended children are
    // the 14th to 17th.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    ticks += fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
  }
  return ticks / ticksPerSecond;
}

/** Resident memory in MB (2^20) of a process and its children. */
export function residentMb(pid: number): number {
  return sumOfStatus(pid, "VmRSS");
}

/** The most that a process and its children, each by itself, ever held resident, in MB (2^20). */
export function peakResidentMb(pid: number): number {
  return sumOfStatus(pid, "VmHWM");
}

function sumOfStatus(pid: number, field: "VmRSS" | "VmHWM"): number {
  let kilobytes = 0;
  for (const member of family(pid))
    kilobytes += Number(
      new RegExp(`^${field}:\\s+(\\d+) kB`, "m").exec(read(`/proc/${member}/status`))?.[1] ?? 0,
    );
  return kilobytes / 1024;
}

function family(pid: number): number[] {
  const children = threads(pid).flatMap((thread) =>
    read(`/proc/${pid}/task/${thread}/children`).split(" ").filter(Boolean).map(Number),
  );
  return [pid, ...children.flatMap(family)];
}

function threads(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return ""; // ended while we looked
  }
}
