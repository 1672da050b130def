import { type FindingCode, findingOf, type Policy, ValidationError } from "@weir/domain";
import { type CheckedPolicy, checkPolicyText } from "@weir/policy-text";
import type { Context } from "../trpc.ts";

type AcceptablePolicy = CheckedPolicy & { readonly policy: Policy };

/** The policies of a text, beside those in force. @throws ValidationError with every error of the text, each at its place. */
export async function acceptablePolicies(
  text: string,
  config: Pick<Context["config"], "listServices" | "listPolicies">,
): Promise<AcceptablePolicy[]> {
  const [services, stored] = await Promise.all([config.listServices(), config.listPolicies()]);
  const checked = checkPolicyText(
    text,
    services,
    stored.map(({ policy }) => policy),
  );
  const errors = checked.flatMap(({ findings }) => findings.filter(({ severity }) => severity === "error"));
  if (errors.length > 0) throw new ValidationError("the text", errors);
  return checked.flatMap((one) => (one.policy ? [{ ...one, policy: one.policy }] : []));
}

/** The one policy of a text. @throws ValidationError for any other number, too. */
export async function acceptablePolicy(...text: Parameters<typeof acceptablePolicies>): Promise<Policy> {
  const [first, second, ...more] = await acceptablePolicies(...text);
  if (!first) throw refusedText("empty-text", "holds no policy");
  if (!second) return first.policy;
  const message = `holds ${more.length + 2} policies, and here one is taken; this is the second`;
  throw new ValidationError("the text", [second.place(findingOf("several-policies", "", message))]);
}

export function refusedText(code: FindingCode, message: string): ValidationError {
  return new ValidationError("the text", [findingOf(code, "", message)]);
}
