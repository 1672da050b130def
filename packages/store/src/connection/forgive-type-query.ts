/**
 * Keeps the process alive when a connection ends while the client asks for its types of arrays.
 *
 * It does so by itself on each new connection and drops the promise, so that nobody can catch its rejection and the process
 * dies, as when Postgres is killed at the wrong moment (porsager/postgres issue 1192). It cannot be told not to ask: then it
 * never hands out a connection to reserve (issue 1219). What waits for such a connection is rejected besides.
 */
export function forgiveTypeQuery(): void {
  if (!process.listeners("unhandledRejection").includes(forgive)) process.on("unhandledRejection", forgive);
}

function forgive(error: unknown): void {
  if (isOfTypeQuery(error)) return;
  // Nobody else listens, so it ends the process, as it would without us.
  if (process.listenerCount("unhandledRejection") === 1) throw error;
}

/** The client notes the text of a query in its error. */
function isOfTypeQuery(error: unknown): boolean {
  return (
    error instanceof Error && "query" in error && /^\s*select b\.oid, b\.typarray\s/.test(String(error.query))
  );
}
