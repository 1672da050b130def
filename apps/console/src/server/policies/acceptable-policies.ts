import { type FindingCode, findingOf, type Policy, ValidationError } from "@weir/domain";
import { type BasedPolicy, checkPolicyText } from "@weir/policy-text";

/** The policies of a text, and the revisions it was made from. @throws ValidationError with every error of the text. */
export function acceptablePolicies(
  text: string,
  services: Parameters<typeof checkPolicyText>[1],
): BasedPolicy[] {
  const checked = checkPolicyText(text, services);
  const errors = checked.flatMap(({ findings }) => findings.filter(({ severity }) => severity === "error"));
  if (errors.length > 0) throw new ValidationError("the text", errors);
  return checked.flatMap(({ policy, basedOn }) => (policy ? [{ policy, basedOn }] : []));
}

/** The one policy of a text. @throws ValidationError for any other number, too. */
export function acceptablePolicy(...text: Parameters<typeof acceptablePolicies>): Policy {
  const [first, ...more] = acceptablePolicies(...text);
  if (!first) throw refusedText("empty-text", "holds no policy");
  if (more.length === 0) return first.policy;
  throw refusedText("several-policies", `holds ${more.length + 1} policies; this takes one`);
}

export function refusedText(code: FindingCode, message: string): ValidationError {
  return new ValidationError("the text", [findingOf(code, "", message)]);
}
