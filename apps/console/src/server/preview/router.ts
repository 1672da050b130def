import { router } from "../trpc.ts";
import { observed } from "./observed.ts";
import { routes } from "./routes.ts";

/** Of a draft the read API's `preview` tells: its text is posted, however long it is. */
export const preview = router({ observed, routes });
