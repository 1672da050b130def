import { expect, test } from "vitest";
import { lockOf, securityWords } from "./security-words.ts";

const plain = (text: string) => text.replaceAll("\u202f", " ");

test.each`
  security                              | words                                     | lock
  ${undefined}                          | ${"security not known"}                   | ${undefined}
  ${{ none: 4 }}                        | ${"plain text"}                           | ${"open"}
  ${{ mutual_tls: 4 }}                  | ${"mTLS 100 %"}                           | ${"closed"}
  ${{ none: 2, mutual_tls: 23 }}        | ${"mTLS 92 %, plain text 8 %"}            | ${"half"}
  ${{ tls: 1, mutual_tls: 1 }}          | ${"mTLS 50 %, TLS 50 %"}                  | ${"closed"}
  ${{ none: 1, tls: 1, mutual_tls: 2 }} | ${"mTLS 50 %, TLS 25 %, plain text 25 %"} | ${"half"}
`("$security is told as $words", ({ security, words, lock }) => {
  expect(plain(securityWords({ security }))).toBe(words);
  expect(lockOf({ security })).toBe(lock);
});
