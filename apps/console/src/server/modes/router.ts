import { router } from "../trpc.ts";

export const modes = router({});
