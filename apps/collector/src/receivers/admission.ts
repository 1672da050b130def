import { Refusal } from "./refusal.ts";

export interface AdmissionSettings {
  /** Bytes of bodies, decompressed, and of the rows made of them, between their arrival and their answer. */
  readonly maxBytes: number;
  readonly maxRequests: number;
}

/** What one request holds; released exactly once, when it has been answered. */
export interface Admitted {
  /** Throws a {@link Refusal} when the bytes do not fit now, or, with all that the request holds, at any time. */
  hold(bytes: number): void;
  release(): void;
}

/** Bounds what the collector has in memory: the queue before the database, and bodies that are still coming in. */
export class Admission {
  readonly #settings: AdmissionSettings;
  #bytes = 0;
  #requests = 0;

  constructor(settings: AdmissionSettings) {
    this.#settings = settings;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get requests(): number {
    return this.#requests;
  }

  /** Holds bytes for as long as `work` lasts. Throws a {@link Refusal} when they do not fit now, or at any time. */
  async holdFor<T>(bytes: number, work: () => Promise<T>): Promise<T> {
    const { maxBytes } = this.#settings;
    if (bytes > maxBytes) throw tooLarge(maxBytes);
    if (this.#bytes + bytes > maxBytes) throw overloaded();
    this.#bytes += bytes;
    try {
      return await work();
    } finally {
      this.#bytes -= bytes;
    }
  }

  /** Throws a {@link Refusal} when there is no room for one more. */
  enter(): Admitted {
    if (this.#requests >= this.#settings.maxRequests || this.#bytes >= this.#settings.maxBytes)
      throw overloaded();
    this.#requests += 1;
    let held = 0;
    let released = false;
    return {
      hold: (bytes) => {
        const { maxBytes } = this.#settings;
        if (held + bytes > maxBytes) throw tooLarge(maxBytes);
        if (this.#bytes + bytes > maxBytes) throw overloaded();
        held += bytes;
        this.#bytes += bytes;
      },
      release: () => {
        if (released) return;
        released = true;
        this.#requests -= 1;
        this.#bytes -= held;
      },
    };
  }
}

function tooLarge(maxBytes: number): Refusal {
  return new Refusal("tooLarge", `the request takes more memory than the ${maxBytes} bytes there are`);
}

function overloaded(): Refusal {
  return new Refusal("overloaded", "the collector has more to commit than it may hold; send it again later");
}
