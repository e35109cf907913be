import type { Drafting, Said } from '../draft';
import type { CodeObject } from '../program';
import type { Lift } from './form';
import { fieldsOf, metadataProps, objectIn } from './said';

/** Kubernetes' own kinds that constructs say. */
export const kubernetes: Readonly<Record<string, Lift>> = {
  '/ConfigMap': configMap,
};

function configMap(drafting: Drafting): Said | undefined {
  const { apiVersion: _version, kind: _kind, metadata: _metadata, data, ...others } = drafting.value;
  const metadata = metadataProps(drafting);
  const more = fieldsOf(others, ['binaryData', 'immutable']);
  const isWhole = Object.keys(others).length === Object.keys(more).length;
  if (metadata === undefined || !isWhole || (data !== undefined && objectIn(data) === undefined)) return undefined;
  return { className: 'ConfigMap', props: { ...metadata, data: data ?? null, ...more } as CodeObject };
}
