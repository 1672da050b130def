import { createTRPCContext } from "@trpc/tanstack-react-query";
import type { AppRouter } from "../server/router.ts";

/** Typed access to the console's procedures: `useTRPC().topology.get.queryOptions(…)` with TanStack Query. */
export const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>();
