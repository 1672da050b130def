import { explainFailure } from "./explain-failure.ts";
import type { Sql, TransactionSql } from "./open-sql.ts";

/**
 * Runs `work` between BEGIN and COMMIT on a connection of its own; rolled back when it throws.
 *
 * Not the client's own `begin`: when the connection breaks, that sends its ROLLBACK to a socket which is gone, from
 * a timer, where nothing can catch the error and the process dies (porsager/postgres issues 1154 and 1208). Here a
 * broken connection is never written to again. `work` must wait for nothing but its statements, so that a
 * connection cannot break unnoticed between two of them.
 */
export async function inTransaction<T>(
  sql: Sql,
  work: (transaction: TransactionSql) => Promise<T>,
): Promise<T> {
  const connection = await sql.reserve();
  try {
    await connection`BEGIN`;
    const result = await work(connection);
    await connection`COMMIT`;
    connection.release();
    return result;
  } catch (error) {
    if (isBroken(error)) sql.renew();
    else {
      await connection`ROLLBACK`;
      connection.release();
    }
    throw error;
  }
}

function isBroken(error: unknown): boolean {
  const fatal = error instanceof Error && "severity" in error && error.severity === "FATAL";
  return fatal || explainFailure(error, "")?.reason === "lost";
}
