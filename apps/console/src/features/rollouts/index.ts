/**
 * Rollouts: a version that takes over from another by itself, as the evidence lets it. Pages enter by `RolloutsPage`,
 * `NewRolloutPage` and `RolloutPage`; what is drawn and said is worked out in `view-model/`, which knows no React.
 */
export { NewRolloutPage } from "./components/new-rollout-page.tsx";
export { RolloutPage } from "./components/rollout-page.tsx";
export { RolloutsPage } from "./components/rollouts-page.tsx";
