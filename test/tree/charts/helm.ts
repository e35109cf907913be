import { execFileSync } from 'node:child_process';
import { accessSync, constants, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Chart, RenderInput } from '../../../lib/tree/charts';
import { findHelm } from '../../../lib/tree/charts/helm-process';
import { packChart, sha256 } from '../../../lib/tree/charts/pack';
import { makeRender, type Render } from '../../../lib/tree/charts/render';
import type { Store } from '../../../lib/tree/charts/store';
import { parseFile } from '../../../lib/tree/source';
import type { ChartFolder } from './registry';

/**
 * The folders of the PATH, or of ESPALIER_HELMS, that have a `helm`: the first of the PATH, all of the variable. None where there is
 * none: the tests that need one are skipped.
 */
export const helms: readonly string[] = (process.env.ESPALIER_HELMS ?? process.env.PATH ?? '')
  .split(delimiter)
  .filter((folder) => isProgram(join(folder, 'helm')))
  .slice(0, process.env.ESPALIER_HELMS === undefined ? 1 : undefined);

/** Tests that need helm, for each that there is. */
export function describeWithHelm(name: string, run: (path: string) => void): void {
  if (helms.length === 0) describe.skip(`${name} (skipped: there is no helm on the PATH)`, () => run(''));
  else describe.each(helms)(`${name}, by %s/helm`, run);
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

const folder = mkdtempSync(join(tmpdir(), 'espalier-charts-'));
let packed = 0;
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A chart as it is when it was fetched. */
export function chartOf(files: ChartFolder): Chart {
  const metadata = parseFile('Chart.yaml', files['Chart.yaml']).documents[0]?.value as Chart['metadata'];
  const { name, version } = metadata as { name: string; version: string };
  const bytes = new Map(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)]));
  const archive = packChart(name, bytes);
  packed += 1;
  const file = join(folder, `${packed}.tgz`);
  writeFileSync(file, archive);
  return { name, version, digest: sha256(archive), metadata, files: new Map(Object.entries(files)), archive: file };
}

/** A store in memory, and what is in it. */
export function memory(): Store & { readonly kept: Map<string, string> } {
  const kept = new Map<string, string>();
  return { kept, read: (key) => kept.get(key), write: (key, text) => void kept.set(key, text) };
}

export function renderWith(path: string, store: Store = memory()): Render {
  return makeRender(() => findHelm(store, path), store);
}

export const input: RenderInput = {
  release: { name: 'web', namespace: 'apps' },
  values: {},
  valuesFiles: [],
  crds: true,
  hooks: true,
  kubeVersion: '1.36.0',
  apiVersions: [],
};

/** What the command itself prints of a chart. */
export function helmTemplate(
  path: string,
  chart: Chart,
  { values, release, kubeVersion, apiVersions }: RenderInput,
): string {
  const file = join(folder, 'values.json');
  writeFileSync(file, JSON.stringify(values));
  const kinds = apiVersions.flatMap((each) => ['--api-versions', each]);
  const args = ['template', release.name, chart.archive, '--namespace', release.namespace, '--values', file, ...kinds];
  const all = [...args, '--kube-version', kubeVersion, '--include-crds', '--skip-schema-validation'];
  return execFileSync(join(path, 'helm'), all, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}
