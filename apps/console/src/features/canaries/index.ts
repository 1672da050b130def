/**
 * Canaries: sharing a service's requests between its versions. Pages enter by `CanariesPage` and `CanaryPage`; the
 * arithmetic of weights, the sentence and the checks are pure and live in `view-model/`.
 */
export { CanariesPage } from "./components/canaries-page.tsx";
export { CanaryPage } from "./components/canary-page.tsx";
export { ShareChart } from "./components/share-chart.tsx";
export { UnknownCanary } from "./components/unknown-canary.tsx";
export { versionHues } from "./view-model/version-hue.ts";
