/** Observe, enforce and hold: signs, and switches that say what they will change. */
export { MeshModeBadge } from "./components/mesh-mode-badge.tsx";
export { ModeSign } from "./components/mode-sign.tsx";
