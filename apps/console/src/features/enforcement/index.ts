/**
 * From observe to enforce, guided: what would happen, what has to be agreed to, the guard, and what it sees. Enter by
 * `EnforcePage`, at the address that `view-model/enforce-path.ts` gives for a switch, which is in many pages and small.
 */
export { EnforcePage } from "./components/enforce-page.tsx";
export { EnforcementPage } from "./components/enforcement-page.tsx";
export { EnforcementsPage } from "./components/enforcements-page.tsx";
