import { expect, test } from "vitest";
import { RouteNames } from "./route-names.ts";

test("ids are left out, and of very many routes the later ones are not told apart", () => {
  const names = new RouteNames();
  expect(names.of("GET", "/charges/1234")).toBe("GET /charges/{id}");
  expect(names.of("GET", "/charges/99")).toBe("GET /charges/{id}");
  for (let i = 0; i < 2_000; i++)
    names.of("GET", `/word${String.fromCharCode(97 + (i % 26))}/${"x".repeat(i)}`);
  expect(names.of("GET", "/new")).toBe("other routes");
  expect(names.of("GET", "/charges/7")).toBe("GET /charges/{id}");
});
