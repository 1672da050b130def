import { createTRPCClient, httpBatchStreamLink } from "@trpc/client";
import { plainJson } from "../plain-json.ts";
import type { AppRouter } from "../server/router.ts";
import { browserSend, trpcUrl } from "./make-clients.ts";

/**
 * For queries that tell bit by bit what they find out: each gives what can be iterated, and leaving the loop, or aborting, ends it. Sent
 * as a body, which an `EventSource` could not. Apart from `makeTrpcClient`, so that only the pages that ask so load it.
 */
export function makeStreamingClient(send = browserSend) {
  return createTRPCClient<AppRouter>({
    links: [
      httpBatchStreamLink({ url: trpcUrl, transformer: plainJson, methodOverride: "POST", fetch: send }),
    ],
  });
}
