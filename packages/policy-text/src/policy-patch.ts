import type { Policy, RevisedPolicy } from "@weir/domain";
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from "diff";
import { writePolicyText } from "./write-policy-text.ts";

/** From what is in force to what is to be, as `diff -u` has it; empty where they are the same. */
export function policyPatch(live: RevisedPolicy | undefined, wanted: Policy): string {
  const [before, after] = [live ? writePolicyText(live) : "", writePolicyText(wanted)];
  if (before === after) return "";
  const name = `${wanted.namespace}/${wanted.name}`;
  const former = live ? `revision ${live.revision}` : "no such policy";
  return createTwoFilesPatch(name, name, before, after, former, "to be applied", {
    context: 3,
    headerOptions: FILE_HEADERS_ONLY,
  });
}
