import { initTRPC, TRPCError } from "@trpc/server";
import type { ConfigStore, Sql } from "@weir/store";
import superjson from "superjson";
import type { ConsoleSettings } from "../config.ts";
import { problemOf, trpcCodeOf } from "./errors.ts";
import type { ChangeHub } from "./live/change-hub.ts";

/** What every procedure is given. Clocks are part of it, so that a test can say what time it is. */
export interface Context {
  readonly config: ConfigStore;
  readonly sql: Sql;
  readonly changes: ChangeHub;
  readonly settings: ConsoleSettings;
  /** Who stands in the audit for a change. */
  readonly author: string;
  /** Only requests of the console's own pages may change anything; see `origin.ts`. */
  readonly sameOrigin: boolean;
  now(): number;
}

const t = initTRPC.context<Context>().create({
  transformer: superjson,
  sse: { ping: { enabled: true, intervalMs: 10_000 }, client: { reconnectAfterInactivityMs: 25_000 } },
  errorFormatter: ({ shape, error }) => ({
    ...shape,
    data: {
      code: shape.data.code,
      httpStatus: shape.data.httpStatus,
      path: shape.data.path,
      problem: problemOf(error),
    },
  }),
});

/** Errors of the domain and the store become tRPC's own kinds here, once, and nowhere else. */
const mapErrors = t.middleware(async ({ next }) => {
  const result = await next();
  if (result.ok || result.error.code !== "INTERNAL_SERVER_ERROR") return result;
  const cause = result.error.cause ?? result.error;
  throw new TRPCError({ code: trpcCodeOf(cause), message: problemOf(result.error).message, cause });
});

export const router = t.router;
export const createCaller = t.createCallerFactory;

/** Reads. */
export const publicProcedure = t.procedure.use(mapErrors);

/** Changes: refused unless they come from the console's own pages. */
export const operatorProcedure = publicProcedure.use(({ ctx, next }) => {
  if (!ctx.sameOrigin)
    throw new TRPCError({
      code: "FORBIDDEN",
      message: "changes are accepted from the console's own pages only",
    });
  return next();
});
