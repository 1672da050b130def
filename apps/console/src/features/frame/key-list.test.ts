import { expect, test } from "vitest";
import { frameActionOf, frameKeys } from "./key-list.ts";

const plain = { ctrlKey: false, metaKey: false, altKey: false };

test.each`
  pressed                        | afterGo  | typing   | action                             | why
  ${{ key: "k", ctrlKey: true }} | ${false} | ${true}  | ${{ type: "palette" }}             | ${"also out of a field"}
  ${{ key: "K", metaKey: true }} | ${false} | ${false} | ${{ type: "palette" }}             | ${"with caps lock"}
  ${{ key: "p", ctrlKey: true }} | ${false} | ${false} | ${undefined}                       | ${"the browser's own"}
  ${{ key: "?" }}                | ${false} | ${false} | ${{ type: "keys" }}                | ${"help"}
  ${{ key: "?" }}                | ${false} | ${true}  | ${undefined}                       | ${"it is text"}
  ${{ key: "p" }}                | ${false} | ${false} | ${{ type: "pause" }}               | ${"pause"}
  ${{ key: "r", altKey: true }}  | ${false} | ${false} | ${undefined}                       | ${"another's"}
  ${{ key: "t" }}                | ${true}  | ${false} | ${{ type: "go", href: "/traces" }} | ${"the second of two"}
  ${{ key: "t" }}                | ${false} | ${false} | ${undefined}                       | ${"alone it means nothing"}
  ${{ key: "k" }}                | ${false} | ${false} | ${undefined}                       | ${"without Ctrl it is a page's"}
`("$pressed is $action: $why", ({ pressed, afterGo, typing, action }) => {
  expect(frameActionOf({ ...plain, ...pressed }, afterGo, typing)).toEqual(action);
});

test("every key of the help does what it says, and no two are the same", () => {
  for (const { key, keys, action } of frameKeys) {
    const pressed = { ...plain, key, ctrlKey: action.type === "palette" };
    expect(frameActionOf(pressed, keys[0] === "g", false)).toEqual(action);
  }
  const shown = frameKeys.map(({ keys }) => keys.join(" "));
  expect(new Set(shown).size).toBe(shown.length);
});
