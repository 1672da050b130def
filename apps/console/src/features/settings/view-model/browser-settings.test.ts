import { expect, test } from "vitest";
import { readSettings, usualSettings } from "./browser-settings.ts";

test("what was chosen is read back", () => {
  const chosen = { window: "1h", refreshMs: 10_000, timeZone: "utc", durations: "ms", bytes: "binary" };
  expect(readSettings(JSON.stringify(chosen))).toEqual(chosen);
});

test.each([
  ["nothing", null],
  ["no JSON", "{"],
  ["a list", "[1]"],
  ["null", "null"],
  ["what means nothing", '{"window":"3w","refreshMs":"x","timeZone":"Mars","durations":"h","bytes":10}'],
  ["an interval below zero", '{"refreshMs":-1}'],
])("of %s all is as usual", (_, text) => {
  expect(readSettings(text)).toEqual(usualSettings);
});

test("one piece that is wrong does not take the others along", () => {
  expect(readSettings('{"window":"3w","timeZone":"utc"}')).toEqual({ ...usualSettings, timeZone: "utc" });
});
