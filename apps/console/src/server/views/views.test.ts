import { afterAll, beforeAll, expect, test } from "vitest";
import { type ConsoleForTest, consoleForTest } from "../testing/console-for-test.ts";

let mesh: ConsoleForTest;
beforeAll(async () => {
  mesh = await consoleForTest();
});
afterAll(() => mesh.close());

test("a view is everybody's, with who saved it", async () => {
  const { id } = await mesh.as().views.save({ name: " Slow payments ", href: "/traces?q=duration > 1s" });
  expect(await mesh.as({ author: "bob" }).views.list()).toMatchObject([
    { id, name: "Slow payments", href: "/traces?q=duration > 1s", author: "ada" },
  ]);
  await mesh.as({ author: "bob" }).views.rename({ id, name: "Payments" });
  await expect(mesh.as().views.save({ name: "Payments", href: "/" })).rejects.toMatchObject({
    code: "UNPROCESSABLE_CONTENT",
  });
  await mesh.as().views.remove({ id });
  expect(await mesh.as().views.list()).toEqual([]);
});

test.each(["//evil.test", "/\\evil.test", "https://evil.test", "javascript:alert(1)", ""])(
  "an address that leads elsewhere is refused: %s",
  async (href) => {
    await expect(mesh.as().views.save({ name: "x", href })).rejects.toMatchObject({ code: "BAD_REQUEST" });
  },
);

test("a page of another site changes nothing", async () => {
  const from = mesh.as({ sameOrigin: false });
  await expect(from.views.save({ name: "x", href: "/" })).rejects.toMatchObject({ code: "FORBIDDEN" });
});
