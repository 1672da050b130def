import { NotificationTarget, ValidationError } from "@weir/domain";
import { createTestDatabase, type TestDatabase } from "@weir/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ChangeContext, changeConfig } from "./change-config.ts";
import { type ConfigDatabase, openConfigDatabase } from "./config-database.ts";
import type { ConfigStore } from "./config-store.ts";
import { openConfigStore } from "./open-config-store.ts";

let testDatabase: TestDatabase;
let database: ConfigDatabase;
let store: ConfigStore;
beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = openConfigDatabase(testDatabase.databaseUrl);
  store = openConfigStore(testDatabase.databaseUrl);
  const target = {
    name: "guards",
    url: "http://x",
    format: "json",
    topics: ["guard"],
    leastSeverity: "info",
  };
  await store.addTarget(NotificationTarget.parse(target), { author: "ada" });
});
afterAll(async () => {
  await database.close();
  await store.close();
  await testDatabase.drop();
});

const takesBack = async ({ record }: ChangeContext) =>
  record({ action: "service.mode", subject: "service/shop/cart", before: "enforce", after: "observe" });

test.each(["weir", "Weir", " WEIR "])(
  "a person called %j is refused: nobody would know who it was",
  async (author) => {
    const refused = changeConfig(database, { author, reason: "to be taken for the guard" }, takesBack);
    await expect(refused).rejects.toBeInstanceOf(ValidationError);
    await expect(refused).rejects.toThrow(
      /author: "weir" is the author of what the controller does by itself/,
    );
    expect(await store.listAudit({ limit: 1 })).toMatchObject([{ action: "target.add" }]);
  },
);

test("what a guard takes back is told as such, and what a person changes is not", async () => {
  await changeConfig(database, { author: "ada" }, takesBack);
  expect(await store.dueDeliveries()).toEqual([]);
  await changeConfig(database, { origin: "guard", reason: "denied too much" }, takesBack);
  expect(await store.dueDeliveries()).toMatchObject([
    { notification: { topic: "guard", type: "guard.takeBack", severity: "critical" } },
  ]);
  expect(await store.listAudit({ limit: 1 })).toMatchObject([{ author: "weir", reason: "denied too much" }]);
});
