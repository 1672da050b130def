import type { PolicySchema } from "./policy-schema.ts";

/**
 * What a member begins with when it is added: the schema's own example, else the least that its shape allows, with all
 * that is required below it. `nth` counts from 0 the items that stand before it in its list.
 */
export function initialValue(schema: PolicySchema, nth = 0): unknown {
  const { examples = [], enum: values = [], minimum = 0, maximum = Infinity } = schema;
  if (examples.length > 0) return examples[Math.min(nth, examples.length - 1)];
  if (schema.const !== undefined) return schema.const;
  if (values.length > 0) return values[0];
  const [first] = schema.oneOf ?? schema.anyOf ?? [];
  if (first) return initialValue(first, nth);
  switch (schema.type) {
    case "object":
      return initialMembers(schema, nth);
    case "array":
      return Array.from({ length: schema.minItems ?? 0 }, (_, index) =>
        initialValue(schema.items ?? {}, index),
      );
    case "integer":
    case "number":
      return Math.min(Math.max(0, minimum), maximum);
    case "boolean":
      return true;
    default:
      return "";
  }
}

/** What an optional member begins with: a list that was asked for has an item at once. */
export function addedValue(schema: PolicySchema): unknown {
  const value = initialValue(schema);
  return Array.isArray(value) && value.length === 0 ? [initialValue(schema.items ?? {})] : value;
}

function initialMembers({ properties = {}, required = [] }: PolicySchema, nth: number): object {
  return Object.fromEntries(
    Object.entries(properties)
      .filter(([key]) => required.includes(key))
      .map(([key, member]) => [key, initialValue(member, nth)]),
  );
}
