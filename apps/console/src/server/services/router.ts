import { router } from "../trpc.ts";
import { endpoints } from "./endpoints.ts";
import { get } from "./get.ts";
import { list } from "./list.ts";
import { names } from "./names.ts";
import { overhead } from "./overhead.ts";
import { policies } from "./policies.ts";
import { routes } from "./routes.ts";
import { signals } from "./signals.ts";

export const services = router({ endpoints, get, list, names, overhead, policies, routes, signals });
