/** The namespaces that every page looks at. Enter by `useScope`; links take it along by `useLink` of the frame. */
export { NothingInScope } from "./components/nothing-in-scope.tsx";
export { ScopeControl } from "./components/scope-control.tsx";
export { useScope } from "./hooks/use-scope.ts";
export { useScopedView } from "./hooks/use-scoped-view.ts";
export { withScope } from "./view-model/scope.ts";
