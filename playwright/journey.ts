import { test as base, expect } from "@playwright/test";

/** React's own words for a page that was drawn twice or gave up, and the numbers that stand for them in a production build. */
const ofReact =
  /hydrat|did ?n.t match|Maximum update depth|Minified React error|reactjs\.org|react\.dev\/errors/i;

/**
 * Every journey proves besides what it is for that no page of it threw: an error that nobody catches is none that a
 * user sees at once, but what it was to do is left undone.
 */
export const test = base.extend<{ faultless: undefined }>({
  faultless: [
    async ({ context }, use) => {
      const faults: string[] = [];
      context.on("weberror", (thrown) => faults.push(`${thrown.page()?.url()}: ${thrown.error().message}`));
      context.on("console", (message) => {
        if (message.type() === "error" && ofReact.test(message.text()))
          faults.push(`${message.location().url}: ${message.text()}`);
      });
      await use(undefined);
      expect(faults, "no page of the journey threw").toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };
