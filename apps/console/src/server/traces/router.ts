import { router } from "../trpc.ts";

export const traces = router({});
