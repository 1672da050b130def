/**
 * What this browser keeps for the console. A browser may forbid its store, so that even the way to it throws
 * (HTML: `localStorage`, SecurityError), or take nothing more: then nothing is kept, and whoever asks is told so.
 */
export const browserStore = {
  /** Null where nothing is kept, and on a server. */
  getItem(key: string): string | null {
    try {
      return globalThis.window?.localStorage.getItem(key) ?? null;
    } catch {
      return null;
    }
  },
  /** Is it kept now? */
  setItem(key: string, text: string): boolean {
    try {
      window.localStorage.setItem(key, text);
      return true;
    } catch {
      return false;
    }
  },
};
