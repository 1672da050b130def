import { resources } from "../../server/resources.ts";

export const dynamic = "force-dynamic";

/** The process's own metrics as Prometheus text. */
export async function GET(): Promise<Response> {
  const { registry } = resources();
  return new Response(await registry.metrics(), { headers: { "content-type": registry.contentType } });
}
