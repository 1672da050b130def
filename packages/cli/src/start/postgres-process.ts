import { startEmbeddedPostgres } from "@weir/store";
import { onShutdown } from "@weir/telemetry/process";

/**
 * The embedded Postgres as a child of the supervisor, run as `postgres-process.ts DATA_DIR PORT`. It ends with its
 * server, so that the supervisor, which knows only processes of its own, starts both again.
 */
const [dataDir = "", port = ""] = process.argv.slice(2);
try {
  const server = await startEmbeddedPostgres({ dataDir, port: Number(port), log: console.log });
  let stopping = false;
  onShutdown(
    () => {
      stopping = true;
      return server.stop();
    },
    { deadlineMs: 15_000 },
  );
  process.send?.({ ready: server.databaseUrl });
  const { reason } = await server.exited;
  if (!stopping) {
    console.error(`Postgres has ended: ${reason}`);
    process.exit(1);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
