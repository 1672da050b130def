import { readFileSync } from "node:fs";
import type { Policy } from "@weir/domain";
import { describe, expect, it } from "vitest";
import { maxPolicyText, readPolicyText } from "./read-policy-text.ts";
import { writePolicyText } from "./write-policy-text.ts";

const canary = `kind: canary
name: payments-canary
namespace: shop
targetRef: payments
backends:
  - { version: v1, weight: 90 }
  - { version: v2, weight: 20 } # too much
`;

const good = canary.replace("20", "10");

describe("readPolicyText", () => {
  it("puts what is wrong at its line and column", () => {
    const [written] = readPolicyText(canary);
    expect(written?.policy).toBeUndefined();
    expect(written?.findings).toMatchObject([{ path: "backends", line: 5, column: 1, severity: "error" }]);
    const [finding] = written?.findings ?? [];
    expect(canary.slice(finding?.from, finding?.to)).toBe("backends");
  });

  it.each([
    ["a member that is not known", canary.replace("targetRef", "target"), "target", 4],
    ["a wrong value in a list", canary.replace("20", "ten"), "weight", 7],
    ["a missing member, at the document", "kind: canary\nname: a\n", "kind: canary\nname: a", 1],
  ])("%s", (_, text, marked, line) => {
    const findings = readPolicyText(text)[0]?.findings ?? [];
    expect(findings.map((finding) => finding.line)).toContain(line);
    const at = findings.find((finding) => finding.line === line);
    expect(marked.startsWith(text.slice(at?.from, at?.to))).toBe(true);
  });

  it("reads one policy a document, passes comments by, and counts lines over all of them", () => {
    const good = canary.replace("20", "10");
    const [first, second, ...others] = readPolicyText(`# mine\n---\n${good}---\n${canary}`);
    expect(first?.policy).toMatchObject({ name: "payments-canary" });
    expect(second?.findings[0]?.line).toBe(2 + 7 + 1 + 5);
    expect(others).toEqual([]);
    expect(readPolicyText("# nothing yet\n")).toEqual([]);
  });

  it.each`
    text
    ${`${good}---\n`}
    ${`${good}---\n# the end\n`}
    ${`# only a comment\n---\n${good}`}
    ${`---\n---\n${good}---\n---\n`}
    ${`${good}...\n`}
  `("counts only documents that hold something: $text", ({ text }) => {
    expect(readPolicyText(text)).toMatchObject([{ policy: { name: "payments-canary" }, findings: [] }]);
  });

  it.each(["---\n", "# only a comment\n---\n", "---\n# x\n---\n"])("finds none in %j", (text) => {
    expect(readPolicyText(text)).toEqual([]);
  });

  it("says that a document of null is no policy", () => {
    expect(readPolicyText("null\n")).toMatchObject([{ policy: undefined, findings: [{ line: 1 }] }]);
  });

  it.each`
    what                       | text                                                        | line | column
    ${"a zero byte"}           | ${good.replace("payments\n", "pay\0ments\n")}               | ${4} | ${15}
    ${"half of a pair"}        | ${`# \ud83d\n${good}`}                                      | ${1} | ${3}
    ${"a zero byte as escape"} | ${good.replace("targetRef: payments", 'targetRef: "a\\0"')} | ${4} | ${1}
  `("puts $what at its place", ({ text, line, column }) => {
    const [written, ...others] = readPolicyText(text);
    expect(others).toEqual([]);
    expect(written?.findings[0]).toMatchObject({ code: "not-storable", severity: "error", line, column });
  });

  it.each`
    code            | fix
    ${"denys-all"}  | ${"Did you mean denies-all?"}
    ${"zzzzzzzzzz"} | ${"Write a code as it stands beside a warning, or leave it out."}
  `("suggests the nearest code to ignore for $code, and lists none", ({ code, fix }) => {
    const [written] = readPolicyText(`${good}ignoreFindings: [denies-all, ${code}]\n`);
    expect(written?.findings).toMatchObject([
      { path: "ignoreFindings[1]", message: "is no code of a warning or hint about a policy", fix, line: 8 },
    ]);
  });

  it("leaves whole pairs of surrogates alone", () => {
    expect(readPolicyText(`# 🧵\n${good}`)[0]?.findings).toEqual([]);
  });

  it("takes the policies of a sidecar's file, in the namespace of its workload", () => {
    const file = `workload: { service: web, namespace: shop }
policies:
  - { kind: rateLimit, name: slow, targetRef: web, maxTokens: 5, tokensPerFill: 5, fillIntervalMs: 1000 }
  - { kind: rateLimit, name: wrong, targetRef: web, maxTokens: many, tokensPerFill: 5, fillIntervalMs: 1000 }
`;
    const [slow, wrong] = readPolicyText(file);
    expect(slow?.policy).toMatchObject({ namespace: "shop", name: "slow" });
    expect(wrong?.findings).toMatchObject([{ path: "maxTokens", line: 4 }]);
    const placed = slow?.place({
      code: "x",
      path: "fillIntervalMs",
      severity: "warning",
      message: "m",
      fix: "F.",
    });
    expect(file.slice(placed?.from, placed?.to)).toBe("fillIntervalMs");
    expect(placed).toMatchObject({ line: 3, path: "fillIntervalMs" });
  });

  it.each([
    ["broken YAML", "kind: [", "not-yaml"],
    ["an alias that grows", bomb(), "not-yaml"],
    ["too much text", "#".repeat(maxPolicyText + 1), "too-long"],
    ["a list", "- 1\n- 2\n", "invalid_type"],
    ["a text", "hello", "invalid_type"],
  ])("refuses %s in words", (_, text, code) => {
    const [written] = readPolicyText(text);
    expect(written?.policy).toBeUndefined();
    expect(written?.findings[0]).toMatchObject({ code, severity: "error", line: expect.any(Number) });
  });

  it("reads back what is written, whatever the kind", () => {
    const policies = examples();
    expect(policies.length).toBeGreaterThan(6);
    for (const policy of policies) expect(readPolicyText(writePolicyText(policy))[0]?.policy).toEqual(policy);
  });

  it("leaves the revision out, and begins with what policy it is", () => {
    const [written] = readPolicyText(canary.replace("20", "10"));
    const text = writePolicyText(Object.assign({ revision: 7 }, written?.policy as Policy));
    expect(text).not.toContain("revision");
    expect(text.split("\n").slice(0, 4)).toEqual(canary.split("\n").slice(0, 4));
  });
});

/** Every policy of the documentation. */
function examples(): Policy[] {
  const page = readFileSync(new URL("../../../docs/policies.md", import.meta.url), "utf8");
  return [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].flatMap(([, yaml = ""]) =>
    readPolicyText(yaml.replaceAll(/^name:/gm, "namespace: shop\nname:")).flatMap(
      ({ policy }) => policy ?? [],
    ),
  );
}

/** Nine lists, each of nine of the one before. */
function bomb(): string {
  const lines = Array.from({ length: 9 }, (_, level) => {
    const of = level === 0 ? '"x"' : `*l${level - 1}`;
    return `l${level}: &l${level} [${Array(9).fill(of).join(", ")}]`;
  });
  return lines.join("\n");
}

it.each`
  above                                    | basedOn
  ${"# revision 3\n"}                      | ${3}
  ${"# revision 3\n\n"}                    | ${3}
  ${"# mine\n# revision 12\n# and more\n"} | ${12}
  ${"kind: other\n---\n# revision 4\n"}    | ${4}
  ${"# revision 3 or so\n"}                | ${undefined}
  ${"# revision 9\nkind: other\n---\n"}    | ${undefined}
  ${""}                                    | ${undefined}
`("above it $above: made from revision $basedOn", ({ above, basedOn }) => {
  expect(readPolicyText(`${above}kind: canary\nname: c\n`).at(-1)?.basedOn).toBe(basedOn);
});
