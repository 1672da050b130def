import { router } from "../trpc.ts";
import { facts } from "./facts.ts";

export const settings = router({ facts });
