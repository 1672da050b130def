import { beforeEach, expect, test, vi } from "vitest";
import { type Notice, onNotice, raiseNotice } from "./notice.ts";

beforeEach(() => {
  vi.stubGlobal("window", new EventTarget());
  return () => vi.unstubAllGlobals();
});

test("who listens takes notices as they were raised, until it is ended", () => {
  const taken: Notice[] = [];
  const end = onNotice((notice) => taken.push(notice));
  raiseNotice("success", "Saved");
  raiseNotice("error", "Not undone", { durationMs: 12_000 });
  end();
  raiseNotice("plain", "Nobody hears this");
  expect(taken).toEqual([
    { kind: "success", text: "Saved" },
    { kind: "error", text: "Not undone", durationMs: 12_000 },
  ]);
});
