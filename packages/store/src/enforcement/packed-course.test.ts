import { expect, test } from "vitest";
import type { EnforcementCourse } from "./enforcement-course.ts";
import { packCourse, unpackCourse } from "./packed-course.ts";

const course: EnforcementCourse = {
  ...{ fromMs: 0, toMs: 20_000, stepMs: 10_000, steps: 2, switchedAtMs: 10_000, endedAtMs: 20_000 },
  ...{ heardUntilMs: undefined, more: { acts: 1, services: 0 } },
  acts: [
    {
      ...{ namespace: "shop", policy: "limit", predicted: 0.25, limit: undefined },
      callers: [{ namespace: "shop", service: "web" }],
      steps: [
        { observed: 40, wouldAct: 10, enforced: 0, acted: 0 },
        { observed: 0, wouldAct: 0, enforced: 30, acted: 9 },
      ],
    },
  ],
  services: [
    {
      ...{ namespace: "shop", service: "cart", failures: { before: 0.01, limit: undefined }, p99: {} },
      steps: [
        { rps: 4, failed: 0.025, p99: 0.125 },
        { rps: 0, failed: undefined, p99: undefined },
      ],
    },
  ],
};

test("a course is the same when it is read again, but for figures that nobody reads off a chart", () => {
  const stored = JSON.parse(JSON.stringify(packCourse(course)));
  expect(unpackCourse(stored)).toEqual(course);
  const [service] = course.services;
  const fine = { ...course, services: [{ ...service!, steps: [{ rps: 100 / 3, failed: 1 / 3, p99: 0.1 }] }] };
  expect(unpackCourse(packCourse(fine)).services[0]?.steps).toEqual([
    { rps: 33.333, failed: 0.33333, p99: 0.1 },
  ]);
});

test("it is small: six charts and six services of ninety intervals are some kilobytes", () => {
  const [acts, service] = [course.acts[0]!, course.services[0]!];
  const steps = Array.from({ length: 45 }, () => acts.steps).flat();
  const signals = Array.from({ length: 45 }, () => service.steps).flat();
  const large = {
    ...course,
    acts: Array.from({ length: 6 }, () => ({ ...acts, steps })),
    services: Array.from({ length: 6 }, () => ({ ...service, steps: signals })),
  };
  expect(JSON.stringify(packCourse(large)).length).toBeLessThan(20_000);
});
