import { readDuration } from "@weir/domain/browser";
import { expect, test } from "vitest";
import { completeQuery } from "./complete-query.ts";
import { printDuration } from "./duration.ts";
import { parseQuery } from "./parse-query.ts";
import { withTerm } from "./print-query.ts";

test.each`
  text                                                            | query
  ${""}                                                           | ${{}}
  ${"service = checkout"}                                         | ${{ service: { service: "checkout" } }}
  ${"service=shop/checkout and version=v2"}                       | ${{ service: { namespace: "shop", service: "checkout" }, version: "v2" }}
  ${"service:shop/cart url.full=http://a:1/b"}                    | ${{ service: { namespace: "shop", service: "cart" }, attributes: [{ name: "url.full", value: "http://a:1/b" }] }}
  ${"rpc:pay"}                                                    | ${{ text: "rpc:pay" }}
  ${'operation = "GET /cart" caller = web'}                       | ${{ operation: "GET /cart", caller: { service: "web" } }}
  ${"duration > 200ms duration <= 1.5s"}                          | ${{ minDurationMs: 200.000001, maxDurationMs: 1500 }}
  ${"duration >= 80us"}                                           | ${{ minDurationMs: 0.08 }}
  ${"status = error"}                                             | ${{ errorsOnly: true }}
  ${'http.route = "/pay" http.response.status_code = 503'} | ${{ attributes: [{ name: "http.route", value: "/pay" }, { name: "http.response.status_code", value: "503" }] }}
  ${"url.query = a=b"}                                            | ${{ attributes: [{ name: "url.query", value: "a=b" }] }}
  ${'"card \\"declined\\""'}                                      | ${{ text: 'card "declined"' }}
  ${"timeout"}                                                    | ${{ text: "timeout" }}
  ${'"odd name" = "<b>"'}                                         | ${{ attributes: [{ name: "odd name", value: "<b>" }] }}
  ${'service = checkout duration > 1s status = error "no funds"'} | ${{ service: { service: "checkout" }, minDurationMs: 1000.000001, errorsOnly: true, text: "no funds" }}
`("$text", ({ text, query }) => {
  const parsed = parseQuery(text);
  expect(parsed.problems).toEqual([]);
  expect(parsed.query).toEqual({ attributes: [], ...query });
});

test.each`
  text                             | at                  | says
  ${"service ="}                   | ${"="}              | ${/value is missing/}
  ${"= checkout"}                  | ${"="}              | ${/name is missing/}
  ${"service != web"}              | ${"!="}             | ${/not known here/}
  ${"service > web"}               | ${"service > web"}  | ${/by = only/}
  ${"duration > 200"}              | ${"duration > 200"} | ${/unit/}
  ${"duration = 1s"}               | ${"duration = 1s"}  | ${/compared by >/}
  ${"duration > 2s duration < 1s"} | ${"duration < 1s"}  | ${/longer and shorter/}
  ${"status = ok"}                 | ${"status = ok"}    | ${/error/}
  ${'"never closed'}               | ${'"never closed'}  | ${/closing/}
  ${"(service = web)"}             | ${"("}              | ${/not grouped/}
  ${"timeout or declined"}         | ${"or"}             | ${/all conditions/}
  ${"two words"}                   | ${"words"}          | ${/one text/}
  ${"service = a service = b"}     | ${"service = b"}    | ${/twice/}
  ${"service"}                     | ${"service"}        | ${/comparison/}
`("$text is wrong at '$at'", ({ text, at, says }) => {
  const [problem] = parseQuery(text).problems;
  expect(problem?.message).toMatch(says);
  expect(text.slice(problem?.from, problem?.to)).toBe(at);
});

test("what is wrong does not take away what is right", () => {
  const { query, problems } = parseQuery("service = web status = maybe");
  expect(query.service).toEqual({ service: "web" });
  expect(problems).toHaveLength(1);
});

test.each`
  text                             | change                              | becomes
  ${""}                            | ${["service", "=", "shop/web"]}     | ${"service = shop/web"}
  ${'service = a "some text"'}     | ${["service", "=", "b"]}            | ${'"some text" service = b'}
  ${"service = a status = error"}  | ${["service", "=", undefined]}      | ${"status = error"}
  ${"duration > 1s duration < 2s"} | ${["duration", ">=", "250ms"]}      | ${"duration < 2s duration >= 250ms"}
  ${""}                            | ${["operation", "=", 'GET "/a b"']} | ${'operation = "GET \\"/a b\\""'}
`("the form changes '$text' by $change", ({ text, change: [name, operator, value], becomes }) => {
  expect(withTerm(text, name, operator, value)).toBe(becomes);
});

const vocabulary = {
  services: [
    { name: "shop/checkout", operations: ["POST /checkout"] },
    { name: "shop/cart", operations: ["GET /cart"] },
  ],
};

test.each`
  text                             | labels
  ${"ser"}                         | ${["service"]}
  ${"service "}                    | ${["="]}
  ${"duration "}                   | ${[">", "<", ">=", "<="]}
  ${"service = c"}                 | ${["shop/checkout", "shop/cart"]}
  ${"service = cart operation = "} | ${["GET /cart"]}
  ${"status = "}                   | ${["error"]}
  ${"http.resp"}                   | ${["http.response.status_code"]}
  ${'"free te'}                    | ${[]}
`("at the end of '$text' is offered $labels", ({ text, labels }) => {
  expect(completeQuery(text, text.length, vocabulary).map(({ label }) => label)).toEqual(labels);
});

test("a completion takes the place of the word at the caret, and quotes what needs it", () => {
  const text = "operation = get";
  const [first] = completeQuery(text, text.length, vocabulary);
  expect(text.slice(0, first?.from) + first?.insert).toBe('operation = "GET /cart" ');
});

test.each`
  text       | ms          | printed
  ${"200ms"} | ${200}      | ${"200ms"}
  ${"1.5s"}  | ${1500}     | ${"1.5s"}
  ${"80µs"}  | ${0.08}     | ${"80us"}
  ${"15ns"}  | ${0.000015} | ${"15ns"}
  ${"2m"}    | ${120_000}  | ${"120s"}
`("$text is $ms ms", ({ text, ms, printed }) => {
  expect(readDuration(text)).toBe(ms);
  expect(printDuration(ms)).toBe(printed);
});
