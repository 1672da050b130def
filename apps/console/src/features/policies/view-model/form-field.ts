import type { PolicySchema } from "./policy-schema.ts";

/** What a schema asks for, as a form shows it. */
export type FormField =
  | { readonly shape: "group"; readonly members: readonly FormMember[] }
  | { readonly shape: "list"; readonly item: PolicySchema }
  /** One of several shapes; see `alternativesOf`. */
  | { readonly shape: "union" }
  | { readonly shape: "choice"; readonly values: readonly unknown[] }
  | { readonly shape: "constant"; readonly value: unknown }
  | { readonly shape: "switch" }
  | { readonly shape: "number"; readonly least: number | undefined; readonly most: number | undefined }
  | { readonly shape: "text" };

export interface FormMember {
  readonly key: string;
  readonly schema: PolicySchema;
  readonly required: boolean;
}

export function fieldOf(schema: PolicySchema): FormField {
  if (schema.oneOf || schema.anyOf) return { shape: "union" };
  if (schema.enum) return { shape: "choice", values: schema.enum };
  if (schema.const !== undefined) return { shape: "constant", value: schema.const };
  switch (schema.type) {
    case "object":
      return { shape: "group", members: membersOf(schema) };
    case "array":
      return { shape: "list", item: schema.items ?? {} };
    case "boolean":
      return { shape: "switch" };
    case "integer":
    case "number":
      return { shape: "number", least: schema.minimum, most: schema.maximum };
    default:
      return { shape: "text" };
  }
}

/** Can the field show this value? What it cannot show is shown as it is, and can only be begun anew. */
export function canShow(field: FormField, value: unknown): boolean {
  switch (field.shape) {
    case "group":
      return isMembers(value);
    case "list":
      return Array.isArray(value);
    case "union":
      return true;
    case "switch":
      return typeof value === "boolean";
    case "constant":
      return value === field.value;
    default:
      return typeof value !== "object" || value === null;
  }
}

export function isMembers(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What is typed into a number's field: the number, nothing, or the text as it is where it is no number. */
export function readNumber(text: string): number | string | null {
  const trimmed = text.trim();
  if (trimmed === "") return null;
  return /^-?\d+(\.\d+)?$/.test(trimmed) ? Number(trimmed) : trimmed;
}

function membersOf({ properties = {}, required = [] }: PolicySchema): FormMember[] {
  return Object.entries(properties).map(([key, schema]) => ({
    key,
    schema,
    required: required.includes(key),
  }));
}
