import { router } from "../trpc.ts";
import { changes } from "./changes.ts";

export const live = router({ changes });
