/** What a benchmark must reach, and whether it did. */
export interface Judged {
  readonly what: string;
  readonly limit: string;
  /** Undefined: this run measured not all that it takes. */
  readonly value: number | undefined;
  readonly met: boolean | undefined;
}

export function atMost(what: string, value: number | undefined, limit: number): Judged {
  return { what, limit: `<= ${limit}`, value, met: value === undefined ? undefined : value <= limit };
}

export function atLeast(what: string, value: number | undefined, limit: number): Judged {
  return { what, limit: `>= ${limit}`, value, met: value === undefined ? undefined : value >= limit };
}

export function ratio(above: number | undefined, below: number | undefined): number | undefined {
  return above === undefined || below === undefined ? undefined : above / below;
}

export function printTargets(judged: readonly Judged[]): void {
  console.log(`${"Targets".padEnd(60)}${"".padEnd(10)}${"measured".padStart(10)}`);
  for (const { what, limit, value, met } of judged) {
    const verdict = met === undefined ? "not measured" : met ? "pass" : "MISS";
    console.log(
      `  ${what.padEnd(58)}${limit.padEnd(10)}${(value?.toFixed(2) ?? "").padStart(10)}  ${verdict}`,
    );
  }
  console.log();
}
