import type { Path } from '../../json/json';
import { isJsonObject, type Json, type JsonObject } from '../../json/json';
import { nearest, onlyNear } from '../../text/nearest';

/**
 * What a field may hold; null fits everywhere, as in Go. Numbers and booleans in a `text` become texts where Flux reads the file,
 * those in an `exact` one, which lies in an embedded struct, do not (sigs.k8s.io/yaml, convertToJSONableObject).
 */
type Shape = 'text' | 'exact' | 'flag' | 'number' | 'any' | { readonly list: Shape } | { readonly map: Shape } | Keys;
interface Keys {
  readonly keys: { readonly [key: string]: Shape };
}

const texts: Shape = { list: 'text' };
const exactTexts: Shape = { list: 'exact' };
const textMap: Shape = { map: 'text' };
const anything: Shape = { list: 'any' };

const gvk = { group: 'exact', version: 'exact', kind: 'exact' } as const;
const id = { ...gvk, name: 'exact', namespace: 'exact' } as const;
const target: Shape = { keys: { ...id, labelSelector: 'text', annotationSelector: 'text' } };
const fieldOptions: Shape = { keys: { delimiter: 'exact', index: 'number', encoding: 'exact', create: 'flag' } };
const replacement: Keys = {
  keys: {
    path: 'exact',
    source: { keys: { ...id, fieldPath: 'exact', options: fieldOptions } },
    sourceValue: 'exact',
    targets: {
      list: { keys: { select: target, reject: { list: target }, fieldPaths: exactTexts, options: fieldOptions } },
    },
  },
};
const variable: Keys = {
  keys: {
    name: 'text',
    objref: { keys: { ...id, apiVersion: 'text' } },
    fieldref: { keys: { fieldPath: 'text' } },
  },
};
const patches: Shape = { list: { keys: { path: 'text', patch: 'text', target, options: { map: 'flag' } } } };
const image: Keys = {
  keys: { name: 'text', newName: 'text', newTag: 'text', tagSuffix: 'text', digest: 'text' },
};
const images: Shape = { list: image };
const replica: Keys = { keys: { name: 'text', count: 'number' } };
const fieldSpecs: Shape = { list: { keys: { ...gvk, path: 'text', create: 'flag' } } };
const flags = { disableNameSuffixHash: 'flag', immutable: 'flag' } as const;
const generatorOptions: Shape = { keys: { labels: textMap, annotations: textMap, ...flags } };
const exactMap: Shape = { map: 'exact' };
const generator = {
  name: 'exact',
  namespace: 'exact',
  behavior: 'exact',
  literals: exactTexts,
  files: exactTexts,
  envs: exactTexts,
  env: 'exact',
  options: { keys: { labels: exactMap, annotations: exactMap, ...flags } },
} as const;

/** The fields of a kustomization.yaml (https://github.com/kubernetes-sigs/kustomize, api/types/kustomization.go). */
const kustomization: Keys = {
  keys: {
    apiVersion: 'text',
    kind: 'text',
    metadata: 'any',
    openapi: textMap,
    namePrefix: 'text',
    nameSuffix: 'text',
    namespace: 'text',
    commonLabels: textMap,
    labels: {
      list: {
        keys: { pairs: textMap, includeSelectors: 'flag', includeTemplates: 'flag', fields: fieldSpecs },
      },
    },
    commonAnnotations: textMap,
    patchesStrategicMerge: texts,
    patchesJson6902: patches,
    patches,
    images,
    imageTags: images,
    replacements: { list: replacement },
    replicas: { list: replica },
    vars: { list: variable },
    sortOptions: { keys: { order: 'text', legacySortOptions: { keys: { orderFirst: texts, orderLast: texts } } } },
    resources: texts,
    components: texts,
    crds: texts,
    bases: texts,
    configMapGenerator: { list: { keys: generator } },
    secretGenerator: { list: { keys: { ...generator, type: 'text' } } },
    helmGlobals: 'any',
    helmCharts: anything,
    helmChartInflationGenerator: anything,
    generatorOptions,
    configurations: texts,
    generators: texts,
    transformers: texts,
    validators: texts,
    inventory: 'any',
    buildMetadata: texts,
  },
};

/** The settings of kustomize's plugins (api/internal/builtins); what else is written there it does not read. */
const plugins: { readonly [kind: string]: Keys | undefined } = {
  AnnotationsTransformer: { keys: { annotations: textMap, fieldSpecs } },
  LabelTransformer: { keys: { labels: textMap, fieldSpecs } },
  PrefixTransformer: { keys: { prefix: 'text', fieldSpecs } },
  SuffixTransformer: { keys: { suffix: 'text', fieldSpecs } },
  PrefixSuffixTransformer: { keys: { prefix: 'text', suffix: 'text', fieldSpecs } },
  NamespaceTransformer: { keys: { unsetOnly: 'flag', setRoleBindingSubjects: 'text', fieldSpecs } },
  ReplicaCountTransformer: { keys: { replica, fieldSpecs } },
  ImageTagTransformer: { keys: { imageTag: image, fieldSpecs } },
  ReplacementTransformer: { keys: { replacements: { list: replacement } } },
  ConfigMapGenerator: { keys: generator },
  SecretGenerator: { keys: { ...generator, type: 'text' } },
};

/** What in the settings of a plugin kustomize cannot read. */
export function pluginMisfits(settings: JsonObject): readonly Misfit[] {
  const shape = plugins[String(settings.kind)];
  if (shape === undefined) return [];
  const found: Misfit[] = [];
  visit(settings, shape, [], found);
  const isNamed = ['PrefixTransformer', 'SuffixTransformer', 'PrefixSuffixTransformer'].includes(String(settings.kind));
  if (isNamed && !Array.isArray(settings.fieldSpecs)) found.push({ path: [], message: 'fieldSpecs must be given' });
  return found.filter(({ remedy }) => remedy === undefined);
}

/** A value that does not fit, or a key that is unknown. */
export interface Misfit {
  readonly path: Path;
  readonly message: string;
  /** Of an unknown key: what may be written instead. */
  readonly remedy?: string;
  /** Of an unknown key: the only one near. */
  readonly meant?: string;
  /** Of a number or boolean: the text that Flux makes of it where it reads the file. */
  readonly text?: string;
}

/** What in a kustomization.yaml kustomize cannot read. */
export function misfits(value: Json): readonly Misfit[] {
  const found: Misfit[] = [];
  visit(value, kustomization, [], found);
  return found;
}

/** A field's name as kustomize spells it: Go reads keys in any case. */
export function fieldNamed(key: string): string | undefined {
  return nameIn(kustomization, key);
}

/** @param path changes as the value is walked: what is found has a copy */
function visit(value: Json, shape: Shape, path: (string | number)[], found: Misfit[]): void {
  if (value === null || shape === 'any') return;
  if (typeof shape === 'string') {
    const wanted = types[shape];
    if (typeof value === wanted) return;
    const text = shape === 'text' && typeof value !== 'object' ? { text: String(value) } : {};
    found.push({ ...wrong(path, `a ${wanted}`, value), ...text });
  } else if ('list' in shape) {
    if (!Array.isArray(value)) found.push(wrong(path, 'a list', value));
    else {
      for (let i = 0; i < value.length; i += 1) {
        path.push(i);
        visit(value[i], shape.list, path, found);
        path.pop();
      }
    }
  } else if (!isJsonObject(value)) found.push(wrong(path, 'a map', value));
  else {
    for (const [key, each] of Object.entries(value)) {
      const inner = 'map' in shape ? key : nameIn(shape, key);
      path.push(key);
      if (inner === undefined) found.push(unknown([...path], key, Object.keys((shape as Keys).keys)));
      else visit(each, 'map' in shape ? shape.map : ((shape as Keys).keys[inner] as Shape), path, found);
      path.pop();
    }
  }
}

const types = { text: 'string', exact: 'string', flag: 'boolean', number: 'number' } as const;

function nameIn({ keys }: Keys, key: string): string | undefined {
  if (Object.hasOwn(keys, key)) return key;
  const lower = key.toLowerCase();
  return Object.keys(keys).find((known) => known.toLowerCase() === lower);
}

function wrong(at: Path, wanted: string, value: Json): Misfit {
  const path = [...at];
  const is = Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'a map' : `a ${typeof value}`;
  return { path, message: `${String(path.at(-1) ?? 'the document')} must be ${wanted}, and is ${is}` };
}

function unknown(path: Path, key: string, known: readonly string[]): Misfit {
  const near = nearest(key, known);
  const remedy = near === undefined ? `known here: ${known.join(', ')}` : `write ${near}`;
  const only = onlyNear(key, known);
  const meant = only === undefined ? {} : { meant: only };
  return { path, message: `${JSON.stringify(key)} is not a field of a kustomization`, remedy, ...meant };
}
