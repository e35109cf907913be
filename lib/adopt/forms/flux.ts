import type { Drafting, Said } from '../draft';
import { type Code, type CodeObject, Handle, isExpression, plainOf } from '../program';
import type { Lift } from './form';
import { metadataProps, objectIn, overDefaults, restOf } from './said';

/** Kinds of Flux that constructs say. */
export const flux: Readonly<Record<string, Lift>> = {
  'kustomize.toolkit.fluxcd.io/Kustomization': kustomization,
};

const byDefault = { interval: '1h', retryInterval: '2m', timeout: '5m', prune: true };

/** Fields of spec that are properties of their own. */
const own = [
  ...[
    'interval',
    'retryInterval',
    'timeout',
    'prune',
    'wait',
    'suspend',
    'force',
    'healthChecks',
    'healthCheckExprs',
    'dependsOn',
  ],
  ...['targetNamespace', 'postBuild', 'decryption', 'deletionPolicy', 'patches', 'components', 'sourceRef', 'path'],
];

/** `applies` and `file` are for who knows the folders (layout.ts). */
function kustomization(drafting: Drafting): Said | undefined {
  const metadata = metadataProps(drafting);
  const spec = objectIn(drafting.value.spec);
  if (metadata === undefined || spec === undefined) return undefined;
  const { wait, healthChecks, dependsOn, sourceRef, path } = spec;
  const waits = healthChecks === undefined;
  const plainFields = [
    'suspend',
    'force',
    'healthChecks',
    'healthCheckExprs',
    'targetNamespace',
    'postBuild',
    'decryption',
    'deletionPolicy',
    'patches',
    'components',
  ];
  const given = Object.fromEntries(
    plainFields.flatMap((field) => (spec[field] === undefined ? [] : [[field, spec[field] as Code]])),
  );
  const rest = restOf(spec, own);
  const props: CodeObject = {
    ...metadata,
    ...overDefaults(spec, byDefault),
    ...(wait === undefined ? { wait: null } : wait !== waits && { wait }),
    ...given,
    // They are derived for what is waited for.
    ...(spec.healthCheckExprs === undefined && (wait === true || !waits) && { healthCheckExprs: null }),

    ...(dependsOn !== undefined && { dependsOn: { exactly: dependencies(dependsOn) } }),
    ...(sourceRef === undefined
      ? { sourceRef: null }
      : isUsualSource(sourceRef)
        ? {}
        : { sourceRef: source(sourceRef) }),
    applies: path ?? null,
    ...(rest && { spec: rest }),
  };
  return { className: 'FluxKustomization', props };
}

/** A construct stands for an entry; its namespace is written unless it is told otherwise. */
function dependencies(entries: Code): Code {
  if (!Array.isArray(entries)) return entries;
  return (entries as readonly Code[]).map((entry) => {
    const { name, namespace, ...others } = objectIn(entry) ?? {};
    if (!(name instanceof Handle) || name.to.className !== 'FluxKustomization') return plainOf(entry) as Code;
    if (namespace === undefined) return { name, namespace: null, ...others } as CodeObject;
    return Object.keys(others).length === 0 ? name : ({ name, ...others } as CodeObject);
  });
}

function isUsualSource(code: Code): boolean {
  const { kind, name, namespace, ...rest } = objectIn(code) ?? {};
  return (
    kind === 'GitRepository' && name === 'flux-system' && namespace === 'flux-system' && Object.keys(rest).length === 0
  );
}

/** A source as what of the cluster's is another. */
function source(code: Code): Code {
  const given = objectIn(code);
  if (given === undefined || isExpression(given.name)) return code;
  return { ...given, ...(given.namespace === undefined && { namespace: null }) } as CodeObject;
}
