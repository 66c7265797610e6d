/** What went wrong below HTTP, in words for whoever sets Rounds up. */

export const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');

/** What no repeat can mend. */
const LASTING: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'its certificate has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is signed by nobody who is trusted (FHIR_CA_FILE names further authorities)',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is signed by nobody who is trusted (FHIR_CA_FILE names further authorities)',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate is signed by nobody who is trusted (FHIR_CA_FILE names further authorities)',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is signed by nobody who is trusted (FHIR_CA_FILE names further authorities)',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
  // What answers speaks no TLS at all.
  ERR_SSL_WRONG_VERSION_NUMBER: 'it does not speak https at that port',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'it does not speak https at that port',
};
/** Alerts by which a server refuses the connection itself (RFC 8446, 6.2). */
const ALERTS: Readonly<Record<string, string>> = {
  CERTIFICATE_REQUIRED: 'it asks for a client certificate (FHIR_CERT_FILE)',
  NO_CERTIFICATE: 'it asks for a client certificate (FHIR_CERT_FILE)',
  CERTIFICATE_EXPIRED: 'it takes the client certificate for one that has expired (FHIR_CERT_FILE)',
  CERTIFICATE_REVOKED: 'it takes the client certificate for one that was revoked (FHIR_CERT_FILE)',
  BAD_CERTIFICATE: 'it does not accept the client certificate (FHIR_CERT_FILE)',
  UNSUPPORTED_CERTIFICATE: 'it does not accept the client certificate (FHIR_CERT_FILE)',
  CERTIFICATE_UNKNOWN: 'it does not accept the client certificate (FHIR_CERT_FILE)',
  UNKNOWN_CA: 'it does not accept the client certificate (FHIR_CERT_FILE)',
  DECRYPT_ERROR: 'it does not accept the client certificate (FHIR_CERT_FILE)',
  ACCESS_DENIED: 'it does not let the client certificate in (FHIR_CERT_FILE)',
  // Before TLS 1.3 this is what is said where a certificate is missing as well.
  HANDSHAKE_FAILURE: 'it refuses the secured connection: it may ask for a client certificate (FHIR_CERT_FILE)',
  PROTOCOL_VERSION: 'it speaks no version of TLS that Rounds does',
  INSUFFICIENT_SECURITY: 'it asks for ciphers that Rounds does not speak',
  UNRECOGNIZED_NAME: 'it knows no server of that name',
};
/** Why no repeat can mend what went wrong below HTTP; undefined where one may. */
export const lastingOf = (error: unknown): string | undefined =>
  LASTING[codeOf(error)] ?? ALERTS[/^ERR_SSL_(?:SSLV3|TLSV1|TLSV11|TLSV13)_(?:ALERT_)?(\w+)$/.exec(codeOf(error))?.[1] ?? ''];
const MAY_PASS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'its name is not known',
  EAI_AGAIN: 'its name cannot be looked up',
  ECONNRESET: 'it closed the connection',
  UND_ERR_SOCKET: 'it closed the connection',
};

/** What has come to pass that may not be so the next time. */
export const passingOf = (error: unknown): string | undefined => MAY_PASS[codeOf(error)];
