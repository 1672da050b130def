/** One thing a shopper does, after having thought about it. Each step is one request. */
export type Step = { thinkMs: number } & (
  | { kind: "home" }
  | { kind: "list"; search: string }
  | { kind: "view"; popularity: number }
  | { kind: "add"; quantity: number }
  | { kind: "cart" }
  | { kind: "checkout"; customer: Customer }
  | { kind: "order" }
);

export type Customer = {
  cardNumber: string;
  express: boolean;
  city: string;
  postcode: string;
  country: string;
};

const searches = ["q=coffee", "q=wood", "q=steel", "q=light", "q=gift", "sort=price", "sort=-price"];
const categories = ["kitchen", "home", "outdoor", "stationery", "books", "workshop"];
const cards = ["4242424242424242", "5555555555554444", "378282246310005", "4000056655665556"];
const declinedCard = "4000000000009995";
const places = [
  { city: "Hamburg", postcode: "20457", country: "DE" },
  { city: "Leipzig", postcode: "04109", country: "DE" },
  { city: "Freiburg", postcode: "79098", country: "DE" },
  { city: "Linz", postcode: "4020", country: "AT" },
  { city: "Utrecht", postcode: "3511 AB", country: "NL" },
  { city: "Lyon", postcode: "69002", country: "FR" },
  { city: "Gdansk", postcode: "80-831", country: "PL" },
  { city: "Porto", postcode: "4000-322", country: "PT" },
];

/**
 * What one shopper is going to do: most look around, a good third puts something into the cart, three of four of
 * those buy. Given the same random numbers, the same visit.
 */
export function planVisit(random: () => number): Step[] {
  const steps: Step[] = [];
  const think = (meanMs: number) => Math.min(meanMs * 4, -Math.log(1 - random()) * meanMs);
  const pick = <T>(from: readonly [T, ...T[]] | readonly T[]): T =>
    from[Math.floor(random() * from.length)] as T;
  const view = () => steps.push({ kind: "view", popularity: random(), thinkMs: think(1_200) });

  if (random() < 0.8) steps.push({ kind: "home", thinkMs: 0 });
  if (random() < 0.7) {
    const search = random() < 0.5 ? pick(searches) : `category=${pick(categories)}`;
    steps.push({ kind: "list", search, thinkMs: think(900) });
  }
  view();
  while (random() < 0.5 && steps.length < 8) view();
  if (random() >= 0.38) return steps;

  steps.push({ kind: "add", quantity: random() < 0.8 ? 1 : 2, thinkMs: think(1_000) });
  while (random() < 0.3 && steps.length < 14) {
    view();
    steps.push({ kind: "add", quantity: 1, thinkMs: think(800) });
  }
  steps.push({ kind: "cart", thinkMs: think(600) });
  if (random() >= 0.75) return steps;

  const cardNumber = random() < 0.012 ? declinedCard : pick(cards);
  const customer = { cardNumber, express: random() < 0.2, ...pick(places) };
  steps.push({ kind: "checkout", customer, thinkMs: think(1_500) });
  if (random() < 0.6) steps.push({ kind: "order", thinkMs: think(500) });
  return steps;
}

/** Mean number of requests of a visit, measured on a sample of plans; turns a request rate into one of visits. */
export function meanSteps(random: () => number, sample = 4_000): number {
  let steps = 0;
  for (let visit = 0; visit < sample; visit += 1) steps += planVisit(random).length;
  return steps / sample;
}

/** Index of a product when few are popular and most are not: rank r is asked for with weight 1/r (Zipf). */
export function zipfIndex(popularity: number, count: number): number {
  let harmonic = 0;
  for (let rank = 1; rank <= count; rank += 1) harmonic += 1 / rank;
  let left = popularity * harmonic;
  for (let rank = 1; rank < count; rank += 1) {
    left -= 1 / rank;
    if (left < 0) return rank - 1;
  }
  return Math.max(0, count - 1);
}
