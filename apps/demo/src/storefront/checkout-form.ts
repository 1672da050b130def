import { asObject, type Fields } from "../service/fields.ts";

/** Brings the checkout page's flat form fields (`card.number`) into the shape of the JSON request. */
export function unflattenForm(body: unknown): Fields {
  const nested: Fields = {};
  for (const [name, value] of Object.entries(asObject(body, "body"))) {
    const [group = "", field] = name.split(".");
    if (field === undefined) nested[group] = value;
    else nested[group] = { ...asObject(nested[group] ?? {}, group), [field]: value };
  }
  return nested;
}
