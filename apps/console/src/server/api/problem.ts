import type { TRPCError } from "@trpc/server";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import { z } from "zod";
import { problemOf } from "../errors.ts";
import { InvalidParameter } from "./invalid-parameter.ts";

/** What is wrong at a place of a text, as docs/policies.md lists it; lines and columns from 1. */
const TextFinding = z.object({
  ...{ code: z.string(), path: z.string(), message: z.string(), fix: z.string() },
  ...{ line: z.int().optional(), column: z.int().optional() },
});

/** What is wrong (RFC 9457), where, and what to do. */
export const Problem = z
  .object({
    type: z.string().meta({ description: "A URN that stays the same for this kind of problem." }),
    title: z.string(),
    status: z.int(),
    detail: z.string().meta({ description: "What to do." }),
    instance: z.string().meta({ description: "Path and query that were asked for." }),
    errors: z
      .array(z.object({ parameter: z.string(), detail: z.string() }))
      .optional()
      .meta({ description: "Each parameter that is wrong." }),
    findings: z
      .array(TextFinding)
      .optional()
      .meta({ description: "What is wrong with a text that was posted, and where in it." }),
  })
  .meta({ id: "Problem" });
export type Problem = z.infer<typeof Problem>;

export const problemType = "application/problem+json";

/** Seconds after which a database that was away may be back. */
const retryAfterSeconds = 2;

/** The answer to a request that failed. Nothing of a query, a stack or an address with its password is in it. */
export function problemResponse(error: TRPCError, url: URL): Response {
  return respond({ ...describe(error), instance: `${url.pathname}${url.search}` });
}

/** The answer at an address that is none. */
export function unknownPath(url: URL, known: readonly string[]): Response {
  return respond({
    type: "urn:weir:problem:not-found",
    title: "There is nothing at this address",
    status: 404,
    detail: `There is ${known.join(", ")}; /api/v1/openapi.json describes them.`,
    instance: `${url.pathname}${url.search}`,
  });
}

/** A Host that is not ours; see `origin.ts`. */
export function unknownHost(url: URL): Response {
  return respond({
    type: "urn:weir:problem:unknown-host",
    title: "This host name is not known",
    status: 421,
    detail: "List the name by which the console is reached in WEIR_CONSOLE_HOSTS, or use a loopback address.",
    instance: `${url.pathname}${url.search}`,
  });
}

function respond(problem: Problem): Response {
  return Response.json(problem, {
    status: problem.status,
    headers: {
      "content-type": problemType,
      "cache-control": "no-store",
      ...(problem.status === 503 ? { "retry-after": String(retryAfterSeconds) } : {}),
    },
  });
}

function describe(error: TRPCError): Omit<Problem, "instance"> {
  const status = getHTTPStatusCodeFromError(error);
  const { code, message, findings } = problemOf(error);
  switch (status) {
    case 400:
      return {
        type: "urn:weir:problem:invalid-request",
        title: "The request cannot be understood",
        status,
        detail: "Correct the parameters in errors; /api/v1/openapi.json describes all of them.",
        errors: errorsOf(error),
      };
    case 422:
      return {
        type: "urn:weir:problem:not-acceptable",
        title: "The text is not acceptable",
        status,
        detail: message,
        findings: z.array(TextFinding).parse(findings),
      };
    case 413:
      return { type: "urn:weir:problem:too-large", title: "The text is too long", status, detail: message };
    case 404:
      return { type: "urn:weir:problem:not-found", title: "It is not there", status, detail: message };
    case 403:
      return {
        type: "urn:weir:problem:other-page",
        title: "The request comes from another site's page",
        status,
        detail: "What is posted is taken from the console's own pages and from clients that are no browser.",
      };
    case 503:
      if (code === "BUSY")
        return { type: "urn:weir:problem:busy", title: "Too many ask at once", status, detail: message };
      return {
        type: "urn:weir:problem:unavailable",
        title: message,
        status,
        detail: "Traffic is not affected. Ask again after the seconds in Retry-After.",
      };
    default:
      return {
        type: "urn:weir:problem:internal",
        title: message,
        status,
        detail: "The console's log has the cause. Asking the same again may fail the same way.",
      };
  }
}

function errorsOf(error: TRPCError): NonNullable<Problem["errors"]> {
  if (error instanceof InvalidParameter || error.cause instanceof InvalidParameter) {
    const { parameter, message } =
      error instanceof InvalidParameter ? error : (error.cause as InvalidParameter);
    return [{ parameter, detail: message }];
  }
  if (!(error.cause instanceof z.ZodError)) return [];
  return error.cause.issues.flatMap((issue) =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map((parameter) => ({ parameter, detail: "is not a parameter here" }))
      : [{ parameter: issue.path.join("."), detail: issue.message }],
  );
}
