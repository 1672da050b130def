import { execFileSync } from "node:child_process";
import { readFileSync, readlinkSync } from "node:fs";

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** Parent of a process; undefined when it is gone or the system does not tell. */
export function parentOf(pid: number): number | undefined {
  try {
    // "pid (name) state ppid …": the name may hold spaces and parentheses, so read behind the last one.
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
  } catch {
    return Number(ps("ppid=", pid)) || undefined;
  }
}

/** Whether that process is the postmaster of that data directory (which is its working directory). */
export function isPostmasterOf(pid: number, cluster: string): boolean {
  if (!isAlive(pid)) return false;
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === cluster;
  } catch {
    return ps("command=", pid).includes(cluster);
  }
}

function ps(column: string, pid: number): string {
  try {
    return execFileSync("ps", ["-o", column, "-p", String(pid)], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  } catch {
    return "";
  }
}
