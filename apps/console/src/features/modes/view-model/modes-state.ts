import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "../../../server/router.ts";

/** Where every switch of the mesh stands, and how many policies begin to act with each. */
export type ModesState = inferRouterOutputs<AppRouter>["modes"]["state"];
