import { operations } from "../../../../server/api/operations.ts";
import { unknownPath } from "../../../../server/api/problem.ts";

export const dynamic = "force-dynamic";

/** Says what there is. */
export function GET(request: Request): Response {
  return unknownPath(
    new URL(request.url),
    operations.map(({ path }) => `/api/v1${path}`),
  );
}
