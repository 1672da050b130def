/** A span of a journey by what made it; its children are what it waits for. */
export type Step =
  | ({
      readonly kind: "serve";
      readonly service: string;
      readonly method: string;
      readonly route: string;
    } & Inner)
  | { readonly kind: "call"; readonly to: Step }
  | { readonly kind: "query"; readonly system: string; readonly summary: string; readonly text: string }
  | { readonly kind: "work"; readonly name: string }
  | { readonly kind: "publish"; readonly topic: string; readonly to: Step }
  | ({ readonly kind: "consume"; readonly service: string; readonly topic: string } & Inner);

interface Inner {
  readonly steps: readonly Step[];
}

/** One way through the shop, and how many of ten traces take it. */
export interface Journey {
  readonly ofTen: number;
  readonly entry: Step;
}

const call = (to: Step): Step => ({ kind: "call", to });
const serve = (service: string, method: string, route: string, ...steps: Step[]): Step => ({
  ...{ kind: "serve", service, method, route },
  steps,
});
const work = (name: string): Step => ({ kind: "work", name });
const postgres = (summary: string, text: string): Step => ({
  ...{ kind: "query", system: "postgresql", summary, text },
});
const redis = (summary: string): Step => ({ kind: "query", system: "redis", summary, text: `${summary} ?` });

const selectProduct = postgres("SELECT product", "SELECT * FROM product WHERE id = $1");
const readCart = call(serve("cart", "GET", "/carts/{cart}", redis("HGETALL cart")));
const readProduct = call(serve("catalog", "GET", "/products/{product}", selectProduct));

/** Ten spans a trace on average, over three to eight services, as a shop's are. */
export const journeys: readonly Journey[] = [
  {
    ofTen: 5,
    entry: serve(
      ...(["storefront", "GET", "/products/{product}"] as const),
      readProduct,
      call(serve("recommendations", "GET", "/recommendations/{product}", redis("ZRANGE bought-with"))),
      call(serve("currency", "GET", "/rates/{currency}")),
      work("render product"),
    ),
  },
  {
    ofTen: 3,
    entry: serve(
      ...(["storefront", "GET", "/cart/{cart}"] as const),
      readCart,
      readProduct,
      call(serve("shipping", "GET", "/quotes/{cart}")),
      work("render cart"),
    ),
  },
  {
    ofTen: 1,
    entry: serve(
      ...(["storefront", "POST", "/orders/{order}"] as const),
      call(
        serve(
          ...(["checkout", "POST", "/orders/{order}"] as const),
          readCart,
          call(
            serve(
              "payments",
              "POST",
              "/charges/{order}",
              postgres("INSERT charge", "INSERT INTO charge VALUES ($1, $2, $3)"),
            ),
          ),
          call(
            serve(
              "inventory",
              "POST",
              "/reservations/{order}",
              postgres("UPDATE stock", "UPDATE stock SET held = held + $2 WHERE product = $1"),
            ),
          ),
          {
            kind: "publish",
            topic: "orders",
            to: { kind: "consume", service: "notifications", topic: "orders", steps: [] },
          },
        ),
      ),
    ),
  },
  {
    ofTen: 1,
    entry: serve(
      ...(["storefront", "GET", "/search/{query}"] as const),
      call(
        serve(
          "catalog",
          "GET",
          "/search/{query}",
          postgres("SELECT product", "SELECT * FROM product WHERE name ILIKE $1 LIMIT 20"),
        ),
      ),
      call(serve("ads", "GET", "/ads/{query}")),
    ),
  },
];
