import { router } from "../trpc.ts";
import { get } from "./get.ts";
import { history } from "./history.ts";
import { list } from "./list.ts";
import { remove } from "./remove.ts";
import { restore } from "./restore.ts";
import { rollout } from "./rollout.ts";
import { save } from "./save.ts";
import { traffic } from "./traffic.ts";

export const canaries = router({ get, history, list, remove, restore, rollout, save, traffic });
