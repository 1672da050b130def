/**
 * The part of this package that pages run in a browser: pure functions and constants, no schema. A page imports
 * this entry and the index's types, because zod would be a tenth of what every page has to load.
 */
export * from "./author/own-author.ts";
export * from "./duration/read-duration.ts";
export * from "./notification/notification-topic.ts";
export * from "./notification/why-of.ts";
export * from "./policy/match-words.ts";
export * from "./policy/validate-policy.ts";
export * from "./service/compare-versions.ts";
export * from "./service/service-id.ts";
export * from "./service/service-path.ts";
export { formatPath } from "./validation-error.ts";
export * from "./window/window.ts";
