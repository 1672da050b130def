import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";
import { drawnIn, fits, violations } from "./accessibility.ts";
import { expect, test } from "./journey.ts";

interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

let receiver: Server;
let received: Received[];
let url: string;

/** Targets are everybody's: what an earlier run on the same data left is taken away first. */
test.beforeEach(async ({ request }) => {
  const listed = await request.get("/api/trpc/notifications.list");
  const targets: { result: { data: { id: number }[] } } = await listed.json();
  for (const { id } of targets.result.data)
    expect((await request.post("/api/trpc/notifications.remove", { data: { id } })).ok()).toBe(true);
  received = [];
  receiver = createServer(async (incoming, response) => {
    received.push({ headers: incoming.headers, body: (await incoming.toArray()).join("") });
    response.end("<b>heard</b>");
  });
  receiver.listen(0, "127.0.0.1");
  await once(receiver, "listening");
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
});
test.afterEach(() => void receiver.close());

test("a webhook is added, tested, and hears of a change, signed", async ({ page }) => {
  await page.goto("/settings");
  await page.getByRole("button", { name: "Add a target" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("on call");
  await page.getByRole("textbox", { name: "URL" }).fill(url);
  await page.getByRole("dialog").getByRole("button", { name: "Add", exact: true }).click();
  const shown = page.getByRole("dialog", { name: "Secret of on call" });
  const secret = (await shown.locator("code").textContent()) ?? "";
  await page.getByRole("button", { name: "I have it" }).click();
  const heard = () =>
    received.map(
      ({ body, headers }) =>
        new Webhook(secret).verify(body, headers as Record<string, string>) as { type: string; data: object },
    );
  /** The message of that type; others may come at any time, of whatever else happens in the mesh. */
  async function message(type: string) {
    const found = () => heard().find((one) => one.type === type);
    await expect.poll(found, { message: type, timeout: 20_000 }).toBeDefined();
    return found();
  }

  await test.step("a test goes the whole way, and shows the status and nothing of what was said", async () => {
    await page.getByRole("button", { name: "Send a test" }).click();
    await expect(page.getByText("Test: delivered, answered 200")).toBeVisible({ timeout: 20_000 });
    await expect(page.getByText("heard")).toHaveCount(0);
    expect(await message("test")).toMatchObject({ data: { details: { target: "on call" } } });
  });

  await test.step("a change of mode arrives with who, why and where", async () => {
    await page.goto("/?node=shop/cart");
    await page
      .getByRole("radiogroup", { name: "Mode of cart" })
      .getByRole("radio", { name: "Observe" })
      .click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("textbox", { name: /^Reason/ }).fill("to be heard");
    await dialog.getByRole("button", { name: "Observe for cart" }).click();
    expect(await message("service.mode")).toMatchObject({
      data: {
        ...{ topic: "config", severity: "info", title: "mode of service shop/cart: inherited → observe" },
        ...{
          text: expect.stringMatching(/: to be heard$/),
          url: expect.stringMatching(/\/services\/shop\/cart$/),
        },
      },
    });
  });

  await test.step("who is told stands among the last changes, with the address masked", async () => {
    await page.goto("/mesh");
    const added = page.getByText(/^target on call added: json to http:\/\/127\.0\.0\.1:\d+\/…$/);
    await expect(added.first()).toBeVisible();
  });

  await test.step("what was told is listed, in both themes without findings, also on a phone", async () => {
    await page.goto("/settings");
    await page.getByRole("button", { name: "Last deliveries to on call" }).click();
    await expect(page).toHaveURL(/target=\d+/);
    const told = page.getByRole("list", { name: "Deliveries to on call" });
    await expect(told.getByText("mode of service shop/cart: inherited → observe")).toBeVisible();
    for (const colorScheme of ["dark", "light"] as const) {
      await drawnIn(page, colorScheme);
      expect(await violations(page, "main"), colorScheme).toEqual([]);
    }
    await page.setViewportSize({ width: 390, height: 844 });
    await fits(page);
  });
});

test.afterEach("the mode is inherited again", async ({ request }) => {
  const undone = await request.post("/api/trpc/modes.change", {
    data: { change: { scope: "service", namespace: "shop", name: "cart", mode: null } },
  });
  expect(undone.ok()).toBe(true);
});
