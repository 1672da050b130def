import { router } from "../trpc.ts";
import { abortUnreadable } from "./abort-unreadable.ts";
import { check } from "./check.ts";
import { command } from "./command.ts";
import { events } from "./events.ts";
import { get } from "./get.ts";
import { list } from "./list.ts";
import { replan } from "./replan.ts";
import { replay } from "./replay.ts";
import { start } from "./start.ts";

export const rollouts = router({ abortUnreadable, check, command, events, get, list, replan, replay, start });
