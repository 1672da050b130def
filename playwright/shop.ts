import { expect } from "./journey.ts";
import { shopUrl } from "./whole-start.ts";

/** A card that is always accepted and belongs to nobody. */
const card = { number: "4242424242424242", expiryMonth: 12, expiryYear: 2039, cvc: "123" };
const address = {
  name: "A. Shopper",
  street: "1 Weir Lane",
  city: "Riverton",
  postcode: "1011 AB",
  country: "NL",
};

/** Places one order; the version of payments that took the money, or undefined when the order failed. */
async function payingVersion(
  sku: string,
  headers: Readonly<Record<string, string>>,
): Promise<string | undefined> {
  const response = await fetch(`${shopUrl}/checkout`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({
      items: [{ sku, quantity: 1 }],
      card,
      address,
    }),
    signal: AbortSignal.timeout(20_000),
  });
  const body = (await response.json()) as { payment?: { version?: string } };
  return response.ok ? body.payment?.version : undefined;
}

/**
 * Places `orders` orders, a few at a time, and counts who took the money: the shop's own word, not the map's. `headers` go with
 * each of them, as far as the shop hands them on.
 */
export async function countPayments(
  orders: number,
  headers: Readonly<Record<string, string>> = {},
): Promise<{ v1: number; v2: number; total: number }> {
  const skus = await someSkus();
  const counts = { v1: 0, v2: 0, total: 0 };
  let started = 0;
  const shopper = async () => {
    while (started < orders) {
      const version = await payingVersion(skus[started++ % skus.length] ?? "", headers);
      if (version === "v1" || version === "v2") {
        counts[version]++;
        counts.total++;
      }
    }
  };
  await Promise.all(Array.from({ length: 12 }, shopper));
  return counts;
}

/** Three standard deviations of a share `p` among `n` orders. */
export function threeSigma(p: number, n: number): number {
  return 3 * Math.sqrt((p * (1 - p)) / n);
}

/** Looks at what the shop sells, time after time; the storefront asks the inventory what is in stock each time. */
export async function browse(times: number): Promise<void> {
  for (let done = 0; done < times; done++) await someSkus();
}

async function someSkus(): Promise<string[]> {
  const response = await fetch(`${shopUrl}/products`, { headers: { accept: "application/json" } });
  const body = (await response.json()) as { items: { sku: string }[] };
  return body.items.map((product) => product.sku);
}

/** Of sixty orders, some of which the shop may fail by itself, enough are taken, and all of them by that version. */
export async function everybodyPaysAt(version: "v1" | "v2"): Promise<void> {
  const count = async () => {
    const counts = await countPayments(60);
    return { enough: counts.total > 50, others: counts.total - counts[version] };
  };
  const wanted = { enough: true, others: 0 };
  await expect.poll(count, { message: `everybody pays at ${version}`, timeout: 60_000 }).toEqual(wanted);
}

/** A dozen shoppers order, until they are told to stop. */
export function keepOrdering(): { stop(): Promise<void> } {
  let open = true;
  const ordering = (async () => {
    while (open) await countPayments(36);
  })();
  return {
    async stop() {
      open = false;
      await ordering;
    },
  };
}
