import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { StartError } from "../supervise/start-error.ts";
import { listeningProcess } from "./listening-process.ts";

/** A port that must be free, and what for. */
export interface WantedPort {
  readonly port: number;
  readonly purpose: string;
}

/**
 * Throws {@link StartError} naming the first port that cannot be had, who has it and how to get around it.
 *
 * @param patienceMs how long a taken port may take to become free, altogether
 */
export async function checkPorts(wanted: readonly WantedPort[], patienceMs: number): Promise<void> {
  const until = performance.now() + patienceMs;
  for (const { port, purpose } of wanted) {
    let problem = await portProblem(port);
    while (problem !== undefined && performance.now() < until) {
      await sleep(200);
      problem = await portProblem(port);
    }
    if (problem === undefined) continue;
    throw new StartError(
      "PORT_TAKEN",
      `port ${port} (${purpose}) ${problem}; free it, or move all of Weir's ports with -- --port ${otherPort}`,
    );
  }
}

const otherPort = 3100;

/** Why nothing can listen on a port of 127.0.0.1; undefined when it is free. */
export async function portProblem(port: number): Promise<string | undefined> {
  const code = await tryToListen(port);
  if (code === undefined) return undefined;
  if (code === "EACCES") return "needs a privilege that this user does not have";
  if (code !== "EADDRINUSE") return `cannot be listened on (${code})`;
  const owner = listeningProcess(port);
  return owner ? `is taken by ${owner}` : "is taken by another process";
}

function tryToListen(port: number): Promise<string | undefined> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen({ port, host: "127.0.0.1", exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}
