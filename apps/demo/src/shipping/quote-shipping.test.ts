import { expect, test } from "vitest";
import { quoteShipping } from "./quote-shipping.ts";
import { trackingCode } from "./shipment.ts";

test.each`
  grams     | value     | country | zone   | parcels | standard | express | why
  ${500}    | ${2_000}  | ${"DE"} | ${"A"} | ${1}    | ${490}   | ${1480} | ${"light, at home"}
  ${750}    | ${2_000}  | ${"DE"} | ${"A"} | ${1}    | ${490}   | ${1480} | ${"exactly one kilogram with its packaging"}
  ${751}    | ${2_000}  | ${"DE"} | ${"A"} | ${1}    | ${550}   | ${1600} | ${"a started kilogram counts"}
  ${500}    | ${10_000} | ${"DE"} | ${"A"} | ${1}    | ${0}     | ${1480} | ${"standard is free from 100 euro at home"}
  ${500}    | ${10_000} | ${"FR"} | ${"B"} | ${1}    | ${990}   | ${2480} | ${"never free for neighbours"}
  ${2_000}  | ${2_000}  | ${"PT"} | ${"C"} | ${1}    | ${1870}  | ${4240} | ${"across the Union"}
  ${100}    | ${2_000}  | ${"JP"} | ${"D"} | ${1}    | ${2990}  | ${6480} | ${"the world"}
  ${25_000} | ${2_000}  | ${"DE"} | ${"A"} | ${2}    | ${2420}  | ${5840} | ${"too heavy for one parcel"}
`(
  "$why: $zone, $parcels parcel(s), $standard / $express",
  ({ grams, value, country, zone, parcels, standard, express }) => {
    const quote = quoteShipping({ weightGrams: grams, valueCents: value }, country);
    expect(quote).toMatchObject({
      zone,
      parcels,
      options: [{ costCents: standard }, { costCents: express }],
    });
  },
);

test("a tracking code ends in its check digit and is the order's own", () => {
  const code = trackingCode("ord_1");
  const sum = [...code].reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 3 : 1), 0);
  expect(sum % 10).toBe(0);
  expect(trackingCode("ord_2")).not.toBe(code);
});
