import { operations } from "../api/operations.ts";
import { unknownPath } from "../api/problem.ts";
import { answer } from "../api/serve.ts";
import { answerStream } from "../api/serve-stream.ts";
import type { Context } from "../trpc.ts";

const base = "/api/v1";

/** What Next's routes under `/api/v1` answer, found by the paths of the operations. */
export function answerApi(request: Request, context: Context): Promise<Response> | Response {
  const url = new URL(request.url);
  for (const operation of operations) {
    const form = new RegExp(`^${base}${operation.path.replaceAll(/\{(\w+)\}/g, "(?<$1>[^/]+)")}$`);
    const found = form.exec(url.pathname);
    if (!found) continue;
    return operation.isStream
      ? answerStream(operation, request, context)
      : answer(operation, request, { ...found.groups }, context);
  }
  return unknownPath(
    url,
    operations.map(({ path }) => `${base}${path}`),
  );
}
