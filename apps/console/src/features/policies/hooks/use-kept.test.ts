import { QueryClient } from "@tanstack/react-query";
import { expect, test } from "vitest";
import { keptIn } from "./use-kept.ts";

test("each page keeps one of each noun, until it is dropped", () => {
  const client = new QueryClient();
  const draft = keptIn<string>(client, "draft", "/policies/new");
  draft.write("a text");
  expect(keptIn(client, "draft", "/policies/new").read()).toBe("a text");
  expect(keptIn(client, "replay", "/policies/new").read()).toBeUndefined();
  expect(keptIn(client, "draft", "/policies/shop/limit").read()).toBeUndefined();
  draft.drop();
  expect(draft.read()).toBeUndefined();
});

test("however long nobody looks at it", () => {
  const client = new QueryClient();
  const kept = keptIn<string>(client, "draft", "/policies/new");
  kept.write("a text");
  expect(client.getQueryCache().find({ queryKey: ["draft", "/policies/new"] })?.options.gcTime).toBe(
    Infinity,
  );
});
