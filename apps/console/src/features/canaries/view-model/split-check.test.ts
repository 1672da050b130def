import { expect, test } from "vitest";
import { splitCheck } from "./split-check.ts";

test.each`
  assigned | requests | total   | verdict          | why
  ${0.3}   | ${0}     | ${0}    | ${"no-evidence"} | ${"nothing seen"}
  ${0.3}   | ${293}   | ${1000} | ${"as-assigned"} | ${"within chance"}
  ${0.3}   | ${250}   | ${1000} | ${"differs"}     | ${"3.5 sigma away"}
  ${0.3}   | ${0}     | ${3}    | ${"as-assigned"} | ${"too few to say more"}
  ${0}     | ${0}     | ${1000} | ${"as-assigned"} | ${"none assigned, none seen"}
  ${0}     | ${5}     | ${1000} | ${"differs"}     | ${"none assigned, some seen"}
  ${1}     | ${1000}  | ${1000} | ${"as-assigned"} | ${"all"}
`("$assigned assigned, $requests of $total: $verdict ($why)", ({ assigned, requests, total, verdict }) => {
  expect(splitCheck(assigned, requests, total).verdict).toBe(verdict);
});
