import { QueryClient } from "@tanstack/react-query";
import { createTRPCClient, httpBatchLink, httpLink, httpSubscriptionLink, splitLink } from "@trpc/client";
import { plainJson } from "../plain-json.ts";
import { pressedType, unpressed } from "../pressed-json.ts";
import type { AppRouter } from "../server/router.ts";
import { problemOf } from "./problem.ts";

export const trpcUrl = "/api/trpc";

/** How a request is sent: `fetch`, as the links call it. */
export type Send = (input: RequestInfo | URL | string, init?: object) => Promise<Response>;

export const browserSend: Send = (input, init) => fetch(input, init as RequestInit);

/** For a query that may be slow by its nature: answers of one batch come together, and it would hold up the others. */
export const alone = { context: { alone: true } };

/**
 * For a query that holds what somebody writes: sent as a body, alone. An address takes some thousand characters, and stands in logs and
 * histories; a draft may be longer, and may hold the secret of a webhook.
 */
export const posted = { context: { posted: true } };

/** One query at a time would wait in the browser's line of six connections: requests of one moment go together. */
export function makeTrpcClient(send = browserSend) {
  const pressed = {
    headers: { accept: `${pressedType}, application/json` },
    fetch: async (...request: Parameters<Send>) => unpressed(await send(...request)),
  };
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: (operation) => operation.type === "subscription",
        true: httpSubscriptionLink({ url: trpcUrl, transformer: plainJson }),
        false: splitLink({
          condition: ({ context }) => context.posted === true,
          true: httpLink({ url: trpcUrl, transformer: plainJson, methodOverride: "POST", ...pressed }),
          false: splitLink({
            condition: ({ context }) => context.alone === true,
            true: httpLink({ url: trpcUrl, transformer: plainJson, ...pressed }),
            false: httpBatchLink({ url: trpcUrl, transformer: plainJson, maxURLLength: 8_000, ...pressed }),
          }),
        }),
      }),
    ],
  });
}

/** Asked again only where asking again can help: a refusal stays one, a server that is away may come back. */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        refetchOnWindowFocus: true,
        retry: (attempt, error) => attempt < 2 && isPassing(problemOf(error).code),
        retryDelay: (attempt) => 400 * 2 ** attempt,
      },
    },
  });
}

function isPassing(code: string): boolean {
  return code === "CONSOLE_UNREACHABLE" || code === "DATABASE_UNREACHABLE";
}
