import { openApiDocument } from "../../../../server/api/open-api.ts";
import { operations } from "../../../../server/api/operations.ts";

export const dynamic = "force-static";

/** The description of this API. */
export function GET(): Response {
  return Response.json(openApiDocument(operations));
}
