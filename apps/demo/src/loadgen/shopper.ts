import { setTimeout as wait } from "node:timers/promises";
import type { Browser, Reply } from "./browser.ts";
import type { LoadStats } from "./load-stats.ts";
import { type Step, zipfIndex } from "./plan-visit.ts";

export type VisitSettings = {
  browser: Browser;
  skus: readonly string[];
  stats: LoadStats;
  now: () => number;
  random: () => number;
  /** Ends the visit between two requests. */
  signal: AbortSignal;
  onRequest(open: 1 | -1): void;
};

/** Walks through the steps one by one, as a person would. A failing shop is left by every second shopper. */
export async function visit(steps: readonly Step[], settings: VisitSettings): Promise<void> {
  const { browser, skus, stats, now, random, signal, onRequest } = settings;
  let sku = skus[0] ?? "";
  let orderId = "";

  const request = (step: Step): Promise<Reply> => {
    switch (step.kind) {
      case "home":
        return browser("GET", "/");
      case "list":
        return browser("GET", `/products?limit=24&${step.search}`);
      case "view":
        sku = skus[zipfIndex(step.popularity, skus.length)] ?? sku;
        return browser("GET", `/products/${sku}`);
      case "add":
        return browser("POST", "/cart/items", { sku, quantity: step.quantity });
      case "cart":
        return browser("GET", "/cart");
      case "checkout":
        return browser("POST", "/checkout", orderOf(step.customer));
      case "order":
        return browser("GET", `/orders/${orderId}`);
    }
  };

  for (const step of steps) {
    await wait(step.thinkMs, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return;
    const begunAtMs = now();
    onRequest(1);
    const reply = await request(step).catch((cause: unknown) => {
      stats.unanswered(reasonOf(cause));
      return undefined;
    });
    onRequest(-1);
    if (reply) stats.answered(reply.status, now() - begunAtMs);
    if (step.kind === "checkout") {
      const placed = readOrder(reply);
      orderId = placed?.orderId ?? "";
      stats.ordered(placed ?? (reply?.status === 402 ? "declined" : "failed"));
      if (!placed) return;
    }
    if (!reply || (reply.status >= 500 && random() < 0.5)) return;
  }
}

function orderOf(customer: Extract<Step, { kind: "checkout" }>["customer"]): object {
  const { cardNumber, express, city, postcode, country } = customer;
  return {
    card: { number: cardNumber, expiryMonth: 12, expiryYear: 2099, cvc: "123" },
    address: { name: "Ada Ferryman", street: "Mill Lane 7", city, postcode, country },
    email: "ada@millrace.example",
    speed: express ? "express" : "standard",
  };
}

function readOrder(reply: Reply | undefined): { orderId: string; paymentVersion: string } | undefined {
  if (reply?.status !== 201) return undefined;
  const { orderId, payment } = JSON.parse(reply.text) as { orderId: string; payment: { version: string } };
  return { orderId, paymentVersion: payment.version };
}

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return "unknown";
  if (cause.name === "AbortError") return "timeout";
  return "code" in cause && typeof cause.code === "string" ? cause.code : cause.name;
}
