import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as tls from 'node:tls';

/** The contents of the certificate settings, as PEM. */
export interface CertificateTexts {
  readonly cert?: string;
  readonly key?: string;
  readonly ca?: string;
}

/** A setting that cannot be used: which, and what was expected of it; never what it holds. */
export class CertificateFault extends Error {
  readonly of: keyof CertificateTexts;

  constructor(of: keyof CertificateTexts, expected: string) {
    super(expected);
    this.of = of;
  }
}

/**
 * What connections are secured with: a client certificate, and further authorities beside those that are trusted anyway. Made once: reading
 * all authorities anew for each connection takes long.
 * @returns undefined where nothing is set
 * @throws CertificateFault
 */
export function readCertificates({ cert, key, ca }: CertificateTexts): tls.SecureContext | undefined {
  if (cert === undefined && key === undefined && ca === undefined) return undefined;
  const own = cert === undefined ? [] : certificatesIn('cert', cert);
  if (key !== undefined) {
    let privateKey: ReturnType<typeof createPrivateKey>;
    try {
      privateKey = createPrivateKey(key);
    } catch {
      throw new CertificateFault('key', 'a private key without a password, as PEM');
    }
    if (own[0] && !own[0].checkPrivateKey(privateKey))
      throw new CertificateFault('key', 'the private key of the first certificate of FHIR_CERT_FILE');
  }
  const further = ca === undefined ? [] : certificatesIn('ca', ca).map(String);
  try {
    return tls.createSecureContext({
      ...(cert === undefined ? {} : { cert }),
      ...(key === undefined ? {} : { key }),
      // Naming any replaces them all.
      ...(ca === undefined ? {} : { ca: [...trustedAnyway(), ...further] }),
    });
  } catch {
    throw new CertificateFault(cert === undefined ? 'ca' : 'cert', 'certificates that can be used');
  }
}

function certificatesIn(of: keyof CertificateTexts, text: string): readonly X509Certificate[] {
  const blocks = text.match(/-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----[\s\S]*?-----END (?:X509 |TRUSTED )?CERTIFICATE-----/g) ?? [];
  if (blocks.length === 0) throw new CertificateFault(of, 'a file with certificates, as PEM');
  return blocks.map((block, i) => {
    try {
      return new X509Certificate(block);
    } catch {
      throw new CertificateFault(of, `certificates that can be read, as PEM; number ${i + 1} cannot`);
    }
  });
}

/** Whom Node trusts of itself, and by its own variable; newer ones tell both. */
function trustedAnyway(): readonly string[] {
  const { getCACertificates } = tls as { readonly getCACertificates?: (kind: 'default') => readonly string[] };
  if (getCACertificates) return getCACertificates('default');
  const extra = process.env.NODE_EXTRA_CA_CERTS;
  try {
    return [...tls.rootCertificates, ...(extra ? [readFileSync(extra, 'utf8')] : [])];
  } catch {
    return tls.rootCertificates; // Node itself warns of a file that it cannot read, and goes on without
  }
}
