import { join } from "node:path";
import { freePort } from "@weir/testkit/sockets";
import { serverFlags } from "../../packages/cli/src/start/node-flags.ts";
import { awaitReady } from "../shared/await-ready.ts";
import type { Children } from "../shared/children.ts";
import type { RunningPeer } from "./peers/peer.ts";

const root = join(import.meta.dirname, "../..");

/** The collector as `npm start` runs it, in a process of its own. Resolves when it is ready. */
export async function startCollector(
  children: Children,
  dir: string,
  databaseUrl: string,
): Promise<RunningPeer> {
  const port = await freePort();
  const child = children.spawn(process.execPath, [...serverFlags, join(root, "apps/collector/src/main.ts")], {
    cwd: root,
    env: {
      ...process.env,
      ...{ LOG_LEVEL: "warn", NODE_COMPILE_CACHE: join(dir, "compile-cache") },
      DATABASE_URL: databaseUrl,
      WEIR_OTLP_HTTP_LISTEN: `127.0.0.1:${port}`,
      WEIR_OTLP_GRPC_LISTEN: `127.0.0.1:${await freePort()}`,
      WEIR_ZIPKIN_LISTEN: `127.0.0.1:${await freePort()}`,
      WEIR_SPOOL_DIR: join(dir, "spool"),
    },
    stdio: ["ignore", "inherit", "inherit"],
  });
  await awaitReady(child, port);
  return { pid: child.pid ?? 0, port, stop: () => children.stop(child) };
}
