/**
 * Observe, enforce and hold: their signs, and the switches that say what they will change and ask, or lead to where enforcing
 * is guided (features/enforcement). Enter by
 * `ServiceModeSwitch` for one service; `MeshModeBadge` stands in the frame.
 */
export { MeshModeBadge } from "./components/mesh-mode-badge.tsx";
export { ModeSign, modeIcons } from "./components/mode-sign.tsx";
export { PolicyModeSwitch } from "./components/policy-mode-switch.tsx";
export { ServiceModeSwitch } from "./components/service-mode-switch.tsx";
