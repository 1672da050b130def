/** Distance classes from the warehouse in Germany: home, neighbours, the rest of the Union, the world. */
export type Zone = "A" | "B" | "C" | "D";
export type ShippingSpeed = "standard" | "express";

export type ShippingQuote = {
  zone: Zone;
  parcels: number;
  options: { speed: ShippingSpeed; costCents: number; days: { min: number; max: number } }[];
};

const tariffs: Record<Zone, { firstKiloCents: number; furtherKiloCents: number; days: [number, number] }> = {
  A: { firstKiloCents: 490, furtherKiloCents: 60, days: [1, 2] },
  B: { firstKiloCents: 990, furtherKiloCents: 110, days: [2, 4] },
  C: { firstKiloCents: 1490, furtherKiloCents: 190, days: [4, 7] },
  D: { firstKiloCents: 2990, furtherKiloCents: 690, days: [7, 14] },
};

const zones: Record<Exclude<Zone, "D">, string> = {
  A: "DE",
  B: "AT BE CH CZ DK FR LU NL PL",
  C: "BG CY EE ES FI GR HR HU IE IT LT LV MT PT RO SE SI SK",
};

const maxParcelGrams = 20_000;
const packagingGrams = 250;
const freeStandardFromCents = 10_000;

/** The zone of an ISO 3166 country code. */
export function zoneOf(country: string): Zone {
  const [zone] = Object.entries(zones).find(([, countries]) => countries.split(" ").includes(country)) ?? [
    "D",
  ];
  return zone as Zone;
}

/**
 * What sending the goods costs. Each parcel weighs at most 20 kg, its packaging included, and is charged by the
 * started kilogram. Standard is free within zone A from 100 euro of goods; express costs double and 5 euro a parcel.
 */
export function quoteShipping(
  goods: { weightGrams: number; valueCents: number },
  country: string,
): ShippingQuote {
  const zone = zoneOf(country);
  const { firstKiloCents, furtherKiloCents, days } = tariffs[zone];
  const parcels = Math.max(1, Math.ceil(goods.weightGrams / (maxParcelGrams - packagingGrams)));
  const kilos = Math.max(parcels, Math.ceil((goods.weightGrams + parcels * packagingGrams) / 1000));
  const costCents = parcels * firstKiloCents + (kilos - parcels) * furtherKiloCents;
  const isFree = zone === "A" && goods.valueCents >= freeStandardFromCents;
  return {
    zone,
    parcels,
    options: [
      { speed: "standard", costCents: isFree ? 0 : costCents, days: { min: days[0], max: days[1] } },
      {
        speed: "express",
        costCents: costCents * 2 + parcels * 500,
        days: { min: Math.ceil(days[0] / 2), max: Math.ceil(days[1] / 2) },
      },
    ],
  };
}
