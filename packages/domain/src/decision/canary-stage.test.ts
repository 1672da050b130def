import fc from "fast-check";
import { expect, test } from "vitest";
import { deciderOf, policy } from "../testing/policies.ts";
import { request } from "../testing/request.ts";

const canary = (share: number, sticky?: object, mode: "observe" | "enforce" = "enforce") =>
  policy("canary", "c", mode, {
    backends: [
      { version: "v1", weight: 100 - share },
      { version: "v2", weight: share },
    ],
    ...(sticky && { sticky }),
  });

const user = (id: string) =>
  request({ headers: { cookie: `a=b; user=${id}`, "x-user": id }, from: `shop/u${id}` });
const versionOf = (share: number, sticky: object, id: string, draw = 0) =>
  deciderOf([canary(share, sticky)]).decide(user(id), () => draw, 0).version;

test.each`
  sticky                  | reason
  ${{ cookie: "user" }}   | ${"weights, sticky by cookie user"}
  ${{ header: "X-User" }} | ${"weights, sticky by header X-User"}
  ${{ source: true }}     | ${"weights, sticky by source"}
`(
  "by $sticky a user stays in one version, and raising the weight only moves users forward",
  ({ sticky, reason }) => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9]{1,12}$/), fc.nat(100), fc.nat(100), (id, a, b) => {
        const [less, more] = [Math.min(a, b), Math.max(a, b)];
        const before = versionOf(less, sticky, id, 0.1);
        expect(versionOf(less, sticky, id, 0.9)).toBe(before);
        if (before === "v2") expect(versionOf(more, sticky, id)).toBe("v2");
      }),
    );
    const { decisions } = deciderOf([canary(50, sticky)]).decide(user("1"), () => 0, 0);
    expect(decisions[0]?.reason).toBe(reason);
  },
);

test("users are spread by the weights", () => {
  const versions = Array.from({ length: 10_000 }, (_, i) => versionOf(30, { cookie: "user" }, `u-${i}`));
  const share = versions.filter((version) => version === "v2").length / versions.length;
  // Four standard deviations of 10,000 draws at 30 %.
  expect(Math.abs(share - 0.3)).toBeLessThan(4 * Math.sqrt((0.3 * 0.7) / 10_000));
});

test.each`
  sticky                  | sent
  ${{ cookie: "user" }}   | ${{}}
  ${{ cookie: "user" }}   | ${{ headers: { cookie: "user=" } }}
  ${{ header: "x-user" }} | ${{}}
  ${{ source: true }}     | ${{ from: "/outside" }}
`("who has nothing to stick by ($sticky, $sent) is drawn", ({ sticky, sent }) => {
  const decider = deciderOf([canary(50, sticky)]);
  expect([0, 0.6].map((draw) => decider.decide(request(sent), () => draw, 0).version)).toEqual(["v1", "v2"]);
});

test("observed it says where the user would be and leaves it where it is", () => {
  const outcome = deciderOf([canary(100, { cookie: "user" }, "observe")]).decide(user("1"), () => 0, 0);
  expect(outcome).toMatchObject({ version: "v1", pinned: false, action: undefined });
  expect(outcome.decisions).toMatchObject([{ verdict: "version=v2", wouldAct: true, acted: false }]);
});
