import { TRPCClientError } from "@trpc/client";
import type { AppRouter } from "../server/router.ts";

/** The server's account of an error, or one that says that the server itself did not answer. */
export function problemOf(error: unknown) {
  if (error instanceof TRPCClientError) {
    const typed: TRPCClientError<AppRouter> = error;
    if (typed.data?.problem) return typed.data.problem;
    return { code: "CONSOLE_UNREACHABLE", message: "the console does not answer", findings: [] };
  }
  return { code: "UNKNOWN", message: error instanceof Error ? error.message : String(error), findings: [] };
}
