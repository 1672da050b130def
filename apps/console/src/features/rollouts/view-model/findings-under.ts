import type { Finding } from "@weir/domain";

/** Findings about these members of a plan or parts of them: `steps[1]` has `steps[1].forMs` and not `steps[10]`. */
export function findingsUnder(findings: readonly Finding[], members: readonly string[]): Finding[] {
  return findings.filter(({ path }) =>
    members.some(
      (member) => path === member || path.startsWith(`${member}.`) || path.startsWith(`${member}[`),
    ),
  );
}

/** Findings about checks by others, whose names are told apart as well. */
export function isExternal(finding: Finding): boolean {
  return (
    finding.code === "name-twice" ||
    findingsUnder([finding], ["checks.queries", "checks.webhooks"]).length > 0
  );
}

/** Indexes of the steps that something is wrong with. */
export function wrongSteps(findings: readonly Finding[]): number[] {
  const indexes = findings.flatMap(({ path }) => {
    const [, index] = /^steps\[(\d+)\]/.exec(path) ?? [];
    return index === undefined ? [] : [Number(index)];
  });
  return [...new Set(indexes)];
}
