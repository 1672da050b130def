import { router } from "../trpc.ts";
import { names } from "./names.ts";

export const services = router({ names });
