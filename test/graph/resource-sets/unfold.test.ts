import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Resource } from '../../../lib/graph/resource';
import { resourceOf } from '../../../lib/graph/resource-of';
import { unfold } from '../../../lib/graph/resource-sets/unfold';
import type { JsonObject } from '../../../lib/json/json';
import { parseFile } from '../../../lib/tree/source/parse';

/** A ResourceSet and its providers with what flux-operator 0.58 builds of them (its internal/builder and internal/inputs, called by a program). */
interface Verdict {
  readonly set: JsonObject;
  readonly providers?: readonly JsonObject[];
  readonly objects?: readonly JsonObject[];
  /** What the operator says. */
  readonly fails?: string;
}

const verdicts = readFileSync(join(__dirname, 'verdicts.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Verdict);

function resource(value: JsonObject): Resource {
  const [document] = parseFile('set.yaml', JSON.stringify(value)).documents;
  return resourceOf(value, { document: document as NonNullable<typeof document> }) as Resource;
}

/** The objects that a ResourceSet makes; what is not known in them is UNKNOWN. */
function made(set: JsonObject, providers: readonly JsonObject[] = []) {
  const contents = unfold(resource(set), providers.map(resource));
  if (contents.type !== 'unfolded') return contents.type;
  const text = JSON.stringify(contents.objects.map(({ value }) => value));
  return contents.open.length > 0 ? 'open' : JSON.parse(text.replace(/\uFDD0[^\uFDD1]*\uFDD1/g, 'UNKNOWN'));
}

it.each(verdicts.map((verdict, i) => ({ ...verdict, i })))('makes of set $i what the operator does', (verdict) => {
  const ours = made(verdict.set, verdict.providers);
  // What is not followed is not judged.
  if (ours === 'open') return;
  expect(ours).toEqual(verdict.fails === undefined ? verdict.objects : 'fails');
});

it('is open for few of them', () => {
  expect(verdicts.filter(({ set, providers }) => made(set, providers) === 'open').length).toBeLessThan(5);
});

const set = (spec: JsonObject): JsonObject => ({
  apiVersion: 'fluxcd.controlplane.io/v1',
  kind: 'ResourceSet',
  metadata: { name: 'apps', namespace: 'flux-system' },
  spec,
});
const provider = (name: string, spec: JsonObject): JsonObject => ({
  apiVersion: 'fluxcd.controlplane.io/v1',
  kind: 'ResourceSetInputProvider',
  metadata: { name, namespace: 'flux-system', labels: { role: 'app' } },
  spec,
});
const map = (name: string, data: JsonObject = {}): JsonObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'flux-system' },
  data,
});

describe('what the tree does not show', () => {
  it('is what a live provider finds', () => {
    const live = provider('tags', { type: 'OCIArtifactTag', url: 'oci://ghcr.io/acme/app' });
    const contents = unfold(resource(set({ inputsFrom: [{ name: 'tags' }], resources: [map('a-<< inputs.tag >>')] })), [
      resource(live),
    ]);
    expect(contents).toEqual({
      type: 'open',
      why: 'its inputs are those that ResourceSetInputProvider flux-system/tags finds (OCIArtifactTag)',
    });
  });

  it('is a provider that is not there', () => {
    expect(unfold(resource(set({ inputsFrom: [{ name: 'gone' }], resources: [map('a')] })), [])).toEqual({
      type: 'open',
      why: 'no ResourceSetInputProvider gone is in the tree',
    });
  });

  it('is the id of a static provider, which is made of its UID', () => {
    const fixed = provider('shop', { type: 'Static', defaultValues: { app: 'shop' } });
    const resources = [map('<< inputs.app >>', { id: '<< inputs.id >>', from: '<< inputs.provider.name >>' })];
    expect(made(set({ inputsFrom: [{ selector: { matchLabels: { role: 'app' } } }], resources }), [fixed])).toEqual([
      map('shop', { id: 'UNKNOWN', from: 'shop' }),
    ]);
  });

  it('is one template of several, where that calls what is not followed', () => {
    const contents = unfold(resource(set({ resources: [map('a'), map('b', { at: '<< durationRound "1h" >>' })] })), []);
    expect(contents).toMatchObject({
      type: 'unfolded',
      objects: [{ name: 'a' }],
      open: [{ path: ['spec', 'resources', 1], why: 'it calls durationRound, which is not followed' }],
    });
  });

  it('is the data that is copied from another object', () => {
    const copy = {
      ...map('copy'),
      metadata: {
        ...(map('copy').metadata as JsonObject),
        annotations: { 'fluxcd.controlplane.io/copyFrom': 'apps/source' },
      },
    };
    const contents = unfold(resource(set({ resources: [copy, map('own')] })), []);
    expect(contents).toMatchObject({
      objects: [
        { name: 'copy', uncertain: true },
        { name: 'own', uncertain: false },
      ],
    });
  });
});

it('permutes inputs with an id of its own for each', () => {
  const one = provider('Team-A', { type: 'Static', defaultValues: { name: 'x' } });
  const resources = [map('<< inputs.apps.name >>-<< inputs.team_a.name >>', { id: '<< inputs.id | quote >>' })];
  const spec = {
    inputStrategy: { name: 'Permute' },
    inputs: [{ name: 'a' }, { name: 'b' }],
    inputsFrom: [{ name: 'Team-A' }],
    resources,
  };
  expect(made(set(spec), [one])).toEqual([map('a-x', { id: '724239653' }), map('b-x', { id: '724895014' })]);
});
