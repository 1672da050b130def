import { expect, test } from "vitest";
import { reasonOfNpm } from "./npm-reason.mjs";

test.each`
  output                                                                                                              | reason                                             | why
  ${"npm error code ENOTFOUND\nnpm error syscall getaddrinfo\nnpm error request to https://r/x failed\n"}             | ${"code ENOTFOUND; request to https://r/x failed"} | ${"system calls say nothing to people"}
  ${"npm ERR! code EINTEGRITY\nnpm ERR! sha512 differs\n\nnpm ERR! A complete log of this run can be found in: /x\n"} | ${"code EINTEGRITY; sha512 differs"}               | ${"older npm, and the hint about its log"}
  ${"npm error code E1\nnpm error a\nnpm error b\nnpm error c\nnpm error d\n"}                                        | ${"code E1; a; b; c"}                              | ${"a sentence, not a page"}
  ${"something else\nthe last line\n"}                                                                                | ${"the last line"}                                 | ${"not npm's form"}
  ${""}                                                                                                               | ${"it said nothing about why"}                     | ${"nothing was said"}
`("$why", ({ output, reason }) => {
  expect(reasonOfNpm(output)).toBe(reason);
});
