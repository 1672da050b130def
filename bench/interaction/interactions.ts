import { expect, type Page } from "@playwright/test";

export interface Interaction {
  readonly name: string;
  /** Brings the page to where it is done, quietly: not measured. */
  prepare(page: Page): Promise<void>;
  /** Keys and clicks within one document; resolves when their effect is seen. */
  act(page: Page): Promise<void>;
}

const checkout = (page: Page) => page.getByRole("button", { name: /^checkout, / });
const palette = (page: Page) => page.getByRole("combobox", { name: "Go to a page or service" });

async function openMap(page: Page): Promise<void> {
  await page.goto("/?window=5m");
  await expect(checkout(page)).toBeVisible();
}

async function openTraces(page: Page): Promise<void> {
  await page.goto("/traces?service=shop/checkout&window=5m");
  await expect(foundTrace(page)).toBeVisible();
}

function foundTrace(page: Page) {
  return page.getByRole("list", { name: "Traces found" }).getByRole("link").first();
}

/** What people do most, each as one of them does it. */
export const interactions: readonly Interaction[] = [
  {
    name: "choose a service on the map",
    prepare: openMap,
    async act(page) {
      await checkout(page).click();
      await expect(page.getByRole("complementary", { name: "checkout" })).toBeVisible();
    },
  },
  {
    name: "open the palette and type",
    prepare: openMap,
    async act(page) {
      await page.keyboard.press("ControlOrMeta+k");
      await expect(palette(page)).toBeFocused();
      await page.keyboard.type("payments");
      await expect(page.getByRole("option", { name: /^payments/ })).toBeVisible();
    },
  },
  {
    name: "change the window",
    prepare: openMap,
    async act(page) {
      await page.getByRole("button", { name: "Window of time: last 5 minutes" }).click();
      await page.getByRole("button", { name: "last 15 minutes", exact: true }).click();
      await expect(page).toHaveURL(/window=15m/);
    },
  },
  {
    name: "from the map to the list",
    prepare: openMap,
    async act(page) {
      await page.getByRole("radio", { name: "List" }).click();
      await expect(page.getByRole("table", { name: "Who calls whom" })).toBeVisible();
    },
  },
  {
    name: "draw over a part of a heatmap",
    async prepare(page) {
      await page.goto("/?edge=shop/storefront~shop/catalog&window=5m");
      await heatmap(page).scrollIntoViewIfNeeded();
    },
    async act(page) {
      const box = await heatmap(page).boundingBox();
      if (!box) throw new Error("there is no heatmap to draw over");
      await page.mouse.move(box.x + 4, box.y + 4);
      await page.mouse.down();
      await page.mouse.move(box.x + box.width - 4, box.y + box.height - 4, { steps: 8 });
      await page.mouse.up();
      await expect(page).toHaveURL(/brush=/);
    },
  },
  {
    name: "open a trace",
    prepare: openTraces,
    async act(page) {
      await foundTrace(page).click();
      await expect(page.getByRole("treeitem").first()).toBeVisible();
    },
  },
  {
    name: "open a span",
    async prepare(page) {
      await openTraces(page);
      await foundTrace(page).click();
      await expect(page.getByRole("treeitem").first()).toBeVisible();
    },
    async act(page) {
      await page.getByRole("treeitem").first().click();
      await expect(page.getByRole("complementary", { name: "Span details" })).toBeVisible();
    },
  },
];

function heatmap(page: Page) {
  return page.getByRole("application", { name: /^Latency of catalog/ });
}
