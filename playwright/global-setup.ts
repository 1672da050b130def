import { dataDirVariable, startWhole } from "./whole-start.ts";

/**
 * Starts Weir once for all journeys; what it returns takes everything down again. With WEIR_JOURNEY_DATA_DIR set,
 * the start that is running on that directory, on the journeys' port, is used and left alone.
 */
export default async function globalSetup(): Promise<() => Promise<void>> {
  if (process.env[dataDirVariable]) return async () => undefined;
  const whole = await startWhole();
  process.env[dataDirVariable] = whole.dataDir;
  return () => whole.stop();
}
