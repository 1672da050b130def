import { expect, test } from "vitest";
import { examplesOf, type Routes } from "./example-traces.ts";

const web = { namespace: "shop", service: "web" };
const payments = { namespace: "shop", service: "payments" };
const route: Omit<Routes["routes"][number], "policy" | "traceIds"> = {
  ...{ source: web, destination: payments, kind: "rateLimit", effect: "limited", verdict: "limit" },
  ...{ method: "GET", path: "/products", atLeast: 40, atMost: 40, requests: 40 },
};

test("a route that several policies deny is one line, with traces of each but every trace once", () => {
  const routes: Routes = {
    ...{ window: { fromMs: 0, toMs: 1 }, readFromMs: 0, more: 0 },
    routes: [
      { ...route, policy: "l1", traceIds: ["a", "b"] },
      { ...route, policy: "l2", traceIds: ["b", "c", "d"], requests: 60 },
      {
        ...route,
        policy: "l4",
        destination: { ...payments, service: "cart" },
        traceIds: ["e"],
        requests: 50,
      },
      { ...route, policy: "l1", effect: "rerouted", path: "/other", traceIds: [] },
    ],
  };
  const [first, second, ...more] = examplesOf(routes, web);
  expect(first).toEqual({
    ...{ destination: payments, method: "GET", path: "/products", requests: 60, traceIds: ["a", "b", "c"] },
  });
  expect(second).toMatchObject({ destination: { service: "cart" }, requests: 50 });
  expect(more).toEqual([]);
});
