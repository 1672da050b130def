import { QueryClient } from "@tanstack/react-query";
import { expect, test } from "vitest";
import type { PreviewEvent } from "../../../server/api/preview.ts";
import { type DraftOnMap, draftOnMap } from "./use-draft-on-map.ts";
import { endDraftOnMap } from "./use-ended-draft.ts";

const draft: DraftOnMap = {
  ...{ name: "limit", window: "15m", from: "/policies/shop/limit", edges: [] },
  preview: {} as PreviewEvent,
};
const saved = { namespace: "shop", name: "limit", revision: 3 };

test.each`
  page                       | how          | kept         | ended
  ${"/policies/shop/limit"}  | ${saved}     | ${undefined} | ${{ name: "limit", saved }}
  ${"/policies/shop/limit"}  | ${undefined} | ${undefined} | ${{ name: "limit", saved: undefined }}
  ${"/policies/shop/others"} | ${saved}     | ${draft}     | ${undefined}
`("$page ends with $how: the map keeps $kept, and is told $ended", ({ page, how, kept, ended }) => {
  const client = new QueryClient();
  client.setQueryData(draftOnMap, draft);
  endDraftOnMap(client, page, how);
  expect(client.getQueryData(draftOnMap)).toEqual(kept);
  expect(client.getQueryData(["ended-draft-on-map"])).toEqual(ended);
});

test("without one on the map nothing has ended there", () => {
  const client = new QueryClient();
  endDraftOnMap(client, "/policies/shop/limit", saved);
  expect(client.getQueryData(["ended-draft-on-map"])).toBeUndefined();
});
