import { asObject, asText } from "../service/fields.ts";
import { invalidInput } from "../service/http-error.ts";

export type Address = { name: string; street: string; city: string; postcode: string; country: string };

const postcodes: Record<string, RegExp> = {
  DE: /^\d{5}$/,
  FR: /^\d{5}$/,
  AT: /^\d{4}$/,
  CH: /^\d{4}$/,
  DK: /^\d{4}$/,
  BE: /^\d{4}$/,
  NL: /^\d{4} ?[A-Z]{2}$/,
  PL: /^\d{2}-\d{3}$/,
};

/** Reads an address; the postcode is checked where the country's form is known. @throws HttpError 400 */
export function asAddress(value: unknown, where: string): Address {
  const fields = asObject(value, where);
  const country = asText(fields.country, `${where}.country`, {
    pattern: /^[A-Z]{2}$/,
    expected: "must be a two-letter country code like DE",
  });
  const postcode = asText(fields.postcode, `${where}.postcode`, { max: 12 });
  if (postcodes[country]?.test(postcode) === false) {
    throw invalidInput(`${where}.postcode`, `is not a postcode of ${country}`);
  }
  return {
    name: asText(fields.name, `${where}.name`, { max: 80 }),
    street: asText(fields.street, `${where}.street`, { max: 120 }),
    city: asText(fields.city, `${where}.city`, { max: 80 }),
    postcode,
    country,
  };
}
