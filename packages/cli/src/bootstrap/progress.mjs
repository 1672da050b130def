/**
 * Progress of one long step at a time: a line that counts the seconds on a terminal, a line now and then elsewhere.
 *
 * @typedef {object} Progress
 * @property {(text: string) => void} say
 * @property {<T>(title: string, work: () => Promise<T>) => Promise<T>} during
 */

/**
 * @param {NodeJS.WriteStream} stream
 * @returns {Progress}
 */
export function createProgress(stream) {
  const live = Boolean(stream.isTTY);
  /** @param {string} text */
  const say = (text) => {
    stream.write(`${text}\n`);
  };
  return {
    say,
    async during(title, work) {
      const from = Date.now();
      const elapsed = () => `${Math.round((Date.now() - from) / 1000)} s`;
      if (!live) say(`${title} …`);
      const show = () =>
        live ? stream.write(`\r${title} … ${elapsed()}\u001b[K`) : say(`  still at it, ${elapsed()}`);
      const timer = setInterval(show, live ? 1000 : 20_000);
      if (live) show();
      try {
        const result = await work();
        stream.write(`${live ? "\r" : ""}✔ ${title} [${elapsed()}]${live ? "\u001b[K" : ""}\n`);
        return result;
      } catch (error) {
        if (live) stream.write("\n");
        throw error;
      } finally {
        clearInterval(timer);
      }
    },
  };
}
