import type { BuildFault } from './built';
import * as fields from './field-specs';
import { nameReferences } from './name-references';
import type { Place } from './origin';
import { type FieldSpec, isSelected, type NameReference, Unfit } from './specs';
import { varFields } from './var-fields';

/** The fields that transformers set (TransformerConfig of kustomize): its own, and what configurations and crds add. */
export interface Config {
  readonly namePrefix: readonly FieldSpec[];
  readonly nameSuffix: readonly FieldSpec[];
  readonly namespace: readonly FieldSpec[];
  readonly commonLabels: readonly FieldSpec[];
  readonly labels: readonly FieldSpec[];
  readonly templateLabels: readonly FieldSpec[];
  readonly commonAnnotations: readonly FieldSpec[];
  readonly varReference: readonly FieldSpec[];
  readonly images: readonly FieldSpec[];
  readonly replicas: readonly FieldSpec[];
  readonly nameReference: readonly NameReference[];
}

export const defaultConfig: Config = {
  namePrefix: fields.names,
  nameSuffix: fields.names,
  namespace: fields.namespaces,
  commonLabels: fields.selectorLabels,
  labels: [],
  templateLabels: fields.templateLabels,
  commonAnnotations: fields.annotations,
  varReference: varFields,
  images: fields.images,
  replicas: fields.replicas,
  nameReference: nameReferences,
};

/** The lists of fields that a configuration may have. */
export const specLists = [
  'namePrefix',
  'nameSuffix',
  'namespace',
  'commonLabels',
  'labels',
  'templateLabels',
  'commonAnnotations',
  'varReference',
  'images',
  'replicas',
] as const satisfies readonly (keyof Config)[];

/** @throws Unfit where two say different things of one field */
export function mergeConfig(config: Config, added: Partial<Config>): Config {
  if (added === config || added === defaultConfig) return config;
  const merged: { -readonly [K in keyof Config]: Config[K] } = { ...config };
  for (const list of specLists) merged[list] = mergeSpecs(config[list], added[list] ?? []);
  merged.nameReference = (added.nameReference ?? []).reduce(withReference, config.nameReference);
  return merged;
}

/** What is there already is not added. */
export function mergeSpecs(specs: readonly FieldSpec[], added: readonly FieldSpec[]): readonly FieldSpec[] {
  let merged = specs;
  for (const spec of added) {
    const known = merged.find((each) => each.path === spec.path && isCovered(each, spec));
    if (known === undefined) merged = [...merged, spec];
    else if ((known.create === true) !== (spec.create === true)) {
      throw new Unfit(
        `${spec.path} has two entries, one that creates the field if it is missing and one that does not; keep one`,
      );
    }
  }
  return merged;
}

/** As kustomize compares them: what one does not name is no other's kind, unless the other names none. */
function isCovered({ group = '', version = '', kind = '' }: FieldSpec, other: FieldSpec): boolean {
  return isSelected({ apiVersion: `${group}/${version}`, kind }, other);
}

function withReference(references: readonly NameReference[], added: NameReference): readonly NameReference[] {
  const index = references.findIndex(({ target }) => isEqual(target, added.target));
  const known = references[index];
  if (known === undefined) return [...references, added];
  return references.with(index, { ...known, fields: mergeSpecs(known.fields, added.fields) });
}

function isEqual(one: NameReference['target'], other: NameReference['target']): boolean {
  return one.group === other.group && one.version === other.version && one.kind === other.kind;
}

/** Adds the configuration of another kustomization; where they contradict each other, the build fails. */
export function takeConfig(
  into: { config: Config; readonly faults: Set<BuildFault> },
  added: Partial<Config>,
  { document, path }: Place,
): void {
  try {
    into.config = mergeConfig(into.config, added);
  } catch (error) {
    if (!(error instanceof Unfit)) throw error;
    into.faults.add({ kind: 'invalid', document, path, message: error.message, fails: true });
  }
}
