import { QueryClient } from "@tanstack/react-query";
import { createTRPCClient, httpBatchLink, httpLink, httpSubscriptionLink, splitLink } from "@trpc/client";
import { plainJson } from "../plain-json.ts";
import { pressedType, unpressed } from "../pressed-json.ts";
import type { AppRouter } from "../server/router.ts";
import { problemOf } from "./problem.ts";

const url = "/api/trpc";

const pressed = {
  headers: { accept: `${pressedType}, application/json` },
  fetch: async (input: RequestInfo | URL | string, init?: object) =>
    unpressed(await fetch(input, init as RequestInit)),
};

/** For a query that may be slow by its nature: answers of one batch come together, and it would hold up the others. */
export const alone = { context: { alone: true } };

/** One query at a time would wait in the browser's line of six connections: requests of one moment go together. */
export function makeTrpcClient() {
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: (operation) => operation.type === "subscription",
        true: httpSubscriptionLink({ url, transformer: plainJson }),
        false: splitLink({
          condition: ({ context }) => context.alone === true,
          true: httpLink({ url, transformer: plainJson, ...pressed }),
          false: httpBatchLink({ url, transformer: plainJson, maxURLLength: 8_000, ...pressed }),
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
