import type { DeniedCaller } from "@weir/rollout";
import { formatCount, formatShare, plural } from "../../../ui/format/numbers.ts";
import { mostOf, rangeWords } from "../../preview/view-model/range-words.ts";

type Denied = Pick<DeniedCaller, "denied" | "requests" | "services">;

/** `all of its 240 requests to shop/payments`, `from 33 % to 67 % of its 900 requests to shop/payments`. */
export function deniedWords({ denied, requests, services }: Denied): string {
  return `${shareOf({ denied, requests })} of its ${plural(requests, "request")} to ${services.join(" and ")}`;
}

/** `80`, `300 to 600`; empty where it is all. */
export function deniedCount({ denied, requests }: Pick<Denied, "denied" | "requests">): string {
  if (denied.atLeast >= requests) return "";
  return denied.atLeast === mostOf(denied) ? formatCount(denied.atLeast) : rangeWords(denied);
}

function shareOf({ denied, requests }: Pick<Denied, "denied" | "requests">): string {
  const [least, most] = [denied.atLeast / requests, mostOf(denied) / requests];
  if (least >= 1) return "all";
  const [from, to] = [formatShare(least), formatShare(most)];
  return from === to ? to : `from ${from} to ${to}`;
}
