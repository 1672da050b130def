import { router } from "../trpc.ts";
import { draft } from "./draft.ts";

export const preview = router({ draft });
