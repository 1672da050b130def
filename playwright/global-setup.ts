import { startWhole } from "./whole-start.ts";

/** Starts Weir once for all journeys; what it returns takes everything down again. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  const whole = await startWhole();
  return () => whole.stop();
}
