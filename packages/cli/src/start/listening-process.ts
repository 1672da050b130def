import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/**
 * The process that listens on a TCP port of this machine, such as `process 4711 (node)`; undefined where that
 * cannot be known cheaply (not Linux, or another user's process).
 */
export function listeningProcess(port: number): string | undefined {
  const inodes = new Set(["/proc/net/tcp", "/proc/net/tcp6"].flatMap((file) => listeners(file, port)));
  if (inodes.size === 0) return undefined;
  for (const pid of list("/proc").filter((name) => /^\d+$/.test(name))) {
    const owns = list(`/proc/${pid}/fd`).some((fd) => inodes.has(linkOf(`/proc/${pid}/fd/${fd}`)));
    if (owns) return `process ${pid} (${nameOf(pid)})`;
  }
  return undefined;
}

/** Without the rest that some programs put into their own name. */
function nameOf(pid: string): string {
  return read(`/proc/${pid}/comm`).trim().split(" ")[0] ?? "";
}

/** Sockets of proc(5)'s table that listen (state 0A) on the port, as `/proc/<pid>/fd` names them. */
function listeners(file: string, port: number): string[] {
  const hexPort = port.toString(16).toUpperCase().padStart(4, "0");
  return read(file)
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields[1]?.endsWith(`:${hexPort}`) && fields[3] === "0A")
    .map((fields) => `socket:[${fields[9]}]`);
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return "";
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
