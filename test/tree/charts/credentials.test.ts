import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ChartCache } from '../../../lib/tree/charts/cache';
import { credentialsOf } from '../../../lib/tree/charts/credentials';
import { makeOpener } from '../../../lib/tree/charts/open';
import { put, temporaryFolder } from '../folder';
import { startRegistry } from './registry';

const base64 = (text: string) => Buffer.from(text).toString('base64');
const auths = (entries: object) => JSON.stringify({ auths: entries });

/** What Helm and Docker have in a home of the test's own. */
function home(files: Record<string, string>, env: NodeJS.ProcessEnv = {}) {
  const folder = temporaryFolder();
  put(folder, files);
  const own = { XDG_CONFIG_HOME: join(folder, 'config'), DOCKER_CONFIG: join(folder, 'docker'), ...env };
  return { folder, credentials: credentialsOf(own, 'linux') };
}

describe('the login of a registry', () => {
  test('is what `helm registry login` has kept, before what Docker has', async () => {
    const { credentials } = home({
      'config/helm/registry/config.json': auths({ 'ghcr.io': { auth: base64('helm:one:two') } }),
      'docker/config.json': auths({
        'ghcr.io': { auth: base64('docker:x') },
        'quay.io': { username: 'me', password: 'p' },
      }),
    });
    expect(await credentials.registry('ghcr.io')).toEqual({ username: 'helm', password: 'one:two' });
    expect(await credentials.registry('quay.io')).toEqual({ username: 'me', password: 'p' });
    expect(await credentials.registry('ghcr.io.evil.example')).toBeUndefined();
  });

  test('of Docker Hub has the name that it once had', async () => {
    const hub = { 'https://index.docker.io/v1/': { auth: base64('me:p') } };
    const { credentials } = home({ 'docker/config.json': auths(hub) });
    expect(await credentials.registry('registry-1.docker.io')).toEqual({ username: 'me', password: 'p' });
    expect(await credentials.registry('docker.io')).toEqual({ username: 'me', password: 'p' });
  });

  test('may stand under an address', async () => {
    const { credentials } = home({
      'docker/config.json': auths({ 'https://example.org/v2/': { auth: base64('me:p') } }),
    });
    expect(await credentials.registry('example.org')).toEqual({ username: 'me', password: 'p' });
  });

  test('may be a token', async () => {
    const entry = { 'example.org': { auth: base64('00000000-0000-0000-0000-000000000000:'), identitytoken: 'token' } };
    const { credentials } = home({ 'docker/config.json': auths(entry) });
    expect(await credentials.registry('example.org')).toMatchObject({ refreshToken: 'token' });
  });

  test('is nobody where there is no file, or one that is damaged', async () => {
    const { credentials } = home({ 'docker/config.json': '{', 'config/helm/registry/config.json': '[]' });
    expect(await credentials.registry('ghcr.io')).toBeUndefined();
    expect(credentials.repository('https://charts.example.org')).toEqual({ everywhere: false });
  });

  (process.platform === 'win32' ? test.skip : test)(
    'is asked of the program that the configuration names',
    async () => {
      const bin = temporaryFolder();
      const config = { credHelpers: { 'example.org': 'of-a-test' }, auths: { 'other.org': {} } };
      const { credentials } = home(
        { 'docker/config.json': JSON.stringify(config) },
        { PATH: `${bin}:${process.env.PATH}` },
      );
      const program = join(bin, 'docker-credential-of-a-test');
      writeFileSync(
        program,
        '#!/bin/sh\nread -r host\necho "{\\"Username\\":\\"$1\\",\\"Secret\\":\\"for $host\\"}"\n',
      );
      chmodSync(program, 0o755);
      expect(await credentials.registry('example.org')).toEqual({ username: 'get', password: 'for example.org' });
      expect(await credentials.registry('other.org')).toBeUndefined();
    },
  );

  test('is nobody where the program is not there', async () => {
    const { credentials } = home({ 'docker/config.json': '{"credsStore":"that-is-not-there"}' });
    expect(await credentials.registry('example.org')).toBeUndefined();
    const evil = home({ 'docker/config.json': '{"credsStore":"../../evil"}' });
    expect(await evil.credentials.registry('example.org')).toBeUndefined();
  });
});

test('the login of a repository is what `helm repo add` has kept', () => {
  const { credentials } = home({
    'config/helm/repositories.yaml': `apiVersion: ""
repositories:
- name: mine
  url: https://charts.example.org/stable/
  username: me
  password: p
- name: all
  url: https://all.example.org
  username: me
  password: p
  pass_credentials_all: true
`,
  });
  const login = { username: 'me', password: 'p' };
  expect(credentials.repository('https://charts.example.org/stable')).toEqual({ login, everywhere: false });
  expect(credentials.repository('https://all.example.org/')).toEqual({ login, everywhere: true });
  expect(credentials.repository('https://charts.example.org/other')).toEqual({ everywhere: false });
});

test('its places are those of Helm', async () => {
  const folder = temporaryFolder();
  put(folder, {
    'here/config.json': auths({ 'example.org': { auth: base64('registry:p') } }),
    'here/repositories.yaml': 'repositories: [{url: "https://example.org", username: me, password: p}]\n',
    'Library/Preferences/helm/registry/config.json': auths({ 'example.org': { auth: base64('mac:p') } }),
  });
  const named = credentialsOf({
    HELM_REGISTRY_CONFIG: join(folder, 'here', 'config.json'),
    HELM_REPOSITORY_CONFIG: join(folder, 'here', 'repositories.yaml'),
  });
  expect(await named.registry('example.org')).toMatchObject({ username: 'registry' });
  expect(named.repository('https://example.org')).toMatchObject({ login: { username: 'me' } });
  const helm = credentialsOf({
    HELM_CONFIG_HOME: join(folder, 'Library', 'Preferences', 'helm'),
    DOCKER_CONFIG: folder,
  });
  expect(await helm.registry('example.org')).toMatchObject({ username: 'mac' });
});

test('a registry that wants a login gives the chart to who has one', async () => {
  const login = { username: 'reader', password: 'hidden' };
  const chart = { 'Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n' };
  const registry = await startRegistry({ charts: [chart], login });
  try {
    const { folder, credentials } = home({
      'docker/config.json': auths({ [registry.host]: { auth: base64('reader:hidden') } }),
      'config/helm/repositories.yaml': `repositories:\n- {url: "${registry.url}", username: reader, password: hidden}\n`,
    });
    const cache = new ChartCache(join(folder, 'cache'));
    const opener = makeOpener({ hosts: [registry.host], offline: false, cache, credentials });
    expect(await opener.open({ type: 'oci', url: `${registry.oci}/web`, semver: '*' })).toMatchObject({ name: 'web' });
    expect(await opener.open({ type: 'repository', url: registry.url, name: 'web', version: '*' })).toMatchObject({
      name: 'web',
    });
  } finally {
    await registry.close();
  }
});
