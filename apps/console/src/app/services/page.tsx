import type { Metadata } from "next";
import { ServicesPage } from "../../features/services/index.ts";

export const metadata: Metadata = { title: "Services" };

export default function Services() {
  return <ServicesPage />;
}
