import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { fault } from './odd-server.fixture.ts';
import { createWire, type Wire } from './wire.ts';

let server: Server;
let wire: Wire;
afterEach(async () => {
  await wire.close();
  await new Promise((done) => server.close(done));
});

/** A server that answers the first word of a secured connection with this alert (RFC 8446, 6): what is said of it, and how often it was tried. */
async function alerting(alert: number) {
  let tries = 0;
  server = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => {
      tries++;
      socket.end(Buffer.from([0x15, 0x03, 0x03, 0x00, 0x02, 0x02, alert]));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  wire = createWire({ pauseMs: 1, retries: 2, random: () => 0 });
  const said = await fault(
    wire.send({ method: 'GET', url: new URL(`https://127.0.0.1:${(server.address() as AddressInfo).port}/r4/metadata`) }),
  );
  return { said, tries };
}

test.each([
  ['bad_certificate', 42, /does not accept the client certificate \(FHIR_CERT_FILE\)/],
  ['unsupported_certificate', 43, /does not accept the client certificate/],
  ['certificate_revoked', 44, /client certificate for one that was revoked/],
  ['certificate_expired', 45, /client certificate for one that has expired/],
  ['certificate_unknown', 46, /does not accept the client certificate/],
  ['unknown_ca', 48, /does not accept the client certificate/],
  ['access_denied', 49, /does not let the client certificate in/],
  ['decrypt_error', 51, /does not accept the client certificate/],
  ['handshake_failure', 40, /may ask for a client certificate/],
  ['protocol_version', 70, /no version of TLS/],
  ['unrecognized_name', 112, /no server of that name/],
  ['certificate_required', 116, /asks for a client certificate/],
])('the alert %s is told in words, and not asked for again', async (_, alert, expected) => {
  const { said, tries } = await alerting(alert);
  expect(said).toMatch(/^record-unavailable: The FHIR server at .+ cannot be reached: it /);
  expect(said).toMatch(expected);
  expect(tries).toBe(1);
});

test('a fault within the server may pass', async () => {
  expect((await alerting(80)).tries).toBe(3);
});
