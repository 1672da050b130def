/** What stands in the place of an empty map: the first telemetry, step by step. Enter by `OnboardingPage`. */
export { OnboardingPage } from "./components/onboarding-page.tsx";
