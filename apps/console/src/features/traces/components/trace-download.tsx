import { Download } from "lucide-react";

/** The trace as files that other tools read. */
export function TraceDownload({ traceId }: { traceId: string }) {
  return (
    <span className="inline-flex items-center gap-2 self-center text-muted text-xs">
      <Download size={13} aria-hidden />
      <a href={`/traces/${traceId}/otlp`} download={`${traceId}.otlp.json`} className="hover:text-text">
        <span className="sr-only">Download as </span>OTLP
      </a>
      <a
        href={`/jaeger/api/traces/${traceId}`}
        download={`${traceId}.jaeger.json`}
        className="hover:text-text"
      >
        <span className="sr-only">Download as </span>Jaeger
      </a>
    </span>
  );
}
