import { type AnyTRPCRouter, callTRPCProcedure } from "@trpc/server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { search } from "./jaeger/search.ts";
import { jaegerAnswer } from "./jaeger/serve-jaeger.ts";
import { appRouter } from "./router.ts";
import { answerApi } from "./testing/answer-api.ts";
import { type ConsoleForTest, consoleForTest } from "./testing/console-for-test.ts";

let mesh: ConsoleForTest;
beforeAll(async () => {
  mesh = await consoleForTest();
});
afterAll(() => mesh.close());

const router: AnyTRPCRouter = appRouter;
const says = "must have no zero byte and no half of a surrogate pair";

describe.each([
  ["a zero byte", "pay\0ments"],
  ["half of a pair", "\ud83d"],
])("%s is refused with a sentence", (_, text) => {
  test.each(Object.keys(router._def.procedures))("by %s", async (path) => {
    const { type } = router._def.procedures[path]._def;
    const call = callTRPCProcedure({
      ...{ router, path, ctx: mesh.context, type },
      ...{ getRawInput: async () => ({ filter: { name: text } }), signal: undefined, batchIndex: 0 },
    });
    await expect(call).rejects.toMatchObject({ code: "BAD_REQUEST", message: `filter.name ${says}` });
  });
});

test.each`
  path                              | parameter
  ${"/graph?namespace=%00"}         | ${"namespace"}
  ${"/services?cursor=%00"}         | ${"cursor"}
  ${"/traces?text=a%00b"}           | ${"text"}
  ${"/traces?attribute=a%3D%00"}    | ${"attribute.0"}
  ${"/heatmap?service=shop/pay%00"} | ${"service"}
  ${"/top?path=%00"}                | ${"path"}
  ${"/tap?path=%00"}                | ${"path"}
  ${"/graph?%00=1"}                 | ${"\0"}
`("the read API names the parameter: $path", async ({ path, parameter }) => {
  const response = await answerApi(new Request(`http://localhost:3000/api/v1${path}`), mesh.context);
  expect(response.status).toBe(400);
  expect((await response.json()).errors).toEqual([{ parameter, detail: says }]);
});

test("Jaeger's API says it in its envelope", async () => {
  const request = new Request("http://localhost:3000/jaeger/api/traces?service=pay%00ments");
  const response = await jaegerAnswer("search", search, request, {}, mesh.context);
  expect(response.status).toBe(400);
  expect((await response.json()).errors).toEqual([{ code: 400, msg: `service ${says}` }]);
});
