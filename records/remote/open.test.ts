import { execFile } from 'node:child_process';
import { webcrypto } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createProxy } from 'node:http';
import { createServer, type Server } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { promisify } from 'node:util';
import 'reflect-metadata';
import * as x509 from '@peculiar/x509';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openRemoteStore } from './open.ts';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const valid = { notBefore: new Date(Date.now() - 3_600_000), notAfter: new Date(Date.now() + 3_600_000) };
x509.cryptoProvider.set(webcrypto as never);

interface Identity {
  readonly cert: string;
  readonly key: string;
}
interface Issuer {
  readonly certificate: x509.X509Certificate;
  readonly keys: webcrypto.CryptoKeyPair;
}
const newKeys = () => webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']) as Promise<webcrypto.CryptoKeyPair>;

async function authority(name: string): Promise<Issuer> {
  const keys = await newKeys();
  const extensions = [new x509.BasicConstraintsExtension(true, 1, true), new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true)];
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: `CN=${name}`,
    keys,
    signingAlgorithm: algorithm,
    extensions,
    ...valid,
  });
  return { certificate, keys };
}
async function issued(by: Issuer, name: string): Promise<Identity> {
  const keys = await newKeys();
  const certificate = await x509.X509CertificateGenerator.create({
    subject: `CN=${name}`,
    issuer: by.certificate.subject,
    publicKey: keys.publicKey,
    signingKey: by.keys.privateKey,
    signingAlgorithm: algorithm,
    extensions: [
      new x509.SubjectAlternativeNameExtension([
        { type: 'dns', value: 'localhost' },
        { type: 'dns', value: 'fhir.hospital.example' },
      ]),
    ],
    ...valid,
  });
  const key = x509.PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY');
  return { cert: certificate.toString('pem'), key };
}

describe('a server that asks for a client certificate', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rounds-tls-'));
  const seen: string[] = [];
  let server: Server;
  let baseUrl: string;
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  let files: Readonly<
    Record<'ca' | 'cert' | 'key' | 'strangerCert' | 'strangerKey' | 'otherCa' | 'garbage' | 'half' | 'caAndHalf', string>
  >;

  beforeAll(async () => {
    const [hospital, elsewhere] = [await authority('Hospital'), await authority('Elsewhere')];
    const [own, rounds, stranger] = [await issued(hospital, 'fhir'), await issued(hospital, 'rounds'), await issued(elsewhere, 'stranger')];
    files = {
      ca: file('ca.pem', hospital.certificate.toString('pem')),
      otherCa: file('other-ca.pem', elsewhere.certificate.toString('pem')),
      cert: file('cert.pem', rounds.cert),
      key: file('key.pem', rounds.key),
      strangerCert: file('stranger.pem', stranger.cert),
      strangerKey: file('stranger-key.pem', stranger.key),
      garbage: file('garbage.pem', 'hello'),
      half: file('half.pem', `-----BEGIN CERTIFICATE-----\n${rounds.cert.split('\n')[1]}\n-----END CERTIFICATE-----\n`),
      caAndHalf: file('two.pem', `${hospital.certificate.toString('pem')}\n-----BEGIN CERTIFICATE-----\nTUlJ\n-----END CERTIFICATE-----\n`),
    };
    server = createServer(
      { cert: own.cert, key: own.key, ca: hospital.certificate.toString('pem'), requestCert: true, rejectUnauthorized: true },
      (request, response) => {
        seen.push(String((request.socket as TLSSocket).getPeerCertificate().subject?.CN));
        response.writeHead(200, { 'content-type': 'application/fhir+json' }).end('{"resourceType":"Patient","id":"p1"}');
      },
    );
    await new Promise<void>((done) => server.listen(0, 'localhost', done));
    baseUrl = `https://localhost:${(server.address() as AddressInfo).port}/`;
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
    rmSync(folder, { recursive: true });
  });

  async function ask(tls: { certFile?: string; keyFile?: string; caFile?: string }): Promise<string> {
    const { store, close } = openRemoteStore(
      { baseUrl, tls, timeoutMs: 2_000, readMs: 5_000, parallel: 2, cacheMs: 0 },
      { clock: () => new Date() },
    );
    try {
      return (await store.patients({ named: 'Patient/p1' })).map(({ id }) => id).join();
    } catch (error) {
      return `${(error as { code?: string }).code}: ${(error as Error).message}`;
    } finally {
      await close();
    }
  }

  test('is shown the one of the settings', async () => {
    expect(await ask({ certFile: files.cert, keyFile: files.key, caFile: files.ca })).toBe('p1');
    expect(seen).toEqual(['rounds']);
  });
  test.each([
    ['none', {}],
    ['one that another authority signed', { certFile: 'strangerCert', keyFile: 'strangerKey' }],
  ] as const)('turns %s away', async (_, given) => {
    const tls = Object.fromEntries(Object.entries(given).map(([name, which]) => [name, files[which as keyof typeof files]]));
    const before = seen.length;
    expect(await ask({ ...tls, caFile: files.ca })).toMatch(/^record-unavailable: /);
    expect(seen.length).toBe(before);
  });
  describe('behind a proxy', () => {
    /** A proxy that leads every way to the server of these tests, or refuses them. */
    async function through(status: number, { none, host = 'fhir.hospital.example' }: { none?: string; host?: string } = {}) {
      const asked: string[] = [];
      const proxy = createProxy().on('connect', ({ url, headers }, socket) => {
        asked.push(`${url} ${headers['proxy-authorization'] ?? ''}`);
        if (status !== 200) return socket.end(`HTTP/1.1 ${status} No\r\n\r\n`);
        const there = connect(Number(new URL(baseUrl).port), 'localhost', () => {
          socket.write('HTTP/1.1 200 OK\r\n\r\n');
          there.pipe(socket).pipe(there);
        });
        socket.on('error', () => there.destroy());
      });
      await new Promise<void>((done) => proxy.listen(0, '127.0.0.1', done));
      const { store, close } = openRemoteStore(
        {
          baseUrl: `https://${host}/`,
          proxies: { https: `http://rounds:hush@127.0.0.1:${(proxy.address() as AddressInfo).port}`, ...(none ? { none } : {}) },
          tls: { certFile: files.cert, keyFile: files.key, caFile: files.ca },
          timeoutMs: 1_000,
          readMs: 1_500,
          parallel: 2,
          cacheMs: 0,
        },
        { clock: () => new Date() },
      );
      const told = await store.read('Patient', 'p1', { signal: AbortSignal.timeout(3_000) }).then(
        ({ id }) => id,
        (error: Error) => error.message,
      );
      await close();
      proxy.closeAllConnections();
      await new Promise((done) => proxy.close(done));
      return { told, asked };
    }
    const signedIn = `Basic ${Buffer.from('rounds:hush').toString('base64')}`;

    test('is shown the certificate, and its own is held to the authorities of the settings', async () => {
      const before = seen.length;
      const { told, asked } = await through(200);
      expect([told, seen.slice(before)]).toEqual(['p1', ['rounds']]);
      expect(asked).toEqual([`fhir.hospital.example:443 ${signedIn}`]);
    });
    test('that refuses, the proxy is named, without what it is signed in with', async () => {
      const { told } = await through(407);
      expect(told).toMatch(
        /^The FHIR server at https:\/\/fhir\.hospital\.example by way of the proxy 127\.0\.0\.1:\d+ cannot be reached: /,
      );
      expect(told).toMatch(/the proxy refuses the way there \(407\)\.$/);
      expect(told).not.toMatch(/hush/);
    });
    test.each([
      ['a host that is reached without', { none: '.hospital.example' }],
      ['this machine', { host: '127.0.0.1:9' }],
    ])('that is %s the proxy does not hear of', async (_, given) => {
      expect((await through(200, given)).asked).toEqual([]);
    });
  });

  test('is not trusted where its authority is not named', async () => {
    expect(await ask({ certFile: files.cert, keyFile: files.key, caFile: files.otherCa })).toMatch(/^record-unavailable: .*certificate/);
  });

  test.each<[string, { certFile?: string; keyFile?: string; caFile?: string }, RegExp]>([
    [
      'a key of another certificate',
      { certFile: 'cert', keyFile: 'strangerKey', caFile: 'ca' },
      /FHIR_CERT_KEY_FILE: expected the private key of/,
    ],
    ['a certificate that is none', { certFile: 'garbage', keyFile: 'key' }, /FHIR_CERT_FILE: expected a file with certificates/],
    ['half a certificate', { certFile: 'half', keyFile: 'key' }, /FHIR_CERT_FILE: expected certificates that can be read/],
    ['a key that is none', { certFile: 'cert', keyFile: 'garbage' }, /FHIR_CERT_KEY_FILE: expected a private key/],
    ['authorities that are none', { caFile: 'garbage' }, /FHIR_CA_FILE: expected a file with certificates/],
    [
      'one authority of two that is none',
      { caFile: 'caAndHalf' },
      /FHIR_CA_FILE: expected certificates that can be read, as PEM; number 2/,
    ],
  ])('is not asked at all with %s: the setting is at fault, and its content is not told', async (_, given, expected) => {
    const before = seen.length;
    const tls = Object.fromEntries(Object.entries(given).map(([name, which]) => [name, files[which as keyof typeof files]]));
    let told = 'opened';
    try {
      openRemoteStore({ baseUrl, tls, timeoutMs: 2_000, readMs: 5_000, parallel: 2, cacheMs: 0 }, { clock: () => new Date() });
    } catch (error) {
      told = `${(error as { code?: string }).code}: ${(error as Error).message}`;
    }
    expect(told).toMatch(/^bad-setting: /);
    expect(told).toMatch(expected);
    expect(told).not.toMatch(/BEGIN|hello|MII/);
    expect(seen.length).toBe(before);
  });

  test('is trusted beside the authorities that are trusted anyway', async () => {
    const program = `
      const { readCertificates } = await import(${JSON.stringify(new URL('certificates.ts', import.meta.url).href)});
      const { readFileSync } = await import('node:fs');
      const { connect } = await import('node:tls');
      const [ca, port] = process.argv.slice(-2);
      const socket = connect({ host: 'localhost', servername: 'localhost', port, secureContext: readCertificates({ ca: readFileSync(ca, 'utf8') }) });
      socket.on('secureConnect', () => (console.log(socket.authorized), process.exit())).on('error', (e) => (console.log(e.code), process.exit()));`;
    const trusts = async (extra: string | undefined) => {
      const { stdout } = await promisify(execFile)(
        process.execPath,
        ['--import', 'tsx', '--input-type=module', '--eval', program, files.otherCa, new URL(baseUrl).port],
        { env: { ...process.env, ...(extra ? { NODE_EXTRA_CA_CERTS: extra } : {}) } },
      );
      return stdout.trim();
    };
    // The server's own authority is one of the process's; FHIR_CA_FILE names another.
    expect(await trusts(files.ca)).toBe('true');
    expect(await trusts(undefined)).toMatch(/^(?:UNABLE_TO_VERIFY_LEAF_SIGNATURE|SELF_SIGNED_CERT_IN_CHAIN)$/);
  }, 20_000);
});
