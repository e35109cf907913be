import { concernsRestarts, isReloaded } from '../../lib/systems/reloader';

const reloads = (said: Record<string, string>, marks?: Record<string, string>) =>
  isReloaded((annotation) => said[annotation], 'Secret', 'db', marks);

test.each([
  ['for all that it reads', { 'reloader.stakater.com/auto': 'true' }, true],
  ['for all Secrets', { 'secret.reloader.stakater.com/auto': 'true' }, true],
  ['for all ConfigMaps', { 'configmap.reloader.stakater.com/auto': 'true' }, false],
  ['by name', { 'secret.reloader.stakater.com/reload': 'app, db' }, true],
  ['by another name', { 'secret.reloader.stakater.com/reload': 'app' }, false],
  [
    'for all but it',
    { 'reloader.stakater.com/auto': 'true', 'secrets.exclude.reloader.stakater.com/reload': 'db' },
    false,
  ],
  ['not at all', { 'reloader.stakater.com/auto': 'false' }, false],
  ['by Wave', { 'wave.pusher.com/update-on-config-change': 'true' }, true],
])('a workload that asks to be restarted %s', (_, said, expected) => {
  expect(reloads(said, {})).toBe(expected);
});

test('one that asks for what is marked is restarted for that, and for what may be marked', () => {
  const said = { 'reloader.stakater.com/search': 'true' };
  expect(reloads(said, { 'reloader.stakater.com/match': 'true' })).toBe(true);
  expect(reloads(said, {})).toBe(false);
  expect(reloads(said)).toBe(true);
});

test('a Secret that asks to be ignored restarts nobody', () => {
  expect(reloads({ 'reloader.stakater.com/auto': 'true' }, { 'reloader.stakater.com/ignore': 'true' })).toBe(false);
});

test('annotations that restart pods, or say that nothing shall', () => {
  expect(concernsRestarts('reloader.stakater.com/auto')).toBe(true);
  expect(concernsRestarts('checksum/config')).toBe(true);
  expect(concernsRestarts('prometheus.io/scrape')).toBe(false);
});
