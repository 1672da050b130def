import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { isAllowedHost, isSameOrigin } from "../../../../server/origin.ts";
import { resources } from "../../../../server/resources.ts";
import { appRouter } from "../../../../server/router.ts";

export const dynamic = "force-dynamic";

function handle(request: Request): Promise<Response> | Response {
  const kept = resources();
  const { settings } = kept;
  if (!isAllowedHost(request.headers.get("host"), settings.allowedHosts))
    return new Response("unknown host name; list it in WEIR_CONSOLE_HOSTS\n", { status: 421 });
  return fetchRequestHandler({
    endpoint: "/api/trpc",
    req: request,
    router: appRouter,
    createContext: () => ({
      ...kept,
      author: settings.author,
      sameOrigin: isSameOrigin(request.headers),
      now: Date.now,
    }),
  });
}

export { handle as GET, handle as POST };
