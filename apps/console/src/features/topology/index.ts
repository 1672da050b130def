/**
 * The map of services, its list, and the panels for what is selected. Enter by `TopologyPage`; the signs of health,
 * golden signals and versions are for other pages too.
 */
export { GoldenSignals } from "./components/golden-signals.tsx";
export { HealthGlyph, healthText } from "./components/health-glyph.tsx";
export { HealthReason } from "./components/health-reason.tsx";
export { TopologyPage } from "./components/topology-page.tsx";
export { VersionShares } from "./components/version-shares.tsx";
export { VersionTable } from "./components/version-table.tsx";
export { healthWords } from "./view-model/describe.ts";
