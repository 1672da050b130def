import type { Metadata } from "next";
import { EnforcePage } from "../../../features/enforcement/index.ts";

export const metadata: Metadata = { title: "Enforce" };

export default function Page() {
  return <EnforcePage />;
}
