import { expect, test } from "vitest";
import { enforcedTick, payments, predictionOf, watchOf } from "../testing/enforcements.ts";
import { guardChecks } from "./judge-enforcement.ts";
import { newCallers } from "./new-callers.ts";
import { observeEnforcement, startWatch } from "./watch-progress.ts";

const reports = { namespace: "lab", service: "reports" };
const known = predictionOf(36_000, 0);

test("of whom a policy said nothing is no new caller of it", () => {
  const policies = known.policies.map((policy) => ({ ...policy, requests: 36_000 }));
  const watch = watchOf({ ...known, policies }, {});
  const asked = [{ source: reports, destination: payments, requests: 5 }];
  const tick = { ...enforcedTick(0, { requests: 100 }), asked };
  const [acts] = observeEnforcement(startWatch(watch, 0), tick, watch).policies;
  expect(acts?.callers).toContainEqual(expect.objectContaining({ ...reports, evaluated: 0, requests: 5 }));
  expect(newCallers(policies[0]!, acts!)).toEqual([]);
});

test.each`
  evaluated | unheard      | asked                 | strangers          | why
  ${36_000} | ${undefined} | ${["web"]}            | ${["lab/reports"]} | ${"a caller that nobody predicted is new"}
  ${36_000} | ${[]}        | ${["web"]}            | ${["lab/reports"]} | ${"also where all of the day before were judged"}
  ${36_000} | ${[reports]} | ${["web", "reports"]} | ${[]}              | ${"one of the day before is a question, and no new one"}
  ${0}      | ${[reports]} | ${["all"]}            | ${[]}              | ${"where nothing was known all are asked about"}
`("$why", ({ evaluated, unheard, asked, strangers }) => {
  const policies = known.policies.map((policy) => ({ ...policy, evaluated, unheard }));
  const watch = watchOf({ ...known, policies }, {});
  const tick = enforcedTick(0, { requests: 100, denied: 8 }, { source: reports });
  const progress = observeEnforcement(startWatch(watch, 0), tick, watch);
  const acts = guardChecks(watch, progress).filter(({ kind }) => kind === "acts");
  expect(acts.map(({ callers }) => callers?.map(({ service }) => service).join() ?? "all")).toEqual(asked);
  expect(
    newCallers(policies[0]!, progress.policies[0]!).map(
      ({ namespace, service }) => `${namespace}/${service}`,
    ),
  ).toEqual(strangers);
});
