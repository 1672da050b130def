import { crc32 } from "node:zlib";
import { expect, test } from "vitest";
import { jsonText } from "../json-text.ts";
import { attributeHashes } from "./attribute-hashes.ts";

function hashesOf(text: string): number[] {
  const hashes: number[] = [];
  const bytes = Buffer.from(`before${text}after`);
  attributeHashes(bytes, 6, bytes.length - 5, (hash) => hashes.push(hash));
  return hashes;
}

/** As zlib has it, of the member's text. */
const crc = (...members: string[]) => members.map((member) => crc32(member) | 0);

test.each<[string, Record<string, unknown>, string[]]>([
  ["texts", { a: "x", "url.path": "/orders/1" }, ['"a":"x"', '"url.path":"/orders/1"']],
  ["what a text escapes", { 'a"b\\': 'say "hi", {x}\n' }, ['"a\\"b\\\\":"say \\"hi\\", {x}\\n"']],
  ["letters beyond ASCII", { größe: "日本" }, ['"größe":"日本"']],
  ["integers, signed as well", { a: 1, b: -20 }, ['"a":1', '"b":-20']],
  ["an empty text and an empty name", { "": "" }, ['"":""']],
  ["nothing of what is no single value", { a: [1, "]"], b: { c: "}" }, d: null, e: "x" }, ['"e":"x"']],
  ["no flags and no fractions", { a: true, b: 1.5, c: 1e300, d: "x" }, ['"d":"x"']],
  [
    "no measured amounts",
    { "weir.upstream_ns": 1, "http.request.body.size": 2, size: 3, sized: 4 },
    ['"sized":4'],
  ],
  ["up to 256 bytes", { a: "x".repeat(250), b: "x".repeat(251) }, [`"a":"${"x".repeat(250)}"`]],
  ["nothing of nothing", {}, []],
])("hashes of %s", (_, attributes, members) => {
  expect(hashesOf(jsonText(attributes))).toEqual(crc(...members));
});

test("no hash is the least integer, below which a search could ask for nothing", () => {
  const found = { n: "aacacccacaacaccaaaacaaccccaccccaaaaaaaaa" };
  expect(crc(`"n":"${found.n}"`)).toEqual([-(2 ** 31)]);
  expect(hashesOf(jsonText(found))).toEqual([0]);
});
