import { Policy, policyKinds } from "@weir/domain";
import { expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { z } from "zod";
import { editText, type FormEdit } from "./form-edit.ts";
import { fieldOf, isMembers } from "./form-field.ts";
import { alternativesOf, chosenOf, switchEdits } from "./form-union.ts";
import { addedValue, initialValue } from "./initial-value.ts";
import type { Path, PolicySchema } from "./policy-schema.ts";

const schema = z.toJSONSchema(Policy, { io: "input", unrepresentable: "any" }) as PolicySchema;
const kinds = alternativesOf(schema);

test.each(policyKinds)("the required members of a %s are a policy, filled in one after the other", (kind) => {
  const { schema: ofKind = {} } = kinds.find(({ label }) => label === kind) ?? {};
  const text = (ofKind.required ?? []).reduce((sofar, key) => {
    const value = initialValue(ofKind.properties?.[key] ?? {});
    return editText(sofar, [{ does: "set", path: [key], value }]);
  }, "# mine\n");
  expect(text).toMatch(/^# mine\n/);
  expect(Policy.parse(parse(text))).toMatchObject({ kind });
});

/** What takes the place of a prefix needs a prefix to match: the finding at the field says so. */
const needMore: Readonly<Record<string, readonly string[]>> = {
  route: ["rules.1.rewrite.path as prefix", "rules.1.redirect.path as prefix"],
};

test.each(policyKinds)("whatever a form can add to a %s is accepted as it is added", (kind) => {
  const { schema: ofKind = {} } = kinds.find(({ label }) => label === kind) ?? {};
  const begun = initialValue(ofKind);
  const base = stringify(begun);
  const all = [...additions(ofKind, begun, [])];
  const refused = all.filter(({ edits }) => !Policy.safeParse(parse(editText(base, edits))).success);
  expect(all.length).toBeGreaterThan(2);
  expect(refused.map(({ path }) => path)).toEqual(needMore[kind] ?? []);
});

interface Addition {
  readonly path: string;
  readonly edits: readonly FormEdit[];
}

/** Every single way to add something optional, or to choose another alternative, down through what was added. */
function* additions(
  of: PolicySchema,
  value: unknown,
  path: Path,
  before: readonly FormEdit[] = [],
): Generator<Addition> {
  const field = fieldOf(of);
  if (field.shape === "union") {
    const alternatives = alternativesOf(of);
    const chosen = chosenOf(alternatives, value);
    for (const to of alternatives) {
      const edits = [...before, ...(to === chosen ? [] : switchEdits(path, chosen, to, value))];
      if (to !== chosen) yield { path: `${path.join(".")} as ${to.label}`, edits };
      yield* additions(to.schema, to === chosen ? value : initialValue(to.schema), path, edits);
    }
  } else if (field.shape === "list" && Array.isArray(value)) {
    const edits = [
      ...before,
      { does: "set" as const, path: [...path, value.length], value: initialValue(field.item, value.length) },
    ];
    yield { path: [...path, value.length].join("."), edits };
    yield* additions(field.item, initialValue(field.item, value.length), [...path, value.length], edits);
  } else if (field.shape === "group" && isMembers(value))
    for (const { key, schema: member } of field.members) {
      const there = value[key] !== undefined;
      const begun = there ? value[key] : addedValue(member);
      const edits = there
        ? before
        : [...before, { does: "set" as const, path: [...path, key], value: begun }];
      if (!there) yield { path: [...path, key].join("."), edits };
      yield* additions(member, begun, [...path, key], edits);
    }
}
