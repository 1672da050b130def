import { ValidationError } from "@weir/domain";
import { createTestDatabase, type TestDatabase } from "@weir/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openSql } from "../connection/open-sql.ts";
import type { ConfigStore } from "./config-store.ts";
import { NotFound } from "./not-found.ts";
import { openConfigStore } from "./open-config-store.ts";

let database: TestDatabase;
let store: ConfigStore;
beforeAll(async () => {
  database = await createTestDatabase();
  store = openConfigStore(database.databaseUrl);
});
afterAll(async () => {
  await store.close();
  await database.drop();
});

const names = async () => (await store.listViews()).map(({ name }) => name);

test("views are saved, listed by name, renamed and removed", async () => {
  const slow = await store.saveView({ name: "slow payments", href: "/traces?q=x", author: "ada" });
  await store.saveView({ name: "checkout", href: "/?node=shop/checkout", author: "bob" });
  expect(await store.listViews()).toMatchObject([
    { name: "checkout", href: "/?node=shop/checkout", author: "bob", createdAt: expect.any(Date) },
    { name: "slow payments", href: "/traces?q=x", author: "ada" },
  ]);
  expect(await store.renameView(slow.id, "a slow one")).toMatchObject({ id: slow.id, href: "/traces?q=x" });
  expect(await names()).toEqual(["a slow one", "checkout"]);
  await store.removeView(slow.id);
  await store.removeView(slow.id); // twice is as good as once
  expect(await names()).toEqual(["checkout"]);
});

test("a name is of one view, also when two people take it at once; its own name a view may keep", async () => {
  const save = (author: string) => store.saveView({ name: "same", href: "/", author });
  const outcomes = await Promise.allSettled([save("ada"), save("bob"), save("cyd")]);
  const refused = outcomes.filter((outcome) => outcome.status === "rejected");
  expect(refused.map(({ reason }) => reason)).toEqual([
    expect.any(ValidationError),
    expect.any(ValidationError),
  ]);
  const own = (await store.listViews()).find(({ name }) => name === "same");
  expect(await store.renameView(own?.id ?? 0, "same")).toMatchObject({ name: "same" });
  await expect(store.renameView(own?.id ?? 0, "checkout")).rejects.toBeInstanceOf(ValidationError);
  await expect(store.renameView(2 ** 31 - 1, "another")).rejects.toBeInstanceOf(NotFound);
});

test("there are five hundred at most, also when two people save the last at once", async () => {
  const { length } = await store.listViews();
  const sql = openSql(database.databaseUrl, { applicationName: "test", max: 1 });
  await sql`INSERT INTO saved_view (name, href, author)
    SELECT 'view ' || n, '/', 'ada' FROM generate_series(1, ${499 - length}) AS n`;
  await sql.end();
  const outcomes = await Promise.allSettled(
    ["one", "two"].map((name) => store.saveView({ name, href: "/", author: "ada" })),
  );
  expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  await expect(store.saveView({ name: "three", href: "/", author: "ada" })).rejects.toThrow(
    "there are 500 views already",
  );
  await store.renameView((await store.listViews())[0]?.id ?? 0, "renamed all the same");
  expect(await names()).toHaveLength(500);
});
