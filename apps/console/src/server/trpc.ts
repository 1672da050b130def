import { initTRPC, TRPCError } from "@trpc/server";
import { formatPath, notStorable, StorableJson } from "@weir/domain";
import { plainJson } from "../plain-json.ts";
import { problemOf, trpcCodeOf } from "./errors.ts";
import type { Resources } from "./resources.ts";

/** What every procedure is given. Clocks are part of it, so that a test can say what time it is. */
export interface Context extends Omit<Resources, "registry"> {
  /** Who stands in the audit for a change. */
  readonly author: string;
  /** Only requests of the console's own pages may change anything; see `origin.ts`. */
  readonly sameOrigin: boolean;
  now(): number;
}

const t = initTRPC.context<Context>().create({
  transformer: plainJson,
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

/** Times and traces every procedure from outside, keeps a line of what nobody foresaw, and has changes seen by who asks next. */
const observe = t.middleware(async ({ ctx, next, path, type }) => {
  if (type === "subscription") return next(); // lasts as long as somebody looks
  const startedAt = performance.now();
  const span = ctx.tracer.startSpan(`${type} ${path}`);
  const result = await ctx.inFlight.track(next());
  if (type === "mutation") ctx.sharedAnswers.forget(); // before the asker reads again
  const outcome = result.ok ? "ok" : result.error.code;
  ctx.meters.procedures.observe({ procedure: path, outcome }, (performance.now() - startedAt) / 1_000);
  if (!result.ok && result.error.code === "INTERNAL_SERVER_ERROR")
    ctx.logger.error({ err: result.error.cause ?? result.error, procedure: path }, "procedure failed");
  span.setAttribute("weir.outcome", outcome).end();
  return result;
});

/** Refuses text that the database would stumble over, wherever in an input it stands, so that no procedure has to. */
const refuseUnstorable = t.middleware(async ({ next, getRawInput }) => {
  const { error } = StorableJson.safeParse(await getRawInput());
  if (!error) return next();
  const places = error.issues.map(({ path }) => formatPath(path) || "the input");
  throw new TRPCError({
    code: "BAD_REQUEST",
    message: `${places.join(", ")} ${notStorable}`,
    cause: error,
  });
});

export const router = t.router;
export const createCaller = t.createCallerFactory;

/** Reads. */
export const publicProcedure = t.procedure.use(observe).use(mapErrors).use(refuseUnstorable);

/** Changes: refused unless they come from the console's own pages. */
export const operatorProcedure = publicProcedure.use(({ ctx, next }) => {
  if (!ctx.sameOrigin)
    throw new TRPCError({
      code: "FORBIDDEN",
      message: "changes are accepted from the console's own pages only",
    });
  return next();
});
