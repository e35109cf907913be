import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import type { Finding } from '../../lib/checks/finding';
import { espalier } from '../repository';

/** An error of the object alone: not what is missing beside it, stands there twice, or is accepted and does not work. */
const ofTheObject = (rule: string): boolean =>
  /^schema\/|\/refused$|^workload\/selector-mismatch$|^cnpg\/schedule$|^eso\/(no-data|empty-data-from|deletion-policy|duplicate-secret-key|refresh-interval)$/.test(
    rule,
  );

/**
 * Runs `check` over a tree that Flux applies all these objects from, none of which meets another.
 *
 * @returns the first error of each object that has one, by its place in the list
 */
export async function errorsOf(
  folder: string,
  objects: readonly Record<string, unknown>[],
): Promise<Map<number, Finding>> {
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const copies = new Map<string, number>();
  const folders = new Map<string, string[]>();
  objects.forEach((object, at) => {
    const metadata = { ...(object.metadata as { name?: unknown; namespace?: unknown }) };
    let place = 'm0';
    if (typeof metadata.name !== 'string' || metadata.name === '') {
      // kustomize builds nothing of a folder with such an object.
      place = `x${at}`;
    } else if (metadata.namespace !== undefined) {
      metadata.namespace = `n${at}`;
    } else {
      // What lies in no namespace stands in a folder once.
      const key = `${object.apiVersion} ${object.kind} ${metadata.name}`;
      const copy = copies.get(key) ?? 0;
      copies.set(key, copy + 1);
      place = `m${copy}`;
    }
    write(`${place}/o${at}.yaml`, stringify({ ...object, metadata }, { version: '1.1', aliasDuplicateObjects: false }));
    folders.set(place, [...(folders.get(place) ?? []), `o${at}.yaml`]);
  });
  for (const [place, resources] of folders) write(`${place}/kustomization.yaml`, stringify({ resources }));
  write(
    'flux/sync.yaml',
    [
      stringify({
        apiVersion: 'source.toolkit.fluxcd.io/v1',
        kind: 'GitRepository',
        metadata: { name: 'flux-system', namespace: 'flux-system' },
        spec: { interval: '1m', url: 'https://git.example.org/a.git' },
      }),
      ...[...folders.keys()].map((place) =>
        stringify({
          apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
          kind: 'Kustomization',
          metadata: { name: place, namespace: 'flux-system' },
          spec: {
            interval: '1m',
            retryInterval: '1m',
            prune: false,
            path: `./${place}`,
            sourceRef: { kind: 'GitRepository', name: 'flux-system' },
          },
        }),
      ),
    ].join('---\n'),
  );
  const { stdout } = await espalier(['check', folder, '--format', 'json']);
  const errors = new Map<number, Finding>();
  for (const finding of (JSON.parse(stdout) as { findings: Finding[] }).findings) {
    const at = /\/o(\d+)\.yaml$/.exec(finding.file)?.[1];
    if (at === undefined || !ofTheObject(finding.rule)) continue;
    // Of a catalog's definition, which may be another release's, check only warns.
    if (finding.severity !== 'error' && !/by its definition of/.test(finding.message)) continue;
    if (!errors.has(Number(at))) errors.set(Number(at), finding);
  }
  return errors;
}
