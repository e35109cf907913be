import type { JsonObject } from '../../../lib/json/json';
import { faultsOf } from '../../../lib/systems/flux/fails';

const groups: Readonly<Record<string, string>> = {
  GitRepository: 'source.toolkit.fluxcd.io',
  HelmRepository: 'source.toolkit.fluxcd.io',
  OCIRepository: 'source.toolkit.fluxcd.io',
  ImageRepository: 'image.toolkit.fluxcd.io',
  ImagePolicy: 'image.toolkit.fluxcd.io',
  ImageUpdateAutomation: 'image.toolkit.fluxcd.io',
  Provider: 'notification.toolkit.fluxcd.io',
  ResourceSetInputProvider: 'fluxcd.controlplane.io',
  FluxInstance: 'fluxcd.controlplane.io',
};

const range = (text: string): JsonObject => ({ policy: { semver: { range: text } } });

/** The field at fault, or undefined. The ranges were put to github.com/Masterminds/semver 3.5. */
test.each<[string, JsonObject, string | undefined]>([
  ['GitRepository', { url: 'ssh://git@example.org/a/b' }, undefined],
  ['GitRepository', { url: 'https://example.org/a', provider: 'github' }, 'secretRef'],
  ['GitRepository', { ref: { branch: 'main' }, verify: { mode: 'Tag' } }, 'verify.mode'],
  ['GitRepository', { ref: { tag: 'v1' }, verify: { mode: 'TagAndHEAD' } }, undefined],
  ['HelmRepository', { url: 'https://charts.example.org', type: 'oci' }, 'url'],
  ['HelmRepository', { url: 'https://charts.example.org' }, undefined],
  // What source-controller 1.9.1 said of each.
  ['OCIRepository', { url: 'oci://localhost:5000/fleet' }, undefined],
  ['OCIRepository', { url: 'oci://ghcr.io/a/b' }, undefined],
  ['OCIRepository', { url: 'oci://localhost/fleet' }, undefined],
  ['OCIRepository', { url: 'oci://localhost:5000/t' }, 'url'],
  ['OCIRepository', { url: 'oci://localhost:5000' }, 'url'],
  ['OCIRepository', { url: 'oci://localhost:5000/Fleet' }, 'url'],
  ['OCIRepository', { url: 'oci://localhost:5000/fleet:latest' }, 'url'],
  ['OCIRepository', { url: 'oci://localhost:5000/fl@x' }, 'url'],
  ['ImageRepository', { image: 'https://ghcr.io/a/b' }, 'image'],
  ['ImageRepository', { image: 'registry:5000/a/b' }, undefined],
  ['ImagePolicy', range('>=1.0.0, <2 || 3.x'), undefined],
  ['ImagePolicy', range('1.2 - 1.4.5, !=1.3.0'), undefined],
  ['ImagePolicy', range('latest'), 'policy.semver.range'],
  ['ImagePolicy', range('1.2,'), 'policy.semver.range'],
  [
    'ImageUpdateAutomation',
    { git: { commit: { messageTemplate: '{{ range .Changed.Changes }}{{ end }}' } } },
    undefined,
  ],
  [
    'ImageUpdateAutomation',
    { git: { commit: { messageTemplate: '{{ range .Updated.Images }}{{ end }}' } } },
    'git.commit.messageTemplate',
  ],
  ['ImageUpdateAutomation', { git: { commit: { messageTemplate: '{{ .Foo' } } }, 'git.commit.messageTemplate'],
  ['ImageUpdateAutomation', {}, 'git'],
  ['Provider', { type: 'discord', address: 'discord.com/api/webhooks/1' }, 'address'],
  ['Provider', { type: 'discord', secretRef: { name: 'hook' } }, undefined],
  ['Provider', { type: 'github', address: 'https://github.com/a/b' }, 'secretRef'],
  ['Provider', { type: 'zulip', address: 'https://a.b', channel: 'general' }, 'channel'],
  ['Provider', { type: 'azuredevops', address: 'https://dev.azure.com/a/b/_git/c' }, undefined],
  ['ResourceSetInputProvider', { schedule: [{ cron: '0 0 9 * * 1' }] }, 'schedule.0.cron'],
  ['ResourceSetInputProvider', { schedule: [{ cron: '0 9 * * 1-5' }] }, undefined],
  ['FluxInstance', { distribution: { version: '2.x' }, components: ['source-watcher'] }, undefined],
  ['FluxInstance', { distribution: { version: 'two' } }, 'distribution.version'],
  ['FluxInstance', { distribution: { version: '2.6.x' }, components: ['source-watcher'] }, 'distribution.version'],
  [
    'FluxInstance',
    { distribution: { version: '2.8.x' }, sync: { kind: 'GitRepository', provider: 'aws' } },
    'sync.provider',
  ],
  ['FluxInstance', { distribution: { version: '2.8.x' }, sync: { kind: 'Bucket', provider: 'aws' } }, undefined],
])('%s %j: %s', (kind, spec, field) => {
  const faults = [...faultsOf({ apiVersion: `${groups[kind]}/v1`, kind, spec })];
  expect(faults.map(({ path }) => path.slice(1).join('.'))).toEqual(field === undefined ? [] : [field]);
});
