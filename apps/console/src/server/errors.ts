import type { TRPCError } from "@trpc/server";
import type { Finding } from "@weir/domain";

/** An error as the browser gets it: a stable code, one sentence, and what is wrong where when input was refused. */
export interface Problem {
  readonly code: string;
  readonly message: string;
  readonly findings: readonly Finding[];
}

const databaseAway = "the database cannot be reached";

/** Codes of the drivers and of Postgres itself (class 57: it is starting or stopping) that mean "not there". */
const connectionCodes = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ENOTFOUND",
  "ETIMEDOUT",
  "CONNECT_TIMEOUT",
  "CONNECTION_CLOSED",
  "CONNECTION_ENDED",
  "CONNECTION_DESTROYED",
  "P1001",
  "P1017",
  "57P01",
  "57P02",
  "57P03",
]);

/** tRPC's kind of an error of the domain or the store. */
export function trpcCodeOf(cause: unknown): TRPCError["code"] {
  switch (codeOf(cause)) {
    case "BUSY":
    case "DATABASE_UNREACHABLE":
      return "SERVICE_UNAVAILABLE";
    case "NOT_FOUND":
      return "NOT_FOUND";
    case "ENFORCEMENT_REFUSED":
    case "STALE_REVISION":
    case "ROLLOUT_REFUSED":
      return "CONFLICT";
    case "VALIDATION":
      return "UNPROCESSABLE_CONTENT";
    default:
      return "INTERNAL_SERVER_ERROR";
  }
}

/** What the browser may know of an error: never a stack, a query or an address with its password. */
export function problemOf(error: TRPCError): Problem {
  const cause = error.cause ?? error;
  const code = codeOf(cause);
  if (code === "DATABASE_UNREACHABLE") return { code, message: databaseAway, findings: [] };
  if (code === undefined)
    return {
      code: error.code,
      message: error.code === "INTERNAL_SERVER_ERROR" ? "something went wrong in the console" : error.message,
      findings: [],
    };
  return { code, message: cause.message, findings: findingsIn(cause) };
}

const ownCodes = new Set([
  "BUSY",
  "DATABASE_UNREACHABLE",
  "ENFORCEMENT_REFUSED",
  "NOT_FOUND",
  "STALE_REVISION",
  "ROLLOUT_REFUSED",
  "VALIDATION",
  "MIGRATION_FAILED",
]);

/** The stable code of an error or of what caused it; undefined for one that carries none we know. */
function codeOf(error: unknown): string | undefined {
  for (let e = error, depth = 0; e instanceof Error && depth < 5; e = e.cause, depth++) {
    const code = "code" in e && typeof e.code === "string" ? e.code : undefined;
    if (code === undefined) continue;
    if (ownCodes.has(code)) return code;
    if (connectionCodes.has(code)) return "DATABASE_UNREACHABLE";
  }
  return undefined;
}

function findingsIn(error: Error): readonly Finding[] {
  return "findings" in error && Array.isArray(error.findings) ? error.findings : [];
}
