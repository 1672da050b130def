import type { Metadata } from "next";
import { NewPolicyPage } from "../../../features/policies/index.ts";

export const metadata: Metadata = { title: "New policy" };

export default function Page() {
  return <NewPolicyPage />;
}
