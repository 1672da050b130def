import { expect, test } from "vitest";
import type { TappedRequest } from "../../../server/tap/tapped-request.ts";
import { tapItems } from "./tap-items.ts";

const requests = ["a", "b"].map((key) => ({ key }) as TappedRequest);

test.each`
  open         | items
  ${undefined} | ${["a", "b"]}
  ${"a"}       | ${["a", "a detail", "b"]}
  ${"gone"}    | ${["a", "b"]}
`("with $open open there is $items", ({ open, items }) => {
  const found = tapItems(requests, open);
  expect(found.map(({ key }) => key)).toEqual(items);
  expect(found.filter(({ isDetail }) => isDetail).map(({ request }) => request.key)).toEqual(
    open === "a" ? ["a"] : [],
  );
});
