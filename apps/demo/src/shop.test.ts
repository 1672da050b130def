import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import type { OrderView } from "./checkout/order.ts";
import type { Counts } from "./loadgen/load-stats.ts";
import type { Letter } from "./notifications/letter.ts";
import type { Stock } from "./storefront/shop-front.ts";
import { type RunningShop, runShop, until } from "./testing/running-shop.ts";

const services = [
  "catalog",
  "cart",
  "checkout",
  "inventory",
  "recommendations",
  "shipping",
  "notifications",
  "storefront",
];
const card = { number: "4242 4242 4242 4242", expiryMonth: 12, expiryYear: 2099, cvc: "123" };
const address = {
  name: "Ada Ferryman",
  street: "Mill Lane 7",
  city: "Hamburg",
  postcode: "20457",
  country: "DE",
};
const order = (sku = "HOM-CANDLE", quantity = 2) => ({ items: [{ sku, quantity }], card, address });

type LoadReport = { inFlight: number; total: Counts };

let shop: RunningShop;

// Tests here start processes, and a start alone may take 45 s beside other tests.
vi.setConfig({ testTimeout: 90_000 });

beforeAll(async () => {
  shop = await runShop();
  await Promise.all([
    ...services.map((service) => shop.start(service)),
    shop.start("payments", "v1"),
    shop.start("payments", "v2"),
  ]);
}, 90_000);
afterAll(() => shop?.close());
beforeEach(() => {
  shop.usePayments("v1");
  shop.proxy.seen.length = 0;
});

test("one request places an order by way of the proxy, and says which payments version took it", async () => {
  const { status, body } = await shop.ask<OrderView>("storefront", "POST", "/checkout", { body: order() });
  expect({ status, body }).toMatchObject({
    status: 201,
    body: {
      status: "confirmed",
      total: 2 * 1800 + 490,
      currency: "EUR",
      payment: { version: "v1", brand: "visa", last4: "4242" },
      trackingCode: expect.stringMatching(/^\d{12}$/),
      pending: [],
      city: "Hamburg",
    },
  });
  expect(body).not.toHaveProperty("email");
  const called = new Set(shop.proxy.seen.map(({ service }) => service));
  const expected = [
    "cart",
    "catalog",
    "checkout",
    "inventory",
    "notifications",
    "payments",
    "recommendations",
    "shipping",
  ];
  expect([...called].sort()).toEqual(expected);
  const { body: outbox } = await shop.ask<{ letters: Letter[] }>("notifications", "GET", "/outbox");
  expect(outbox.letters.map(({ subject }) => subject)).toContain(`Order ${body.orderId} is confirmed`);
});

test("every hop carries the trace context that came in, and none is invented", async () => {
  const headers = {
    traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
    tracestate: "vendor=1",
    b3: "0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-1",
    "x-user-type": "beta-tester",
  };
  await shop.ask("storefront", "POST", "/checkout", { body: order(), headers });
  const carried = shop.proxy.seen.filter((seen) => seen.headers.traceparent !== undefined);
  expect(new Set(carried.map(({ service }) => service)).size).toBe(8);
  for (const seen of carried) expect(seen.headers).toMatchObject(headers);

  shop.proxy.seen.length = 0;
  await shop.ask("storefront", "GET", "/");
  expect(shop.proxy.seen.length).toBeGreaterThan(3);
  for (const seen of shop.proxy.seen) expect(seen.headers).not.toHaveProperty("traceparent");
});

test("an order repeated under the same Idempotency-Key is charged once", async () => {
  const ask = () =>
    shop.ask<OrderView>("storefront", "POST", "/checkout", {
      body: order(),
      headers: { "idempotency-key": "abc" },
    });
  const [first, second] = await Promise.all([ask(), ask()]);
  const third = await ask();
  expect(new Set([first, second, third].map(({ body }) => body.payment.chargeId)).size).toBe(1);
  const other = { body: order("KIT-MUG"), headers: { "idempotency-key": "abc" } };
  expect(await shop.ask("storefront", "POST", "/checkout", other)).toMatchObject({
    status: 422,
    body: { error: { code: "order-differs" } },
  });
});

test("a visitor's browser: page, cart and form to a page of the order", async () => {
  const browser = { accept: "text/html", "content-type": "application/x-www-form-urlencoded" };
  const base = `http://127.0.0.1:${shop.portOf("storefront")}`;
  const home = await (await fetch(base, { headers: browser })).text();
  expect(home).toContain("Gooseneck Kettle");
  const post = (path: string, form: Record<string, string>, cookie = "") =>
    fetch(base + path, {
      method: "POST",
      redirect: "manual",
      headers: { ...browser, cookie },
      body: new URLSearchParams(form),
    });
  const added = await post("/cart/items", { sku: "BOO-BREAD", quantity: "3" });
  const cookie = added.headers.get("set-cookie")?.split(";")[0] ?? "";
  expect(await (await fetch(`${base}/cart`, { headers: { ...browser, cookie } })).text()).toContain(
    "€ 91.20",
  );
  const form = Object.entries(address).map(([name, value]) => [`address.${name}`, value]);
  const payment = Object.entries(card).map(([name, value]) => [`card.${name}`, String(value)]);
  const placed = await post(
    "/checkout",
    { ...Object.fromEntries([...form, ...payment]), speed: "express" },
    cookie,
  );
  expect(placed.status).toBe(303);
  const page = await (await fetch(base + placed.headers.get("location"), { headers: browser })).text();
  expect(page).toContain("Slow Bread");
  expect(page).toContain("payments v1");
  expect(await (await fetch(`${base}/cart`, { headers: { ...browser, cookie } })).text()).toContain(
    "cart is empty",
  );
});

test.each`
  change                                               | status | code                 | says                    | why
  ${{ card: { ...card, number: "4242424242424241" } }} | ${400} | ${"invalid-input"}   | ${"card.number"}        | ${"a mistyped card"}
  ${{ card: { ...card, number: "4000000000009995" } }} | ${402} | ${"card-declined"}   | ${"insufficient-funds"} | ${"a declined card"}
  ${{ items: [{ sku: "HOM-NOTHING", quantity: 1 }] }}  | ${422} | ${"unknown-product"} | ${"HOM-NOTHING"}        | ${"an unknown product"}
  ${{ items: [{ sku: "HOM-CANDLE", quantity: 0 }] }}   | ${400} | ${"invalid-input"}   | ${"items[0].quantity"}  | ${"a quantity of none"}
  ${{ address: { ...address, postcode: "1" } }}        | ${400} | ${"invalid-input"}   | ${"address.postcode"}   | ${"a wrong postcode"}
`("$why is refused with $status and a reason", async ({ change, status, code, says }) => {
  const answer = await shop.ask("storefront", "POST", "/checkout", { body: { ...order(), ...change } });
  expect(answer).toMatchObject({ status, body: { error: { code, message: expect.stringContaining(says) } } });
});

test("an order update reaches a browser over the WebSocket, also after notifications was restarted", async () => {
  const listening = new AbortController();
  const stream = await fetch(`http://127.0.0.1:${shop.portOf("storefront")}/live`, {
    signal: listening.signal,
  });
  let events = "";
  const read = (async () => {
    for await (const chunk of stream.body as ReadableStream<Uint8Array>)
      events += new TextDecoder().decode(chunk);
  })().catch(() => undefined);
  await shop.ask("storefront", "POST", "/checkout", { body: order("OUT-FLASK") });
  await until(() => events.includes("Vacuum Flask"));

  expect(await shop.stop("notifications")).toBe(0);
  await shop.start("notifications");
  await until(() =>
    shop.proxy.seen.some(({ method, service }) => method === "UPGRADE" && service === "notifications"),
  );
  await until(async () => {
    await shop.ask("storefront", "POST", "/checkout", { body: order("OUT-COMPASS") });
    return events.includes("Baseplate Compass");
  });
  listening.abort();
  await read;
});

test("payments v2 scores fraud, and misbehaves when told to", async () => {
  shop.usePayments("v2");
  const buy = () => shop.ask<OrderView>("storefront", "POST", "/checkout", { body: order() });
  expect((await buy()).body.payment).toMatchObject({ version: "v2", fraud: { verdict: "clear" } });

  expect(await shop.misbehave("--error-rate", "1", "--extra-ms", "5")).toMatchObject({ code: 0 });
  const stock = async () => (await shop.ask<Stock>("inventory", "GET", "/stock/HOM-CANDLE")).body.available;
  const before = await stock();
  expect(await buy()).toMatchObject({ status: 503, body: { error: { code: "payments-unavailable" } } });
  expect(await stock()).toBe(before);
  await shop.stop("payments", "v2");
  await shop.start("payments", "v2");
  expect((await buy()).status).toBe(503);
  shop.usePayments("v1");
  expect((await buy()).status).toBe(201);

  shop.usePayments("v2");
  expect(await shop.misbehave("--service", "payments", "--version", "v2", "--off")).toMatchObject({
    code: 0,
  });
  expect((await buy()).status).toBe(201);
});

test("wrong faults are refused with what and where, and only this machine may set them", async () => {
  const put = (body: unknown, headers = {}) =>
    shop.ask("payments", "PUT", "/control/faults", { version: "v2", body, headers });
  expect(await put({ errorRate: 1.5 })).toMatchObject({
    status: 400,
    body: { error: { where: "errorRate" } },
  });
  expect(await put({ extraMs: -1 })).toMatchObject({ status: 400, body: { error: { where: "extraMs" } } });
  expect(await put({ errorRat: 1 })).toMatchObject({ status: 400, body: { error: { where: "errorRat" } } });
  expect((await put({ errorRate: null, extraMs: "x" })).status).toBe(400);
  expect((await put([])).status).toBe(400);
  // As a neighbour's request would come in through a proxy beside the service: from loopback, for the service's name.
  expect(await proxied(shop.proxy.url, "http://payments/control/faults")).toBe(403);
  const [flag, range, nothing, absent] = await Promise.all([
    shop.misbehave("--eror-rate", "1"),
    shop.misbehave("--error-rate", "7"),
    shop.misbehave(),
    shop.misbehave("--version", "v9", "--off"),
  ]);
  expect(flag).toMatchObject({ code: 2, output: expect.stringContaining("--eror-rate") });
  expect(range).toMatchObject({
    code: 1,
    output: expect.stringContaining("errorRate must be a number from 0 to 1"),
  });
  expect(nothing).toMatchObject({ code: 2 });
  expect(absent).toMatchObject({ code: 1, output: expect.stringContaining("payments v9 is not running") });
});

test("a page goes without recommendations and stock; an order without payments says so and is not placed", async () => {
  await Promise.all([shop.stop("recommendations"), shop.stop("payments", "v1"), shop.stop("inventory")]);
  const home = await shop.ask<{ degraded: string[] }>("storefront", "GET", "/");
  expect(home).toMatchObject({ status: 200, body: { recommended: [] } });
  expect(home.body.degraded.sort()).toEqual(["inventory", "recommendations"]);
  await shop.start("inventory");
  const refused = await shop.ask("storefront", "POST", "/checkout", { body: order() });
  expect(refused).toMatchObject({
    status: 503,
    body: {
      error: { code: "payments-unavailable", message: expect.stringContaining("the order was not placed") },
    },
  });
  await Promise.all([shop.start("payments", "v1"), shop.start("recommendations")]);
});

test("a restart keeps the orders", async () => {
  const { body: placed } = await shop.ask<OrderView>("storefront", "POST", "/checkout", { body: order() });
  shop.process("checkout").kill("SIGKILL");
  await once(shop.process("checkout"), "exit");
  await shop.start("checkout");
  const { status, body } = await shop.ask("storefront", "GET", `/orders/${placed.orderId}`);
  expect({ status, body }).toEqual({ status: 200, body: placed });
});

test("shoppers come at the rate that is set, and are counted honestly", async () => {
  const target = `http://127.0.0.1:${shop.portOf("storefront")}`;
  await shop.start("loadgen", "v1", { TARGET: target, RATE: "60" });
  const stats = async () => (await shop.ask<LoadReport>("loadgen", "GET", "/stats")).body;
  await until(async () => (await stats()).total.ok > 30);
  expect((await stats()).total).toMatchObject({ serverErrors: 0, unanswered: {}, dropped: 0 });
  expect(await shop.ask("loadgen", "PUT", "/rate", { body: { rps: 201 } })).toMatchObject({ status: 400 });
  expect(await shop.ask("loadgen", "PUT", "/rate", { body: { rps: 0 } })).toMatchObject({ body: { rps: 0 } });
  await until(async () => (await stats()).inFlight === 0);
  expect(await shop.stop("loadgen")).toBe(0);
});

test("a service whose supervisor is gone stops by itself", async () => {
  const child = shop.process("catalog");
  child.disconnect();
  const [code] = await once(child, "exit");
  expect(code).toBe(0);
  expect(shop.portOf("catalog")).toBeUndefined();
});

/** GET in absolute form; the status. */
async function proxied(proxyUrl: string, url: string): Promise<number | undefined> {
  const { hostname: host, port } = new URL(proxyUrl);
  const sent = request({ host, port, path: url, headers: { host: new URL(url).host }, agent: false }).end();
  const [response] = (await once(sent, "response")) as [IncomingMessage];
  response.resume();
  return response.statusCode;
}
