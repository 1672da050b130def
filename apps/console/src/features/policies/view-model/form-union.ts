import type { FormEdit } from "./form-edit.ts";
import { fieldOf, isMembers } from "./form-field.ts";
import { initialValue } from "./initial-value.ts";
import type { Path, PolicySchema } from "./policy-schema.ts";

/** One of the shapes that a value may have. */
export interface Alternative {
  /** What tells it from the others: the members that only it requires, the constant of its kind, or its title. */
  readonly label: string;
  readonly schema: PolicySchema;
  /** Members that only it requires. */
  readonly own: readonly string[];
}

export function alternativesOf(schema: PolicySchema): Alternative[] {
  const options = schema.oneOf ?? schema.anyOf ?? [];
  return options.map((option) => {
    const own = (option.required ?? []).filter(
      (key) => !options.every(({ required }) => required?.includes(key)),
    );
    const kind = Object.values(option.properties ?? {}).find((member) => typeof member.const === "string");
    const label = (kind?.const as string | undefined) ?? own.join(" and ");
    return { schema: option, own, label: label || (option.title ?? option.type ?? "") };
  });
}

/** The one that a value was meant to be; undefined where it could be any, or none. */
export function chosenOf(alternatives: readonly Alternative[], value: unknown): Alternative | undefined {
  return alternatives.find(({ schema, own }) => {
    if (!isMembers(value)) return isOfType(schema, value);
    const constants = Object.entries(schema.properties ?? {}).filter(
      ([, { const: only }]) => typeof only === "string",
    );
    if (constants.length > 0) return constants.every(([key, { const: only }]) => value[key] === only);
    return own.length > 0 && own.every((key) => value[key] !== undefined);
  });
}

/** Makes a value one of another alternative. What both have is kept, and a text of the one becomes that of the other. */
export function switchEdits(
  path: Path,
  from: Alternative | undefined,
  to: Alternative,
  value: unknown,
): FormEdit[] {
  const fresh = initialValue(to.schema);
  if (!isMembers(value) || !isMembers(fresh)) return [{ does: "set", path, value: fresh }];
  const [was, ...others] = from?.own ?? [];
  const [becomes, ...more] = to.own;
  const single = from && was && becomes && others.length + more.length === 0;
  if (single && value[was] !== "" && bothTexts(from, was, to, becomes))
    return [{ does: "rename", path: [...path, was], to: becomes }];
  const gone = Object.keys(value).filter((key) => to.schema.properties?.[key] === undefined);
  const missing = Object.entries(fresh).filter(([key]) => value[key] === undefined);
  return [
    ...gone.map((key) => ({ does: "remove" as const, path: [...path, key] })),
    ...missing.map(([key, member]) => ({ does: "set" as const, path: [...path, key], value: member })),
  ];
}

function bothTexts(from: Alternative, was: string, to: Alternative, becomes: string): boolean {
  return [from.schema.properties?.[was], to.schema.properties?.[becomes]].every(
    (member) => member !== undefined && fieldOf(member).shape === "text",
  );
}

function isOfType({ type }: PolicySchema, value: unknown): boolean {
  if (type === "integer" || type === "number") return typeof value === "number";
  return typeof value === type;
}
