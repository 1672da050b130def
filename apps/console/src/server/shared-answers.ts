/** An answer as it goes over the wire, to be sent to any number of askers. */
export interface SharedAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Uint8Array<ArrayBuffer>;
}

/**
 * Answers to questions that many browsers ask in the same second, word for word: those that show the same live view.
 * Each is worked out once. Nobody gets an answer from before a change that he knows of: `forget` goes with every one.
 */
export interface SharedAnswers {
  /** The answer to `question`: the one under way, one that is young enough, or what `read` gives. */
  get(question: string, read: () => Promise<SharedAnswer>): Promise<SharedAnswer>;
  /** Whoever asks from now on gets what is read from now on. */
  forget(): void;
}

export interface SharedAnswersSettings {
  /** How old an answer may be; 0: only those under way are shared. Telemetry comes in grains of ten seconds. */
  readonly keepMs: number;
  /** Monotonic, in milliseconds. */
  readonly now: () => number;
  /** How many are kept at most; the oldest go first. */
  readonly most: number;
}

export function createSharedAnswers({ keepMs, now, most }: SharedAnswersSettings): SharedAnswers {
  const kept = new Map<string, { answer: Promise<SharedAnswer>; until: number }>();

  const dropOld = () => {
    for (const [question, { until }] of kept) if (until < now() || kept.size > most) kept.delete(question);
  };

  return {
    get(question, read) {
      dropOld();
      const known = kept.get(question);
      if (known) return known.answer;
      const own = { answer: read(), until: Number.POSITIVE_INFINITY };
      kept.set(question, own);
      const settle = (lastsMs: number) => {
        own.until = now() + lastsMs;
        if (lastsMs <= 0 && kept.get(question) === own) kept.delete(question);
      };
      own.answer.then(
        ({ status }) => settle(status === 200 ? keepMs : 0), // what failed is tried again by the next one
        () => settle(0),
      );
      return own.answer;
    },
    forget: () => kept.clear(),
  };
}
