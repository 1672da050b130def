import { type Readable, Stream, type Writable } from "node:stream";
import type { TransactionSql } from "./open-sql.ts";

type Statement = ReturnType<TransactionSql>;

/**
 * The stream into a `COPY … FROM STDIN`. Throws what ended the COPY before it could be used.
 *
 * Not the client's `writable` alone: when the answer that begins a COPY arrives together with the error that ends the
 * connection, as it does when Postgres is killed, the client destroys the stream before anybody who waits for it can listen
 * to its errors, and the process dies of one that nobody handles.
 */
export function copyIn(statement: Statement): Promise<Writable> {
  return opened(statement, () => statement.writable());
}

/** The stream out of a `COPY … TO STDOUT`, as safe as {@link copyIn}. */
export function copyOut(statement: Statement): Promise<Readable> {
  return opened(statement, () => statement.readable());
}

async function opened<S extends Readable | Writable>(
  statement: Statement,
  open: () => Promise<S>,
): Promise<S> {
  const query = statement as unknown as { resolve: (value: unknown) => void };
  const { resolve } = query;
  // The client calls this with the stream at once, and a promise would be told after the stream's own events. It calls it
  // again with a result when the statement is over.
  query.resolve = (value) => {
    if (value instanceof Stream) value.on("error", () => {});
    resolve(value);
  };
  const stream = await open();
  if (stream.errored) throw stream.errored;
  return stream;
}
