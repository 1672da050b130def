import { afterEach, expect, test, vi } from "vitest";
import { browserStore } from "./browser-store.ts";

afterEach(() => void vi.unstubAllGlobals());

test("what is kept is read back", () => {
  const kept = new Map<string, string>();
  vi.stubGlobal("window", {
    localStorage: { getItem: (key: string) => kept.get(key) ?? null, setItem: kept.set.bind(kept) },
  });
  expect(browserStore.setItem("a", "1")).toBe(true);
  expect([browserStore.getItem("a"), browserStore.getItem("b")]).toEqual(["1", null]);
});

test("a browser that forbids its store, and one whose store is full, keep nothing and say so", () => {
  vi.stubGlobal("window", {
    get localStorage() {
      throw new DOMException("denied", "SecurityError");
    },
  });
  expect(browserStore.getItem("a")).toBeNull();
  expect(browserStore.setItem("a", "1")).toBe(false);
  vi.stubGlobal("window", {
    localStorage: {
      setItem: () => {
        throw new DOMException("full", "QuotaExceededError");
      },
    },
  });
  expect(browserStore.setItem("a", "1")).toBe(false);
});

test("a server has none", () => {
  expect(browserStore.getItem("a")).toBeNull();
  expect(browserStore.setItem("a", "1")).toBe(false);
});
