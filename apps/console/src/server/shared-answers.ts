/** An answer as it goes over the wire, to be sent to any number of askers. */
export interface SharedAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Uint8Array<ArrayBuffer>;
  /** The body in gzip, pressed once for all who take it so. */
  gzipped(): Promise<Uint8Array<ArrayBuffer>>;
}

/**
 * Answers to questions that many browsers ask in the same seconds, word for word: those that show the same live view.
 * Each is worked out once. Nobody gets an answer from before a change that he knows of: `forget` goes with every one.
 */
export interface SharedAnswers {
  /** The answer to `question`: the one under way, one that is young enough, or what `read` gives. */
  get(question: string, read: () => Promise<SharedAnswer>): Promise<SharedAnswer>;
  /** Whoever asks from now on gets what is read from now on. */
  forget(): void;
}

export interface SharedAnswersSettings {
  /**
   * How long an answer is kept, at least and at most: {@link timesKept} times as long as it took to work out. 0 and 0: only
   * those under way are shared. Telemetry comes in grains of ten seconds.
   */
  readonly keepMs: { readonly least: number; readonly most: number };
  /** Monotonic, in milliseconds. */
  readonly now: () => number;
  /** What all that is kept may take; the oldest go first. */
  readonly mostBytes: number;
}

/** So one view that is always asked for takes a twentieth of the process at most, however many show it. */
const timesKept = 20;
/** What an answer takes beside its body, about. */
const bytesBeside = 1_024;

interface Kept {
  readonly answer: Promise<SharedAnswer>;
  until: number;
  bytes: number;
}

export function createSharedAnswers({ keepMs, now, mostBytes }: SharedAnswersSettings): SharedAnswers {
  const kept = new Map<string, Kept>();
  let bytes = 0;

  const drop = (question: string, own: Kept) => {
    if (kept.get(question) !== own) return;
    kept.delete(question);
    bytes -= own.bytes;
  };

  const dropOld = () => {
    for (const [question, own] of kept) if (own.until < now() || bytes > mostBytes) drop(question, own);
  };

  return {
    get(question, read) {
      dropOld();
      const known = kept.get(question);
      if (known) return known.answer;
      const beganMs = now();
      const own: Kept = { answer: read(), until: Number.POSITIVE_INFINITY, bytes: bytesBeside };
      kept.set(question, own);
      bytes += own.bytes;
      const keep = ({ body }: SharedAnswer) => {
        const lastsMs = Math.min(keepMs.most, Math.max(keepMs.least, timesKept * (now() - beganMs)));
        if (lastsMs <= 0) return drop(question, own);
        own.until = now() + lastsMs;
        if (kept.get(question) !== own) return;
        own.bytes += body.length;
        bytes += body.length;
      };
      own.answer.then(
        (answer) => (answer.status === 200 ? keep(answer) : drop(question, own)), // what failed is tried again by the next one
        () => drop(question, own),
      );
      return own.answer;
    },
    forget() {
      kept.clear();
      bytes = 0;
    },
  };
}
