import { router } from "../trpc.ts";
import { draft } from "./draft.ts";
import { observed } from "./observed.ts";
import { routes } from "./routes.ts";

export const preview = router({ draft, observed, routes });
