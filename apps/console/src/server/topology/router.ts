import { router } from "../trpc.ts";

export const topology = router({});
