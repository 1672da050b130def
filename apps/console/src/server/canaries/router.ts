import { router } from "../trpc.ts";
import { get } from "./get.ts";
import { history } from "./history.ts";
import { list } from "./list.ts";
import { rollout } from "./rollout.ts";
import { save } from "./save.ts";
import { traffic } from "./traffic.ts";

export const canaries = router({ get, history, list, rollout, save, traffic });
