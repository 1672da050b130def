import { MalformedExposition } from "./malformed-exposition.ts";
import { type SampleLine, sampleLineOf } from "./sample-line.ts";

export interface ExpositionSink {
  /** Says what is wrong with the sample, if anything is. */
  sample(sample: SampleLine): string | undefined;
  /** Of the family that a `# TYPE` line names. */
  type(family: string, type: string): void;
}

/** Longer ones are no metrics, and would have to be kept in memory until they end. */
const longestLine = 256 * 1024;

/**
 * Reads an exposition as it arrives, in pieces cut anywhere, without ever holding more of it than one line. Strict, as
 * Prometheus is: a broken line, invalid UTF-8 or a missing end makes all of it worthless, for a number that was cut off
 * looks like a counter that was set back.
 */
export class ExpositionReader {
  readonly #sink: ExpositionSink;
  readonly #isOpenMetrics: boolean;
  readonly #decoder = new TextDecoder("utf-8", { fatal: true });
  #rest = "";
  #line = 0;
  #ended = false;

  constructor(sink: ExpositionSink, isOpenMetrics: boolean) {
    this.#sink = sink;
    this.#isOpenMetrics = isOpenMetrics;
  }

  /** Throws {@link MalformedExposition}, or what the sink throws. */
  push(chunk: Uint8Array): void {
    this.#pushText(this.#decode(chunk));
  }

  /** The exposition is complete. Throws {@link MalformedExposition}. */
  end(): void {
    this.#pushText(this.#decode());
    if (this.#rest !== "") throw new MalformedExposition(this.#line + 1, "the last line has no end");
    if (this.#isOpenMetrics && !this.#ended) throw new MalformedExposition(this.#line, "there is no # EOF");
  }

  #decode(chunk?: Uint8Array): string {
    try {
      return this.#decoder.decode(chunk, { stream: chunk !== undefined });
    } catch (cause) {
      throw new MalformedExposition(this.#line + 1, "not valid UTF-8 at or after this line", { cause });
    }
  }

  #pushText(decoded: string): void {
    const text = this.#rest + decoded;
    let from = 0;
    for (let to = text.indexOf("\n"); to >= 0; to = text.indexOf("\n", from)) {
      this.#line++;
      this.#read(text.slice(from, to));
      from = to + 1;
    }
    this.#rest = text.slice(from);
    if (this.#rest.length > longestLine) throw this.#malformed(`is longer than ${longestLine} characters`, 1);
  }

  #read(line: string): void {
    if (this.#ended) throw this.#malformed("stands behind # EOF");
    if (line.length > longestLine) throw this.#malformed(`is longer than ${longestLine} characters`);
    if (line.startsWith("#")) this.#readComment(line);
    else if (line.trim() !== "") {
      const sample = sampleLineOf(line);
      if (!sample) throw this.#malformed(`is no sample: ${line.slice(0, 100)}`);
      const fault = this.#sink.sample(sample);
      if (fault !== undefined) throw this.#malformed(fault);
    }
  }

  #readComment(line: string): void {
    if (this.#isOpenMetrics && line === "# EOF") this.#ended = true;
    const [, family, type] = /^#[ \t]+TYPE[ \t]+(\S+)[ \t]+(\S+)[ \t]*$/.exec(line) ?? [];
    if (family !== undefined && type !== undefined) this.#sink.type(family, type);
  }

  #malformed(reason: string, ahead = 0): MalformedExposition {
    return new MalformedExposition(this.#line + ahead, reason);
  }
}
