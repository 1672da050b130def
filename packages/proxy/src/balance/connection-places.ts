/** The connections that this thread has to one upstream, and who waits for one of them to be free. */
export class ConnectionPlaces {
  /** Open, or about to be. */
  open = 0;
  #waiting: (() => void)[] = [];

  opened(): void {
    this.open++;
  }

  closed(): void {
    this.open--;
    this.freed();
  }

  /** A connection is idle, or another may be opened: the first who waits tries again. */
  freed(): void {
    this.#waiting.shift()?.();
  }

  /** Calls back once, when something was freed; what it returns ends the waiting. */
  wait(callback: () => void): () => void {
    this.#waiting.push(callback);
    return () => {
      this.#waiting = this.#waiting.filter((other) => other !== callback);
    };
  }
}
