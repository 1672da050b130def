import { router } from "../trpc.ts";

export const mesh = router({});
