import { DatabaseUnreachable, type UnreachableReason } from "./database-unreachable.ts";

type Explanation = readonly [UnreachableReason, string];

/** By SQLSTATE (Postgres' appendix A), Node's system errors, and the `postgres` client's own codes. */
const explanations: Readonly<Record<string, Explanation>> = {
  ECONNREFUSED: ["refused", "nothing listens there; is Postgres running?"],
  ENOTFOUND: ["refused", "its host name is unknown"],
  EAI_AGAIN: ["refused", "its host name cannot be resolved"],
  EHOSTUNREACH: ["refused", "its host cannot be reached"],
  ENETUNREACH: ["refused", "its network cannot be reached"],
  ETIMEDOUT: ["timeout", "it did not answer in time"],
  CONNECT_TIMEOUT: ["timeout", "it did not answer in time"],
  ECONNRESET: ["lost", "the connection broke"],
  EPIPE: ["lost", "the connection broke"],
  CONNECTION_CLOSED: ["lost", "the connection broke"],
  CONNECTION_ENDED: ["lost", "the connection is closed"],
  CONNECTION_DESTROYED: ["lost", "the connection is closed"],
  "28P01": ["authentication", "it refuses the user or the password"],
  "28000": ["authentication", "it refuses the user"],
  AUTH_TYPE_NOT_IMPLEMENTED: ["authentication", "it asks for a kind of authentication that is not supported"],
  "3D000": ["no-database", "the database does not exist"],
  "53300": ["unavailable", "it has no connection left"],
  "53100": ["unavailable", "its disk is full"],
  "53200": ["unavailable", "it is out of memory"],
  "57P01": ["lost", "it is shutting down"],
  "57P02": ["lost", "it crashed"],
  "57P03": ["unavailable", "it is starting up or shutting down"],
  "25006": ["unavailable", "it is read-only"],
};

/** A failure that comes from the way to the database, not from the statement; undefined for all others. */
export function explainFailure(error: unknown, label: string): DatabaseUnreachable | undefined {
  if (error instanceof DatabaseUnreachable) return error;
  const explanation = explanations[codeOf(error)];
  if (!explanation) return undefined;
  const [reason, text] = explanation;
  return new DatabaseUnreachable(reason, `cannot use the database at ${label}: ${text}`, { cause: error });
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
