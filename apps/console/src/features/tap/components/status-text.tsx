import { CircleCheck, CircleDashed, CircleX, TriangleAlert } from "lucide-react";

/** A status in colour and shape: answered, the caller's fault, failed, no answer. */
export function StatusText({ status, flag }: { readonly status: number; readonly flag: string }) {
  const [Icon, tone] = looksOf(status);
  return (
    <span className={`inline-flex items-center gap-1.5 ${tone}`}>
      <Icon size={13} aria-hidden />
      <span>{status === 0 ? "none" : status}</span>
      {flag !== "" && <span className="rounded-sm bg-hover px-1 text-[0.6875rem]">{flag}</span>}
    </span>
  );
}

function looksOf(status: number) {
  if (status === 0) return [CircleDashed, "text-failing"] as const;
  if (status >= 500) return [CircleX, "text-failing"] as const;
  if (status >= 400) return [TriangleAlert, "text-degraded"] as const;
  return [CircleCheck, "text-ok"] as const;
}
