import { router } from "../trpc.ts";
import { change } from "./change.ts";
import { explain } from "./explain.ts";
import { state } from "./state.ts";

export const modes = router({ change, explain, state });
