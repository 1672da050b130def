import { invalidInput } from "./http-error.ts";

/*
 * Reads untrusted JSON field by field. Each function returns the value with its type, or throws a 400 that names
 * the place (`items[0].quantity`) and the rule. A schema library would double the memory of these small processes.
 */

export type Fields = Record<string, unknown>;

export function asObject(value: unknown, where: string): Fields {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Fields;
  throw invalidInput(where, "must be an object");
}

export function asArray(value: unknown, where: string, bounds: { min: number; max: number }): unknown[] {
  if (Array.isArray(value) && value.length >= bounds.min && value.length <= bounds.max) return value;
  throw invalidInput(where, `must be a list of ${bounds.min} to ${bounds.max} entries`);
}

export function asText(
  value: unknown,
  where: string,
  rule: { max?: number; pattern?: RegExp; expected?: string } = {},
): string {
  const { max = 200, pattern, expected } = rule;
  if (typeof value !== "string" || value.trim() === "")
    throw invalidInput(where, "must be a text, not empty");
  const text = value.trim();
  if (text.length > max) throw invalidInput(where, `must have at most ${max} characters`);
  if (pattern && !pattern.test(text)) throw invalidInput(where, expected ?? `must match ${pattern}`);
  return text;
}

/** A finite number within bounds. Texts that spell one are taken too (`"2"`), because HTML forms send texts. */
export function asNumber(value: unknown, where: string, bounds: { min: number; max: number }): number {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  if (typeof number === "number" && number >= bounds.min && number <= bounds.max) return number;
  throw invalidInput(where, `must be a number from ${bounds.min} to ${bounds.max}`);
}

export function asInteger(value: unknown, where: string, bounds: { min: number; max: number }): number {
  const number = asNumber(value, where, bounds);
  if (Number.isInteger(number)) return number;
  throw invalidInput(where, `must be a whole number from ${bounds.min} to ${bounds.max}`);
}

export const skuRule = {
  max: 24,
  pattern: /^[A-Z]{3}-[A-Z0-9]{2,16}$/,
  expected: "must be a SKU like KIT-KETTLE",
};
export const idRule = { max: 64, pattern: /^[\w-]+$/, expected: 'must be letters, digits, "-" and "_" only' };
export const emailRule = {
  max: 120,
  pattern: /^[^@\s]+@[^@\s]+\.[^@\s]+$/,
  expected: "must be an e-mail address",
};

/** `[{sku, quantity}]`, 1 to 40 of them; the same SKU twice is added up. */
export function asItems(value: unknown, where: string): { sku: string; quantity: number }[] {
  const quantities = new Map<string, number>();
  for (const [index, entry] of asArray(value, where, { min: 1, max: 40 }).entries()) {
    const item = asObject(entry, `${where}[${index}]`);
    const sku = asText(item.sku, `${where}[${index}].sku`, skuRule);
    const quantity = asInteger(item.quantity, `${where}[${index}].quantity`, { min: 1, max: 99 });
    quantities.set(sku, (quantities.get(sku) ?? 0) + quantity);
  }
  return [...quantities].map(([sku, quantity]) => ({ sku, quantity }));
}

/** A comma separated list of SKUs in a query, at most 60. */
export function asSkus(value: string | null, where: string): string[] {
  const skus = (value ?? "").split(",").filter((sku) => sku !== "");
  return asArray(skus, where, { min: 0, max: 60 }).map((sku) => asText(sku, where, skuRule));
}
