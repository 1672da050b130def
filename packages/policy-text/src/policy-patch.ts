import type { Policy, RevisedPolicy } from "@weir/domain";
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from "diff";
import { writePolicyText } from "./write-policy-text.ts";

/** From what is in force to what is to be, as `diff -u` has it; empty where they are the same. */
export function policyPatch(live: RevisedPolicy | undefined, wanted: Policy): string {
  return patchWithin(live, wanted, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY) ?? "";
}

/** Lines that differ. To find them takes time by the square of their number: a second or two for these. */
const mostEdits = 5_000;

/** The same for who must not be kept: undefined where it takes longer, or more differs than anybody would read. */
export function boundedPatch(
  live: RevisedPolicy | undefined,
  wanted: Policy,
  timeoutMs: number,
): string | undefined {
  return patchWithin(live, wanted, timeoutMs, mostEdits);
}

function patchWithin(
  live: RevisedPolicy | undefined,
  wanted: Policy,
  timeout: number,
  maxEditLength: number,
): string | undefined {
  const [before, after] = [live ? writePolicyText(live) : "", writePolicyText(wanted)];
  if (before === after) return "";
  const name = `${wanted.namespace}/${wanted.name}`;
  const former = live ? `revision ${live.revision}` : "no such policy";
  return createTwoFilesPatch(name, name, before, after, former, "to be applied", {
    ...{ context: 3, headerOptions: FILE_HEADERS_ONLY },
    ...{ timeout, maxEditLength },
  });
}
