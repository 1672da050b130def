import { router } from "../trpc.ts";
import { list } from "./list.ts";
import { names } from "./names.ts";

export const services = router({ list, names });
