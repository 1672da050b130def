import { expect, test } from "vitest";
import { authorOfUser, looksLikeOwnAuthor } from "./own-author.ts";

test.each`
  author          | looks
  ${"weir"}       | ${true}
  ${" Weir "}     | ${true}
  ${"WEIR"}       | ${true}
  ${"ｗｅｉｒ"}   | ${true}
  ${"we\u200bir"} | ${true}
  ${"weird"}      | ${false}
  ${"user weir"}  | ${false}
  ${"ada"}        | ${false}
  ${""}           | ${false}
`("$author is taken for the controller: $looks", ({ author, looks }) => {
  expect(looksLikeOwnAuthor(author)).toBe(looks);
});

test("an operating system's user of that name is told from it", () => {
  expect(authorOfUser("weir")).toBe("user weir");
  expect(looksLikeOwnAuthor(authorOfUser("weir"))).toBe(false);
  expect(authorOfUser("ada")).toBe("ada");
});
