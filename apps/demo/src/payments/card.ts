import { asInteger, asObject, asText } from "../service/fields.ts";
import { invalidInput } from "../service/http-error.ts";
import { passesLuhn } from "./luhn.ts";

export type CardBrand = "visa" | "mastercard" | "amex" | "other";

/** A card that could be real. Its number lives only as long as the request. */
export type Card = {
  number: string;
  brand: CardBrand;
  last4: string;
  expiryMonth: number;
  expiryYear: number;
};

/** Reads a card; spaces in the number are fine. @throws HttpError 400 naming the wrong field */
export function asCard(value: unknown, where: string, nowMs: number): Card {
  const fields = asObject(value, where);
  const number = asText(fields.number, `${where}.number`, { max: 30 }).replaceAll(/[ -]/g, "");
  if (!/^\d{13,19}$/.test(number)) throw invalidInput(`${where}.number`, "must have 13 to 19 digits");
  if (!passesLuhn(number)) throw invalidInput(`${where}.number`, "is mistyped: its check digit is wrong");
  const expiryMonth = asInteger(fields.expiryMonth, `${where}.expiryMonth`, { min: 1, max: 12 });
  const expiryYear = asInteger(fields.expiryYear, `${where}.expiryYear`, { min: 2000, max: 2100 });
  asText(fields.cvc, `${where}.cvc`, { pattern: /^\d{3,4}$/, expected: "must be 3 or 4 digits" });
  // Valid to the end of its month; Date counts months from 0, so this is the first moment of the next one.
  if (Date.UTC(expiryYear, expiryMonth, 1) <= nowMs) throw invalidInput(where, "has expired");
  return { number, brand: brandOf(number), last4: number.slice(-4), expiryMonth, expiryYear };
}

function brandOf(number: string): CardBrand {
  if (number.startsWith("4")) return "visa";
  if (/^(5[1-5]|2[2-7])/.test(number)) return "mastercard";
  return /^3[47]/.test(number) ? "amex" : "other";
}
