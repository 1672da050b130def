import { createDocument, type ZodOpenApiOperationObject } from "zod-openapi";
import type { Operation } from "./operation.ts";
import { Problem, problemType } from "./problem.ts";

/** The description of `/api/v1` (OpenAPI 3.1), made of the schemas that check its input and answers. */
export function openApiDocument(operations: readonly Operation[]) {
  return createDocument({
    openapi: "3.1.1",
    info: {
      title: "Weir's read API",
      version: "1",
      description:
        "What the console shows, for scripts and other tools. Ids are hexadecimal text; nanoseconds are text, since they are beyond a JSON number's exactness; what was not measured is null. Members may be added: ignore those you don't know.",
    },
    servers: [{ url: "/api/v1" }],
    paths: Object.fromEntries(
      operations.map((operation) => [
        operation.path,
        { [operation.posted ? "post" : "get"]: operationObject(operation) },
      ]),
    ),
  });
}

function operationObject(operation: Operation): ZodOpenApiOperationObject {
  const { operationId, summary, description, pathParameters, query, posted, mayBeMissing } = operation;
  return {
    operationId,
    summary,
    ...(description === undefined ? {} : { description }),
    requestParams: { query, ...(pathParameters ? { path: pathParameters } : {}) },
    ...(posted && {
      requestBody: {
        ...{ required: true, description: posted.description },
        content: { [posted.type]: { schema: { type: "string" } } },
      },
    }),
    responses: {
      ...(operation.isStream ? stream(operation) : wholeAnswer(operation)),
      "400": problem("A parameter is wrong; `errors` says which and why."),
      ...(posted ? refusedTexts : {}),
      ...(mayBeMissing ? { "404": problem("It is not stored.") } : {}),
      "503": {
        ...problem("The database is away, or as many ask as are answered at once."),
        headers: { "Retry-After": { schema: { type: "integer" }, description: "Seconds." } },
      },
    },
  };
}

const refusedTexts = {
  "403": problem("It comes from the page of another site."),
  "413": problem("The text is too long."),
  "422": problem("The text is not acceptable; `detail` says why."),
};

function wholeAnswer({ answer }: Operation) {
  return {
    "200": {
      description: "The answer.",
      headers: { ETag: { schema: { type: "string" }, description: "Pass it as `If-None-Match`." } },
      content: { "application/json": { schema: answer } },
    },
    "304": { description: "The asker has this answer already." },
  } as const;
}

/** OpenAPI 3.1 has no word for a stream: the schema is that of each of its events. */
function stream({ answer }: Operation) {
  return {
    "200": {
      description:
        "The schema is that of one event: a line, or the `data` of a server-sent event, whose name is its `kind`.",
      content: { "application/x-ndjson": { schema: answer }, "text/event-stream": { schema: answer } },
    },
  } as const;
}

function problem(description: string) {
  return { description, content: { [problemType]: { schema: Problem } } };
}
