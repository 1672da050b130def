import { router } from "../trpc.ts";

export const canaries = router({});
