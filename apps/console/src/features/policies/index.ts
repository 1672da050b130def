/** Policies of every kind: the list, and one as YAML with what is wrong in it, its history and the way back. */
export { NewPolicyPage } from "./components/new-policy-page.tsx";
export { PoliciesPage } from "./components/policies-page.tsx";
export { PolicyPage } from "./components/policy-page.tsx";
