import { join } from "node:path";
import { freePort } from "@weir/testkit/sockets";
import { awaitReady } from "./await-ready.ts";
import type { Children } from "./children.ts";

const root = join(import.meta.dirname, "../..");

/** The built console on a database; answers its address. `npm start` builds it, and says so where that fails. */
export async function serveConsole(children: Children, databaseUrl: string): Promise<string> {
  const port = await freePort();
  const next = join(root, "node_modules/next/dist/bin/next");
  const child = children.spawn(
    process.execPath,
    [next, "start", "--port", `${port}`, "--hostname", "127.0.0.1"],
    {
      cwd: join(root, "apps/console"),
      env: {
        ...process.env,
        ...{ NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1", LOG_LEVEL: "warn" },
        ...{ DATABASE_URL: databaseUrl, PORT: `${port}`, HOSTNAME: "127.0.0.1" },
      },
    },
  );
  await awaitReady(child, port);
  return `http://127.0.0.1:${port}`;
}
