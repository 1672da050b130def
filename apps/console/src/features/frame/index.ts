/** What stands around every page: rail, top bar, keys, palette; and what stands in the place of one that is not there. Enter by `Frame`. */
export { Frame } from "./frame.tsx";
export { NoSuchPage } from "./no-such-page.tsx";
export { NoSuchService } from "./no-such-service.tsx";
export { canaryPath, newRolloutPath, rolloutPath, tracesPath } from "./service-path.ts";
export { isTyping } from "./shortcuts.tsx";
export { useLink } from "./use-link.ts";
