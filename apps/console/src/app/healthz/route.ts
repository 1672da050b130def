export const dynamic = "force-dynamic";

/** Alive: this process answers. */
export function GET(): Response {
  return new Response("ok\n");
}
