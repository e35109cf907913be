import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { ChartCache } from '../../../lib/tree/charts/cache';
import { credentialsOf } from '../../../lib/tree/charts/credentials';
import { makeOpener } from '../../../lib/tree/charts/open';
import { packChart } from '../../../lib/tree/charts/pack';
import { has, run } from '../../repository';
import { put, temporaryFolder } from '../folder';

(has('openssl', ['version']) ? test : test.skip)(
  'a certificate that nobody known has signed is taken where Helm was told so',
  async () => {
    const folder = temporaryFolder();
    const args =
      'req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=IP:127.0.0.1 -keyout key.pem -out ca.pem';
    expect(run('openssl', args.split(' '), { cwd: folder }).code).toBe(0);
    const read = (name: string) => readFileSync(join(folder, name));
    const archive = packChart(
      'web',
      new Map([['Chart.yaml', Buffer.from('apiVersion: v2\nname: web\nversion: 1.0.0\n')]]),
    );
    const index = 'entries:\n  web:\n  - version: 1.0.0\n    urls: [web.tgz]\n';
    const server = createServer({ key: read('key.pem'), cert: read('ca.pem') }, ({ url }, response) =>
      response.end(url === '/web.tgz' ? archive : index),
    );
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    const open = () => {
      const credentials = credentialsOf({ HELM_CONFIG_HOME: folder, DOCKER_CONFIG: folder });
      const cache = new ChartCache(join(folder, 'cache'));
      const source = { type: 'repository', url: `https://${host}`, name: 'web', version: '1.0.0' } as const;
      return makeOpener({ hosts: [host], offline: false, cache, credentials }).open(source);
    };
    try {
      expect(await open()).toEqual({
        type: 'closed',
        why: expect.stringMatching(
          /^the chart cannot be opened: https:\/\/127\.0\.0\.1:\d+\/index\.yaml cannot be fetched: self-signed certificate$/,
        ),
        fix: 'Name who signed its certificate: NODE_EXTRA_CA_CERTS=FILE.',
      });
      put(folder, {
        'repositories.yaml': `repositories:\n- {url: "https://${host}", caFile: ${JSON.stringify(join(folder, 'ca.pem'))}}\n`,
      });
      expect(await open()).toMatchObject({ name: 'web', version: '1.0.0' });
    } finally {
      server.close();
      server.closeAllConnections();
    }
  },
);
