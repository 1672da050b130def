import { formatCount } from "../../../ui/format/numbers.ts";

/** What the page asks of the guard; the rest is as the guard has it by itself. */
export interface BudgetInput {
  readonly acts: number;
  readonly failures: number;
  readonly p99Rise: number;
  readonly p99RiseMs: number;
  readonly forMs: number;
}

/** As `GuardBudget` has them, whose schema is not for browsers; a test holds the two together. */
export const usualBudget: BudgetInput = {
  acts: 0.01,
  failures: 0.01,
  p99Rise: 0.5,
  p99RiseMs: 100,
  forMs: 900_000,
};

/** One field: how it is shown, and what it is multiplied by to be shown. */
export interface BudgetField {
  readonly key: keyof BudgetInput;
  readonly label: string;
  readonly unit: string;
  readonly shownTimes: number;
  /** As shown. */
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly help: string;
}

export const budgetFields: readonly BudgetField[] = [
  {
    ...{ key: "acts", label: "More acts than predicted", unit: "points", shownTimes: 100 },
    ...{ min: 0, max: 90, step: 0.5, help: "Of each caller's requests to the service." },
  },
  {
    ...{ key: "failures", label: "More failures than before", unit: "points", shownTimes: 100 },
    ...{
      min: 0,
      max: 90,
      step: 0.5,
      help: "Of a service's requests; what policies are predicted to fail is allowed for.",
    },
  },
  {
    ...{ key: "p99Rise", label: "Rise of p99", unit: "%", shownTimes: 100 },
    ...{ min: 5, max: 1_000, step: 5, help: "Of a service's latency," },
  },
  {
    ...{ key: "p99RiseMs", label: "or, if that is more", unit: "ms", shownTimes: 1 },
    ...{ min: 1, max: 60_000, step: 10, help: "so that little noise is no harm." },
  },
  {
    ...{ key: "forMs", label: "Watched for", unit: "min", shownTimes: 1 / 60_000 },
    ...{ min: 1, max: 10_080, step: 1, help: "Of time with requests and fresh telemetry." },
  },
];

/** The number that a field shows. */
export function shownOf({ shownTimes }: BudgetField, value: number): number {
  return Number((value * shownTimes).toPrecision(6));
}

/** What a number that a field shows stands for. */
export function meantBy({ shownTimes }: BudgetField, shown: number): number {
  return Number((shown / shownTimes).toPrecision(12));
}

/** Why the guard would refuse a value, on the way to which every number may be typed. */
export function problemOfField(field: BudgetField, value: number): string | undefined {
  const shown = shownOf(field, value);
  if (shown >= field.min && shown <= field.max) return undefined;
  return `From ${formatCount(field.min)} to ${formatCount(field.max)} ${field.unit}.`;
}

/** Whether the guard takes all of it. */
export function isBudget(budget: BudgetInput): boolean {
  return budgetFields.every((field) => problemOfField(field, budget[field.key]) === undefined);
}
