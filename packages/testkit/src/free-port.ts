import { randomInt } from "node:crypto";
import { createServer } from "node:net";

/** Below what systems give to whoever asks for any port (Linux from 32768 on, others from 49152 on), and above what has a name. */
const [first, count] = [20_000, 12_000];

/** Where this process goes on: none is told twice, and processes begin far from each other. */
let next = randomInt(count);

/**
 * A TCP port on 127.0.0.1 that was free a moment ago, and that no system gives away meanwhile: of those that are told by port 0
 * one is taken by another test before it is used, once in some thousand times. Where the program can take port 0 itself, prefer
 * that.
 */
export async function freePort(): Promise<number> {
  for (let tried = 0; tried < count; tried++) {
    const port = first + (next++ % count);
    if (await isFree(port)) return port;
  }
  throw new Error(`no port from ${first} to ${first + count - 1} is free`);
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  const { promise, resolve, reject } = Promise.withResolvers<boolean>();
  server.once("error", (error: NodeJS.ErrnoException) =>
    error.code === "EADDRINUSE" || error.code === "EACCES" ? resolve(false) : reject(error),
  );
  server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  return promise;
}
