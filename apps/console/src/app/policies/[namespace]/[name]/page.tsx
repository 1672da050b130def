import type { Metadata } from "next";
import { PolicyPage } from "../../../../features/policies/index.ts";

interface Props {
  readonly params: Promise<{ namespace: string; name: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: decodeURIComponent((await params).name) };
}

export default async function Page({ params }: Props) {
  const { namespace, name } = await params;
  return <PolicyPage namespace={decodeURIComponent(namespace)} name={decodeURIComponent(name)} />;
}
