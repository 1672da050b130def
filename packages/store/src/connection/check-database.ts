import { connect } from "node:net";
import postgres from "postgres";
import { DatabaseUnreachable } from "./database-unreachable.ts";
import { databaseLabel, parseDatabaseUrl } from "./database-url.ts";
import { explainFailure } from "./explain-failure.ts";

/** `server_version_num` of the oldest Postgres the SQL here runs on. */
const oldestVersion = 150_000;
const timeoutMs = 5_000;

/** Connects once and goes; {@link DatabaseUnreachable} with one clear sentence when that does not work. */
export async function checkDatabase(databaseUrl: string): Promise<void> {
  const url = parseDatabaseUrl(databaseUrl);
  const label = databaseLabel(url);
  await expectPostgres(url, label);
  // Types of arrays are not needed, and asking for them is not safe (see `forgiveTypeQuery`).
  const options = { max: 1, connect_timeout: timeoutMs / 1000, fetch_types: false, onnotice: () => {} };
  const sql = postgres(url.href, options);
  try {
    const [row] = await sql<{ version: number; text: string }[]>`
      SELECT current_setting('server_version_num')::int AS version, current_setting('server_version') AS text`;
    if (row && row.version < oldestVersion)
      throw new DatabaseUnreachable(
        "too-old",
        `cannot use the database at ${label}: it is Postgres ${row.text}, and 15 or newer is needed`,
      );
  } catch (error) {
    throw (
      explainFailure(error, label) ??
      new DatabaseUnreachable("refused", `cannot use the database at ${label}: ${messageOf(error)}`, {
        cause: error,
      })
    );
  } finally {
    await sql.end({ timeout: 1 });
  }
}

/**
 * Asks for TLS, which a Postgres answers with one byte, S or N (protocol 3, SSLRequest); any other server sends
 * something else or closes. The client itself would wait for its time-out, or forever.
 */
function expectPostgres(url: URL, label: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const notPostgres = () =>
    reject(
      new DatabaseUnreachable(
        "not-postgres",
        `cannot use the database at ${label}: what listens there is not Postgres`,
      ),
    );
  const socket = connect({ host: url.hostname.replace(/^\[|\]$/g, ""), port: Number(url.port || 5432) });
  socket.setTimeout(timeoutMs, () =>
    reject(
      new DatabaseUnreachable(
        "timeout",
        `cannot use the database at ${label}: it did not answer within ${timeoutMs / 1000} s`,
      ),
    ),
  );
  socket.on("connect", () => socket.write(Buffer.from([0, 0, 0, 8, 4, 210, 22, 47])));
  socket.on("data", (answer) =>
    answer.length === 1 && (answer[0] === 0x53 || answer[0] === 0x4e) ? resolve() : notPostgres(),
  );
  socket.on("error", (error) => reject(explainFailure(error, label) ?? error));
  socket.on("close", notPostgres);
  return promise.finally(() => socket.destroy());
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
