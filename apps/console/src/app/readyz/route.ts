import { resources } from "../../server/resources.ts";

export const dynamic = "force-dynamic";

/** Can serve: the database answers. Without it pages still come, and say so. */
export async function GET(): Promise<Response> {
  try {
    await resources().sql`SELECT 1`;
    return new Response("ready\n");
  } catch {
    return new Response("not ready: the database cannot be reached\n", { status: 503 });
  }
}
