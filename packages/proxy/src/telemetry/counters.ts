/** One series of a counter. */
export interface Count {
  value: number;
}

/** The series of a counter, by their joined label values. */
export type CounterReport = readonly (readonly [string, number])[];

export interface DistributionReport {
  readonly counts: readonly number[];
  readonly sum: number;
}

const separator = "\u0000";

/** A number that only grows, by the values of its labels. */
export class Counter {
  readonly name: string;
  readonly help: string;
  readonly #labels: readonly string[];
  readonly #maxSeries: number;
  readonly #values = new Map<string, Count>();

  constructor(name: string, help: string, labels: readonly string[] = [], maxSeries = 1000) {
    this.name = name;
    this.help = help;
    this.#labels = labels;
    this.#maxSeries = maxSeries;
  }

  /** Label values in the order the labels were named. Beyond the bound on series they count as `other`. */
  add(amount: number, ...values: readonly string[]): void {
    this.of(...values).value += amount;
  }

  /** The series of these label values, to be kept by whoever counts often. */
  of(...values: readonly string[]): Count {
    let key = values.join(separator);
    if (!this.#values.has(key) && this.#values.size >= this.#maxSeries)
      key = values.map(() => "other").join(separator);
    let count = this.#values.get(key);
    if (count === undefined) {
      count = { value: 0 };
      this.#values.set(key, count);
    }
    return count;
  }

  get(...values: readonly string[]): number {
    return this.#values.get(values.join(separator))?.value ?? 0;
  }

  /** All series, to be added to those of the same counter elsewhere. */
  report(): CounterReport {
    return [...this.#values].map(([key, { value }]) => [key, value]);
  }

  merge(report: CounterReport): void {
    for (const [key, value] of report) this.add(value, ...key.split(separator));
  }

  *samples(): Generator<string> {
    if (this.#labels.length === 0) {
      yield `${this.name} ${this.get()}`;
      return;
    }
    for (const [key, { value }] of this.#values)
      yield `${this.name}${braces(this.#labels, key.split(separator))} ${value}`;
  }
}

/** A distribution over fixed bounds, in the unit its name ends with. */
export class Distribution {
  readonly name: string;
  readonly help: string;
  readonly #bounds: readonly number[];
  readonly #counts: number[];
  #sum = 0;

  constructor(name: string, help: string, bounds: readonly number[]) {
    this.name = name;
    this.help = help;
    this.#bounds = bounds;
    this.#counts = new Array<number>(bounds.length + 1).fill(0);
  }

  observe(value: number): void {
    this.#sum += value;
    let i = 0;
    while (i < this.#bounds.length && value > (this.#bounds[i] as number)) i++;
    this.#counts[i] = (this.#counts[i] as number) + 1;
  }

  report(): DistributionReport {
    return { counts: [...this.#counts], sum: this.#sum };
  }

  /** Adds what the same distribution counted elsewhere. */
  merge({ counts, sum }: DistributionReport): void {
    this.#sum += sum;
    for (const [i, count] of counts.entries()) this.#counts[i] = (this.#counts[i] ?? 0) + count;
  }

  *samples(): Generator<string> {
    let total = 0;
    for (const [i, count] of this.#counts.entries()) {
      total += count;
      yield `${this.name}_bucket{le="${this.#bounds[i] ?? "+Inf"}"} ${total}`;
    }
    yield `${this.name}_sum ${this.#sum}`;
    yield `${this.name}_count ${total}`;
  }
}

function braces(labels: readonly string[], values: readonly string[]): string {
  return `{${labels.map((label, i) => `${label}="${escaped(values[i] ?? "")}"`).join(",")}}`;
}

/** Prometheus text format 0.0.4: backslash, quote and newline are escaped in label values. */
export function escaped(value: string): string {
  return value.replace(/\\/g, "\\\\").replace(/"/g, '\\"').replace(/\n/g, "\\n");
}
