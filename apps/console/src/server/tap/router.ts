import { router } from "../trpc.ts";
import { recent } from "./recent.ts";
import { requests } from "./requests.ts";
import { top } from "./top.ts";

export const tap = router({ recent, requests, top });
