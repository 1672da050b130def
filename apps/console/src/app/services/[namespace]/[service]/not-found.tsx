import type { Metadata } from "next";
import { UnknownService } from "../../../../features/services/index.ts";

export const metadata: Metadata = { title: "No such service" };

export default function NotFound() {
  return <UnknownService />;
}
