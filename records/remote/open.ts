import { readFileSync } from 'node:fs';
import type { FhirSettings } from '../../config.ts';
import { AppError } from '../../errors.ts';
import { CHART_TYPES } from '../chart/chart.ts';
import type { RecordStore } from '../contract.ts';
import { createRemoteStore } from '../remote.ts';
import { type Authorization, createSmartBackend, isSafeForSecrets, noAuthorization, readSigningKey } from './authorization.ts';
import { bearerToken, tokenFileAt } from './bearer.ts';
import { CertificateFault, type CertificateTexts, readCertificates } from './certificates.ts';
import { createWire, type Wire } from './wire.ts';

/**
 * The store of a FHIR server as it is configured. Keys and tokens are read from their files here and go nowhere else.
 * @throws AppError `bad-setting` that names the setting; never with what the file holds
 */
export function openRemoteStore(
  { baseUrl, tokenFile, client, proxies, tls, timeoutMs, readMs, parallel, cacheMs }: FhirSettings,
  { clock }: { readonly clock: () => Date },
): { readonly store: RecordStore; readonly close: () => Promise<void> } {
  const url = new URL(baseUrl);
  const pem = {
    ...(tls.certFile === undefined ? {} : { cert: secret('FHIR_CERT_FILE', tls.certFile) }),
    ...(tls.keyFile === undefined ? {} : { key: secret('FHIR_CERT_KEY_FILE', tls.keyFile) }),
    ...(tls.caFile === undefined ? {} : { ca: secret('FHIR_CA_FILE', tls.caFile) }),
  };
  if ((tokenFile !== undefined || client !== undefined) && !isSafeForSecrets(url))
    throw badSetting('FHIR_BASE_URL', 'an https address: a token must not travel in the clear');
  const secureContext = secured(pem);
  const wire = createWire({ timeoutMs, parallel, ...(secureContext ? { secureContext } : {}), ...(proxies ? { proxies } : {}) });
  const authorization = authorizationOf(wire);
  return {
    store: createRemoteStore({ wire, baseUrl: url, authorization, clock, types: CHART_TYPES, maxAgeMs: cacheMs, readMs }),
    close: () => wire.close(),
  };

  function authorizationOf(wire: Wire): Authorization {
    if (tokenFile !== undefined) {
      try {
        return bearerToken(tokenFileAt(tokenFile));
      } catch (error) {
        throw badSetting('FHIR_TOKEN_FILE', (error as Error).message);
      }
    }
    if (client === undefined) return noAuthorization;
    const text = secret('FHIR_PRIVATE_KEY_FILE', client.keyFile);
    try {
      const signing = readSigningKey(text, client.keyId);
      return createSmartBackend({ wire, baseUrl: url, clientId: client.id, signing, scopes: client.scopes, clock, patienceMs: readMs / 2 });
    } catch (error) {
      throw badSetting('FHIR_PRIVATE_KEY_FILE', (error as Error).message);
    }
  }
}

const CERTIFICATE_SETTING = { cert: 'FHIR_CERT_FILE', key: 'FHIR_CERT_KEY_FILE', ca: 'FHIR_CA_FILE' } as const;

function secured(pem: CertificateTexts): ReturnType<typeof readCertificates> {
  try {
    return readCertificates(pem);
  } catch (error) {
    if (error instanceof CertificateFault) throw badSetting(CERTIFICATE_SETTING[error.of], error.message);
    throw error;
  }
}

const badSetting = (name: string, expected: string): AppError =>
  new AppError('bad-setting', `Settings that cannot be used:\n  ${name}: expected ${expected}`);

function secret(name: string, path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw badSetting(name, `a file that can be read (${(error as NodeJS.ErrnoException).code})`);
  }
}
