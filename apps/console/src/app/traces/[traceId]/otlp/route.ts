import { isAllowedHost } from "../../../../server/origin.ts";
import { resources } from "../../../../server/resources.ts";
import { serveOtlpTrace } from "../../../../server/traces/serve-otlp-trace.ts";

export const dynamic = "force-dynamic";

/** The trace as OTLP in JSON. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ traceId: string }> },
): Promise<Response> {
  const { settings, sql } = resources();
  if (!isAllowedHost(request.headers.get("host"), settings.allowedHosts))
    return new Response("unknown host name; list it in WEIR_CONSOLE_HOSTS\n", { status: 421 });
  return serveOtlpTrace(sql, (await params).traceId);
}
