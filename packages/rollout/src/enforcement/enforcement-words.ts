import { percent, rounded, shareAbove, spanWords } from "../decide/words.ts";
import type { GuardCheck } from "./judge-enforcement.ts";

/** `policy shop/limit: acted on 12 % of the last 400 requests (32 s) of shop/web, 0.2 % were predicted and 1.4 % may be`. */
export function checkWords({
  kind,
  namespace,
  name,
  callers,
  slowMs,
  predicted,
  limit,
  seen,
  above,
}: GuardCheck): string {
  const { requests, hits } = above ?? seen;
  const share = requests === 0 ? percent(0) : shareAbove(hits / requests, limit);
  const those =
    above === undefined ? `${requests} requests` : `the last ${requests} requests (${spanWords(above.ms)})`;
  const may = `${percent(limit)} may be`;
  if (kind === "acts") {
    const of = callers === undefined ? "" : ` of ${callersWords(callers)}`;
    const told = predicted === undefined ? "nothing was known" : `${percent(predicted)} were predicted`;
    return `policy ${namespace}/${name}: acted on ${share} of ${those}${of}, ${told} and ${may}`;
  }
  const before = percent(predicted ?? 0);
  return kind === "failures"
    ? `service ${namespace}/${name}: ${share} of ${those} failed, ${before} before or as predicted, and ${may}`
    : `service ${namespace}/${name}: ${share} of ${those} took longer than ${rounded(slowMs ?? 0)} ms, ${before} before, and ${may}`;
}

function callersWords(callers: NonNullable<GuardCheck["callers"]>): string {
  const [only] = callers;
  if (callers.length !== 1 || only === undefined) return `${callers.length} callers`;
  return only.namespace === "" ? only.service : `${only.namespace}/${only.service}`;
}
