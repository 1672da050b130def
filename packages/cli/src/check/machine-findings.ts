import { statfsSync } from "node:fs";
import { dirname } from "node:path";
import type { Finding } from "../commands/mesh-status.ts";
import { portProblem } from "../start/check-ports.ts";

const mebibyte = 2 ** 20;
/** `npm start` refuses to run with less. */
const diskFailed = 500 * mebibyte;
const diskWarning = 2_048 * mebibyte;
const memoryFailed = 768 * mebibyte;
const memoryWarning = 1_536 * mebibyte;
const oldestNode = 26;

/** The disk that holds, or would hold, the data directory. */
export function diskFinding(dataDir: string, freeBytes = freeBytesAt): Finding {
  const free = freeBytes(dataDir);
  const says = `the disk that holds ${dataDir} has ${megabytes(free)} MB left`;
  return bounded(
    "machine.disk",
    says,
    free,
    diskFailed,
    diskWarning,
    "free some space, or choose another --data-dir",
  );
}

/** As much as this process and its children may have, of the machine or the container. */
export function memoryFinding(availableBytes: number): Finding {
  const says = `${megabytes(availableBytes)} MB of memory are available`;
  const hint = `Weir with its demo takes about ${megabytes(memoryWarning)} MB, without (--no-demo) a third of it`;
  return bounded("machine.memory", says, availableBytes, memoryFailed, memoryWarning, hint);
}

/** @param version as `process.versions.node` has it. */
export function nodeFinding(version: string): Finding {
  return Number(version.split(".")[0]) >= oldestNode
    ? { id: "machine.node", state: "ok", says: `Node is ${version}`, hint: null }
    : {
        ...{ id: "machine.node", state: "failed", says: `Node is ${version}, and Weir needs ${oldestNode}` },
        hint: 'run "npm ci": Weir brings its own',
      };
}

/** Whether each port can be had. @param ports by what they are for. */
export function portFindings(ports: Readonly<Record<string, number>>): Promise<Finding[]> {
  return Promise.all(
    Object.entries(ports).map(async ([purpose, port]): Promise<Finding> => {
      const problem = await portProblem(port);
      const id = `port.${purpose}`;
      return problem === undefined
        ? { id, state: "ok", says: `port ${port} is free`, hint: null }
        : {
            ...{ id, state: "failed", says: `port ${port} ${problem}` },
            hint: "free it, or move all of Weir's ports: npm start -- --port 3100",
          };
    }),
  );
}

function bounded(
  id: string,
  says: string,
  value: number,
  failedBelow: number,
  warningBelow: number,
  hint: string,
): Finding {
  if (value >= warningBelow) return { id, state: "ok", says, hint: null };
  return { id, state: value < failedBelow ? "failed" : "warning", says, hint };
}

/** Of the folder, or of the nearest one above it that is there. */
function freeBytesAt(path: string): number {
  try {
    const { bavail, bsize } = statfsSync(path);
    return bavail * bsize;
  } catch (error) {
    if (dirname(path) === path) throw error;
    return freeBytesAt(dirname(path));
  }
}

function megabytes(bytes: number): number {
  return Math.floor(bytes / mebibyte);
}
