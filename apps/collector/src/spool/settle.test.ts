import { expect, test } from "vitest";
import type { Outcome } from "../exporters/commit-requests.ts";
import { settle } from "./settle.ts";

const error = new Error("why");
const outcomes: Readonly<Record<string, Outcome>> = {
  c: { kind: "committed" },
  d: { kind: "duplicate" },
  r: { kind: "refused", error },
  a: { kind: "away", error },
  s: { kind: "slow", error },
};

test.each`
  came      | done | refused   | held         | why
  ${""}     | ${0} | ${[]}     | ${undefined} | ${"nothing was delivered"}
  ${"ccd"}  | ${3} | ${[]}     | ${undefined} | ${"all are in the database"}
  ${"rcr"}  | ${3} | ${[0, 2]} | ${undefined} | ${"what is refused for good holds nobody up"}
  ${"ccac"} | ${2} | ${[]}     | ${"away"}    | ${"what went behind one that did not is delivered again"}
  ${"a"}    | ${0} | ${[]}     | ${"away"}    | ${"the database is away"}
  ${"csa"}  | ${1} | ${[]}     | ${"slow"}    | ${"the first that did not go says why"}
  ${"rsr"}  | ${1} | ${[0]}    | ${"slow"}    | ${"a refusal behind one that did not go comes again"}
`("$came: $why", ({ came, done, refused, held }) => {
  const given = [...(came as string)].flatMap((letter) => outcomes[letter] ?? []);
  expect(settle(given)).toEqual({
    done,
    refused: (refused as number[]).map((index) => ({ index, reason: "why" })),
    held,
  });
});
