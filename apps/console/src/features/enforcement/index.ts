/**
 * From observe to enforce, guided: what would happen, what has to be agreed to, the guard, and what it sees. Enter by
 * `EnforcePage`, at the address that `enforcePath` gives for a switch.
 */
export { EnforcePage } from "./components/enforce-page.tsx";
export { EnforcementPage } from "./components/enforcement-page.tsx";
export { EnforcementsPage } from "./components/enforcements-page.tsx";
export { enforcePath } from "./view-model/enforce-path.ts";
