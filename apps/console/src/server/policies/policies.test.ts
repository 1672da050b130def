import { afterAll, beforeAll, expect, test } from "vitest";
import { type ConsoleForTest, consoleForTest } from "../testing/console-for-test.ts";
import { registerShop } from "../testing/register-shop.ts";

let mesh: ConsoleForTest;

beforeAll(async () => {
  mesh = await consoleForTest();
  await registerShop(mesh.config);
});
afterAll(() => mesh.close());

const policies = () => mesh.as().policies;
const limit = (name: string, tokens = 5) => `kind: rateLimit
name: ${name}
namespace: shop
targetRef: payments
maxTokens: ${tokens}
tokensPerFill: ${tokens}
fillIntervalMs: 1000
`;
const save = (text: string, expectedRevision = 0, reason?: string) =>
  policies().save({ text, expectedRevision, reason });
const putAll = (text: string, shown: Record<string, number> = {}, over = false) =>
  policies().putAll({
    ...{ text, over },
    shown: Object.entries(shown).map(([name, revision]) => ({ namespace: "shop", name, revision })),
  });
const problem = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error) => ({ code: error.code, cause: error.cause?.code, findings: error.cause?.findings }),
  );

test("what is saved is read back as YAML, with every revision on record", async () => {
  const saved = await save(limit("kept"), 0, "too many");
  expect(saved).toEqual({ namespace: "shop", name: "kept", revision: 1 });
  await save(limit("kept", 9), 1);
  expect(await policies().get({ namespace: "shop", name: "kept" })).toMatchObject({
    head: { kind: "rateLimit", targetRef: "payments", revision: 2, changedBy: "ada" },
    text: limit("kept", 9),
  });
  expect(await policies().history({ namespace: "shop", name: "kept" })).toMatchObject([
    { revision: 2, text: limit("kept", 9), author: "ada" },
    { revision: 1, text: limit("kept"), reason: "too many" },
  ]);
  expect(await policies().list({ window: "5m" })).toContainEqual(
    expect.objectContaining({
      name: "kept",
      evaluated: 0,
      changed: 0,
      findings: { error: 0, warning: 0, info: 0 },
    }),
  );
});

test("a draft of an older revision, or of a name that is taken, is a conflict and overwrites nothing", async () => {
  await save(limit("contested"));
  await save(limit("contested", 6), 1);
  for (const stale of [0, 1])
    expect(await problem(save(limit("contested", 7), stale))).toMatchObject({
      code: "CONFLICT",
      cause: "STALE_REVISION",
    });
  expect(await policies().get({ namespace: "shop", name: "contested" })).toMatchObject({
    text: limit("contested", 6),
  });
});

test("an earlier revision comes back whole, as the next one, also after the policy was deleted", async () => {
  const ref = { namespace: "shop", name: "returning" };
  await save(limit("returning"));
  await policies().remove({ ...ref, expectedRevision: 1 });
  expect(await policies().get(ref)).toBeNull();
  expect(await problem(policies().restore({ ...ref, revision: 2, expectedRevision: 0 }))).toMatchObject({
    code: "NOT_FOUND",
  });
  expect(await policies().restore({ ...ref, revision: 1, expectedRevision: 0 })).toEqual({ revision: 3 });
  expect(await policies().get(ref)).toMatchObject({ text: limit("returning") });
});

test("a draft is judged at its lines without being written", async () => {
  const [draft, other] = await policies().check({
    text: `${limit("draft")}---\n${limit("kept").replace("payments", "nobody")}`,
  });
  expect(draft).toMatchObject({
    policy: { name: "draft", kind: "rateLimit" },
    liveRevision: 0,
    findings: [],
  });
  expect(other).toMatchObject({
    findings: [{ code: "unknown-service", severity: "error", path: "targetRef", line: 12, column: 1 }],
  });
  expect(await problem(policies().get({ namespace: "shop", name: "draft" }))).toMatchObject({
    code: "NOT_FOUND",
  });
});

test("a draft that would act as soon as it is saved is told from one that would not", async () => {
  const by = { author: "ada" };
  const begins = async (text: string) => (await policies().check({ text })).map((draft) => draft.begins);
  const enforced = (name: string) => `${limit(name)}mode: enforce\n`;
  await save(enforced("acting"));
  expect(await begins(limit("draft"))).toEqual([false]);
  expect(await begins(enforced("draft"))).toEqual([true]);
  expect(await begins(enforced("acting"))).toEqual([false]); // it does already
  await mesh.config.setServiceMode("shop", "payments", "enforce", by);
  await mesh.config.setMeshHold(true, by);
  expect(await begins(`${limit("draft")}---\n${limit("second")}mode: observe\n`)).toEqual([true, false]);
  await mesh.config.setMeshHold(false, by);
  await mesh.config.setServiceMode("shop", "payments", null, by);
  await policies().remove({ namespace: "shop", name: "acting", expectedRevision: 1 });
});

test("of a text with one wrong policy none is written", async () => {
  const wrong = limit("wrong").replace("maxTokens: 5", "maxTokens: many");
  expect(await problem(putAll(`${limit("right")}---\n${wrong}`))).toMatchObject({
    code: "UNPROCESSABLE_CONTENT",
    findings: [{ path: "maxTokens", line: 13 }],
  });
  expect(await problem(policies().get({ namespace: "shop", name: "right" }))).toMatchObject({
    code: "NOT_FOUND",
  });
  expect(await putAll(`${limit("one")}---\n${limit("two")}`)).toMatchObject([
    { name: "one", revision: 1 },
    { name: "two", revision: 1 },
  ]);
});

test("an import takes the place of the revisions that were shown, and of no other", async () => {
  await save(limit("shown"));
  await save(limit("shown", 6), 1);
  const file = `${limit("beside")}---\n${limit("shown", 9)}`;
  for (const shown of [{}, { shown: 1 }])
    expect(await problem(putAll(file, shown))).toMatchObject({ code: "CONFLICT", cause: "STALE_REVISION" });
  expect(await policies().get({ namespace: "shop", name: "shown" })).toMatchObject({
    text: limit("shown", 6),
  });
  expect(await problem(policies().get({ namespace: "shop", name: "beside" }))).toMatchObject({
    code: "NOT_FOUND",
  });
  const [beside, stale] = await policies().check({
    text: file,
    shown: [
      { namespace: "shop", name: "beside", revision: 0 },
      { namespace: "shop", name: "shown", revision: 1 },
    ],
  });
  expect(beside?.stale).toBeUndefined();
  expect(stale?.stale?.patch).toMatch(/^-maxTokens: 6\n-tokensPerFill: 6\n\+maxTokens: 9$/m);
  expect(await putAll(file, { shown: 2 })).toMatchObject([{ revision: 1 }, { revision: 3 }]);
});

test("an import that says what it was made from is stale where another is in force, unless it is to be written over", async () => {
  await save(limit("copied"));
  await save(limit("copied", 6), 1);
  const copy = `# revision 1\n${limit("copied", 9)}`;
  const [draft] = await policies().check({ text: copy });
  expect(draft).toMatchObject({
    liveRevision: 2,
    stale: {
      message: "shop/copied was changed meanwhile: the file was made from revision 1, revision 2 is in force",
      patch: expect.stringContaining("+maxTokens: 9"),
    },
  });
  expect(await problem(putAll(copy, { copied: 2 }))).toMatchObject({ cause: "STALE_REVISION" });
  expect(await problem(putAll(copy, { copied: 1 }, true))).toMatchObject({ cause: "STALE_REVISION" });
  expect(await putAll(copy, { copied: 2 }, true)).toMatchObject([{ revision: 3 }]);
  const [gone] = await policies().check({ text: `# revision 4\n${limit("never")}` });
  expect(gone?.stale?.message).toMatch(/^there never was a policy shop\/never/);
});

test("a policy that stands twice in an import is refused", async () => {
  const file = `${limit("double")}---\n${limit("double", 6)}`;
  expect(await problem(putAll(file))).toMatchObject({
    findings: [
      { code: "policy-twice", line: 2 },
      { code: "policy-twice", line: 10 },
    ],
  });
});

test.each`
  text                                     | code
  ${""}                                    | ${"empty-text"}
  ${`${limit("a-1")}---\n${limit("a-2")}`} | ${"several-policies"}
  ${"kind: [" /* never ends */}            | ${"not-yaml"}
`("one policy is saved at a time: $code", async ({ text, code }) => {
  expect(await problem(save(text))).toMatchObject({ findings: [expect.objectContaining({ code })] });
});

test("of a policy with more rules than a sidecar bears, fewer are saved and imported, and no more", async () => {
  const access = (rules: number) =>
    `kind: authorization\nname: large\nnamespace: shop\ntargetRef: payments\nrules:\n${Array.from(
      { length: rules },
      (_, at) => `  - to: [{ paths: [/${at}] }]\n`,
    ).join("")}`;
  await save(access(1));
  const rules = Array.from({ length: 1_020 }, (_, at) => ({ to: [{ paths: [`/${at}`] }] }));
  const { sql } = mesh.context;
  await sql`UPDATE policy SET spec = jsonb_set(spec, '{rules}', ${JSON.stringify(rules)}::text::jsonb) WHERE name = 'large'`;
  expect(await problem(save(access(1_021), 1))).toMatchObject({ findings: [{ code: "too-many-rules" }] });
  expect(await save(access(1_010), 1)).toMatchObject({ revision: 2 });
  expect(await putAll(access(1_005), { large: 2 })).toMatchObject([{ revision: 3 }]);
  expect((await policies().list({ window: "5m" })).find(({ name }) => name === "large")?.findings.error).toBe(
    0,
  );
  await policies().remove({ namespace: "shop", name: "large", expectedRevision: 3 });
});

test("the schema names every kind", async () => {
  expect(JSON.stringify(await policies().schema())).toContain('"outlierDetection"');
});
