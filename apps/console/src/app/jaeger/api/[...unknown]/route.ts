import { envelope } from "../../../../server/jaeger/envelope.ts";

export const dynamic = "force-dynamic";

/** What Jaeger has and is not here, such as its metrics and its archive: told as Jaeger tells what is switched off. */
export function GET(): Response {
  const msg = "not part of what Weir answers of Jaeger's API; docs/api.md lists what is";
  return Response.json(envelope(null, { errors: [{ code: 501, msg }] }), { status: 501 });
}
