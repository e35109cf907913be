import { posix } from 'node:path';
import { isJsonObject } from '../../json/json';
import type { Yield } from './findings';
import type { Item } from './item';
import { entriesOf, type Kustomization } from './kustomization';
import { withAnnotations } from './labels';
import { Unfit } from './specs';

/** Notes in the objects what `buildMetadata` asks for (api/krusty/kustomizer.go). */
export function addBuildMetadata(kustomization: Kustomization, into: Yield): void {
  for (const entry of entriesOf(kustomization, 'buildMetadata')) {
    const { document, path } = entry;
    if (entry.value === 'originAnnotations') {
      into.items = into.items.map((item) => withOrigin(item, kustomization, entry));
      continue;
    }
    // Which version it names depends on the program that builds; which transformers ran is told of objects alone.
    if (entry.value !== 'managedByLabel' && entry.value !== 'transformerAnnotations') continue;
    const what = `what buildMetadata adds to the objects as ${entry.value} is not followed`;
    into.open.add({ document, path, what, hidesObjects: false });
  }
}

function withOrigin(item: Item, { folder }: Kustomization, at: Parameters<typeof withAnnotations>[3]): Item {
  const place = posix.relative(folder, item.document.file.path);
  const generator = `${String(item.value.kind)}Generator`;
  const text = item.generated
    ? `configuredIn: ${place}\nconfiguredBy:\n  apiVersion: builtin\n  kind: ${generator}\n${pluginName(item)}`
    : `path: ${place}\n`;
  const { metadata } = item.value;
  const annotations = isJsonObject(metadata) ? metadata.annotations : undefined;
  if (annotations !== undefined && annotations !== null && !isJsonObject(annotations)) throw new Unfit('annotations');
  return withAnnotations(
    item,
    { 'config.kubernetes.io/origin': text },
    [{ path: 'metadata/annotations', create: true }],
    at,
  );
}

/** The name of a plugin, which has one; a field of the kustomization has none. */
function pluginName({ document: { value } }: Item): string {
  if (!isJsonObject(value) || value.apiVersion !== 'builtin' || !isJsonObject(value.metadata)) return '';
  const { name, namespace } = value.metadata;
  const lines = Object.entries({ name, namespace }).filter(([, each]) => typeof each === 'string');
  return lines.map(([key, each]) => `  ${key}: ${each}\n`).join('');
}
