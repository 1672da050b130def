import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** For `backend` and 127.0.0.1, signed by itself, valid until 2126. Made for tests: its key is no secret. */
export const testCertificate = `-----BEGIN CERTIFICATE-----
MIIBmjCCAT+gAwIBAgIUDngIBLFqtxbI+NVocYQnAt2ga9AwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJd2VpciB0ZXN0MCAXDTI2MTEyMzAwMTQzMVoYDzIxMjYxMDMw
MDAxNDMxWjAUMRIwEAYDVQQDDAl3ZWlyIHRlc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAQ0ENx6ZACS0ltwVLQluR24uMXL+mHnenfVs7PLlx3JxShwDUezAD5n
hOWvrC0Wbb0RiroXCF3Sey/9A0Y3rT7Ko20wazAdBgNVHQ4EFgQUjIO0AEg8FuvH
DAti2kEzAB3wcw0wHwYDVR0jBBgwFoAUjIO0AEg8FuvHDAti2kEzAB3wcw0wDwYD
VR0TAQH/BAUwAwEB/zAYBgNVHREEETAPggdiYWNrZW5khwR/AAABMAoGCCqGSM49
BAMCA0kAMEYCIQD0+gM+HGDjnTdluyZiupryjwPb4E5F5G2D10Wf2SYVzQIhAI4b
UFOuElNDfQIa3Qg0fbvcbJyxD+PrZtQVyY2TOavO
-----END CERTIFICATE-----
`;

export const testPrivateKey = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgVm4wUTC/4MXmZTGO
Y6scQXj4YqhEsEDQLX5Q90LilNKhRANCAAQ0ENx6ZACS0ltwVLQluR24uMXL+mHn
enfVs7PLlx3JxShwDUezAD5nhOWvrC0Wbb0RiroXCF3Sey/9A0Y3rT7K
-----END PRIVATE KEY-----
`;

/** The same as files, for as long as the test runs. */
export async function writeTestCertificate(): Promise<{ certificate: string; privateKey: string }> {
  const directory = await mkdtemp(join(tmpdir(), "weir-tls-"));
  onTestFinished(() => rm(directory, { recursive: true }));
  const files = { certificate: join(directory, "certificate.pem"), privateKey: join(directory, "key.pem") };
  await writeFile(files.certificate, testCertificate);
  await writeFile(files.privateKey, testPrivateKey);
  return files;
}
