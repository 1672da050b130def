/** Runs one thing after another, in the order asked for, whether the ones before fail or not. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  next<Result>(run: () => Promise<Result>): Promise<Result> {
    const turn = this.#last.then(run);
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}
