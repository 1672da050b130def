import { expect, test } from "vitest";
import { firstChecks } from "./first-checks.ts";

const well = { database: true, collector: true, controller: true };
const hello = { namespace: "first", service: "hello" };

test.each`
  sources                          | signs                                               | done
  ${undefined}                     | ${undefined}                                        | ${[false, false, false, false]}
  ${well}                          | ${{ spans: false, edges: false, services: [] }}     | ${[true, true, false, false]}
  ${well}                          | ${{ spans: true, edges: false, services: [hello] }} | ${[true, true, true, false]}
  ${well}                          | ${{ spans: true, edges: true, services: [hello] }}  | ${[true, true, true, true]}
  ${{ ...well, collector: false }} | ${{ spans: false, edges: false, services: [] }}     | ${[true, false, false, false]}
`("$sources and $signs", ({ sources, signs, done }) => {
  expect(firstChecks(sources, signs).map((check) => check.done)).toEqual(done);
});

test("what does not answer is named, and so is who was heard of", () => {
  const [database, , span] = firstChecks(
    { ...well, database: false },
    { spans: true, edges: false, services: [hello] },
  );
  expect(database?.note).toMatch(/Postgres does not answer/);
  expect(span?.note).toBe("Heard of: first/hello");
});
