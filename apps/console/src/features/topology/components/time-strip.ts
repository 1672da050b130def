/** The strip alone: an `import()` of the feature's index would load all that it exports. */
export { TimeStrip } from "../../time-travel/index.ts";
