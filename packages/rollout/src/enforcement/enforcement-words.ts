import { percent, rounded } from "../decide/words.ts";
import type { GuardCheck } from "./judge-enforcement.ts";

/** `policy shop/limit: acted on 12 % of 400 requests of shop/web, 0.2 % were predicted and 1.4 % may be`. */
export function checkWords({
  kind,
  namespace,
  name,
  callers,
  slowMs,
  predicted,
  limit,
  seen,
}: GuardCheck): string {
  const share = percent(seen.requests === 0 ? 0 : seen.hits / seen.requests);
  const may = `${percent(limit)} may be`;
  if (kind === "acts") {
    const of = callers === undefined ? "" : ` of ${callersWords(callers)}`;
    const told = predicted === undefined ? "nothing was known" : `${percent(predicted)} were predicted`;
    return `policy ${namespace}/${name}: acted on ${share} of ${seen.requests} requests${of}, ${told} and ${may}`;
  }
  const before = percent(predicted ?? 0);
  return kind === "failures"
    ? `service ${namespace}/${name}: ${share} of ${seen.requests} requests failed, ${before} before or as predicted, and ${may}`
    : `service ${namespace}/${name}: ${share} of ${seen.requests} requests took longer than ${rounded(slowMs ?? 0)} ms, ${before} before, and ${may}`;
}

function callersWords(callers: NonNullable<GuardCheck["callers"]>): string {
  const [only] = callers;
  if (callers.length !== 1 || only === undefined) return `${callers.length} callers`;
  return only.namespace === "" ? only.service : `${only.namespace}/${only.service}`;
}
