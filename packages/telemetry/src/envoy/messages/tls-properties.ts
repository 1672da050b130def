import { field, optional, repeated } from "../../otlp/schema/field.ts";
import { message } from "../../otlp/schema/message.ts";
import { string } from "../../otlp/schema/scalars.ts";

/** envoy.data.accesslog.v3.TLSProperties.CertificateProperties.SubjectAltName; one of the two is set. */
export interface SubjectAltName {
  readonly uri: string;
  readonly dns: string;
}

const SubjectAltName = message<SubjectAltName>({ uri: field(1, string), dns: field(2, string) });

/** envoy.data.accesslog.v3.TLSProperties.CertificateProperties */
export interface CertificateProperties {
  readonly subjectAltName: readonly SubjectAltName[];
}

const CertificateProperties = message<CertificateProperties>({
  subjectAltName: repeated(1, SubjectAltName),
});

/** envoy.data.accesslog.v3.TLSProperties of the connection from downstream. */
export interface TlsProperties {
  readonly peerCertificateProperties: CertificateProperties | undefined;
}

export const TlsProperties = message<TlsProperties>({
  peerCertificateProperties: optional(5, CertificateProperties),
});
