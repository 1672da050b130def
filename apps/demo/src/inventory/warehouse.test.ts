import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import products from "../catalog/products.json" with { type: "json" };
import { openTable } from "../service/table.ts";
import capacities from "./shelves.json" with { type: "json" };
import { createWarehouse, type Reservation, type Shelf, type Warehouse } from "./warehouse.ts";

let folder: string;
let nowMs: number;
let warehouse: Warehouse;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "warehouse-"));
  nowMs = 1_000_000;
  warehouse = createWarehouse({
    capacities: { MUG: 10, LAMP: 4 },
    shelves: openTable<Shelf>(join(folder, "shelves"), { keep: 10 }),
    reservations: openTable<Reservation>(join(folder, "reservations"), { keep: 10 }),
    now: () => nowMs,
  });
});
afterEach(() => rmSync(folder, { recursive: true }));
const available = (sku: string) => warehouse.shelf(sku)?.available;

test("reserving takes once, releasing gives back once, and a released order may try again", () => {
  for (let time = 0; time < 2; time += 1) warehouse.reserve("o1", [{ sku: "MUG", quantity: 3 }]);
  expect(available("MUG")).toBe(7);
  for (let time = 0; time < 2; time += 1) warehouse.release("o1");
  expect(available("MUG")).toBe(10);
  warehouse.reserve("o1", [{ sku: "MUG", quantity: 2 }]);
  expect(available("MUG")).toBe(8);
  warehouse.commit("o1");
  expect(() => warehouse.release("o1")).toThrow("is committed");
});

test("an order that cannot be filled takes nothing at all", () => {
  const items = [
    { sku: "MUG", quantity: 1 },
    { sku: "LAMP", quantity: 5 },
  ];
  expect(() => warehouse.reserve("o1", items)).toThrow("only 4 of LAMP are left");
  expect(available("MUG")).toBe(10);
});

test("a shelf less than half full is filled up by a delivery a little later", () => {
  warehouse.reserve("o1", [{ sku: "MUG", quantity: 5 }]);
  nowMs += 60_000;
  expect(warehouse.keepHouse().delivered).toEqual([]);
  warehouse.reserve("o2", [{ sku: "MUG", quantity: 1 }]);
  expect(warehouse.keepHouse().delivered).toEqual([]);
  nowMs += 1_500;
  expect(warehouse.keepHouse().delivered).toEqual(["MUG"]);
  expect(available("MUG")).toBe(10);
});

test("what nobody came for goes back", () => {
  warehouse.reserve("o1", [{ sku: "LAMP", quantity: 2 }]);
  nowMs += 600_000;
  expect(warehouse.keepHouse().expired).toEqual(["o1"]);
  expect(available("LAMP")).toBe(4);
});

test("there is a shelf for every product, and a product for every shelf", () => {
  expect(Object.keys(capacities).sort()).toEqual(products.map(({ sku }) => sku).sort());
});
