import { isJsonObject, type Json } from '../../json/json';
import { listAt } from '../../json/read';
import { type GeneratorKind, generators } from '../../systems/external-secrets/generators';
import { providers } from '../../systems/external-secrets/providers';
import type { Drafting, Said } from '../draft';
import { Call, type Code, type CodeObject, Handle, Member, plainOf } from '../program';
import { filledIn } from '../variables';
import type { Lift } from './form';
import { isTyped } from './kinds';
import { fieldsOf, isBeside, isText, objectIn, objectSaid, overDefaults, restOf } from './said';

/** Kinds of External Secrets that constructs say. */
export const externalSecrets: Readonly<Record<string, Lift>> = {
  'external-secrets.io/ExternalSecret': externalSecret,
  'external-secrets.io/SecretStore': (drafting) => secretStore('SecretStore', drafting),
  'external-secrets.io/ClusterSecretStore': (drafting) => secretStore('ClusterSecretStore', drafting),
  'external-secrets.io/PushSecret': pushSecret,
  'generators.external-secrets.io/Password': password,
  'generators.external-secrets.io/ClusterGenerator': clusterGenerator,
};

function externalSecret(drafting: Drafting): Said | undefined {
  const said = objectSaid(drafting, 'external-secrets.io/v1');
  if (said === undefined) return undefined;
  const { secretStoreRef, target, data, dataFrom, ...others } = said.spec;
  const store = secretStoreRef === undefined ? null : storeOf(drafting, secretStoreRef);
  const values = data === undefined ? undefined : valuesOf(drafting, data);
  const from = dataFrom === undefined ? undefined : dataFromOf(drafting, dataFrom);
  const isSaid = store !== undefined && (values === undefined) === (data === undefined);
  if (!isSaid || (from === undefined) !== (dataFrom === undefined)) return undefined;
  const rest = restOf(others, ['refreshPolicy', 'refreshInterval']);
  const props: CodeObject = {
    ...said.metadata,
    store: store as Code,
    ...fieldsOf(others, ['refreshPolicy']),
    ...overDefaults(others, { refreshInterval: '1h' }, drafting.defaults),
    ...targetOf(drafting, said.name, target),
    ...from,
    ...(values && { data: values }),
    ...(rest && { spec: rest }),
  };
  return { className: 'ExternalSecret', props };
}

const targetDefaults = { creationPolicy: 'Owner', deletionPolicy: 'Retain' };
const ofTarget = ['name', 'template', ...Object.keys(targetDefaults)];

function targetOf({ defaults }: Drafting, name: string | undefined, code: Code | undefined): CodeObject {
  const target = objectIn(code ?? {});
  const isUsual = target !== undefined && Object.keys(target).every((field) => ofTarget.includes(field));
  if (!isUsual) return { target: code as Code };
  const hasOwnName = defaults && target.name === name;
  return {
    ...(target.name !== undefined && !hasOwnName && { secretName: filledIn(target.name) }),
    ...(target.name === undefined && defaults && { secretName: null }),
    ...overDefaults(target, targetDefaults, defaults),
    ...(target.template !== undefined ? { template: target.template } : defaults && { template: null }),
  };
}

/** A store by its construct, or by its name; undefined for what says more. */
function storeOf(drafting: Drafting, code: Code): Code | undefined {
  const { name, kind, ...others } = objectIn(code) ?? {};
  if (name === undefined || Object.keys(others).length > 0) return undefined;
  const isStore = name instanceof Handle && name.to.className === kind;
  const plain = plainOf(code);
  const text = filledIn(plainOf(name) as Code);
  if (kind === undefined) return new Call('SecretStore.named', [text, { kind: null }], plain);
  if (kind !== 'ClusterSecretStore' && kind !== 'SecretStore') return undefined;
  const named = new Call(`${kind}.named`, [text], plain);
  const isUsable = isStore && (kind === 'ClusterSecretStore' || isBeside(drafting, name));
  return isUsable ? new Handle(name.to, plain, named) : named;
}

/** spec.data by the keys of the Secret; undefined where that would lose something. */
function valuesOf(drafting: Drafting, data: Code): CodeObject | undefined {
  const values = new Map<string, Code>();
  for (const item of Array.isArray(data) ? (data as readonly Code[]) : [undefined]) {
    const { secretKey, remoteRef, sourceRef, ...others } = objectIn(item) ?? {};
    const reference = referenceOf(remoteRef);
    const source = sourceOf(drafting, sourceRef);
    const isKey = typeof secretKey === 'string' && /^(?!\d+$|__proto__$)/.test(secretKey) && !values.has(secretKey);
    if (!isKey || reference === undefined || source === undefined || Object.keys(others).length > 0) return undefined;
    const isPlain = Object.keys(source).length === 0;
    values.set(secretKey, isPlain ? reference : { ...(objectIn(reference) ?? { key: reference }), ...source });
  }
  return values.size === 0 ? undefined : Object.fromEntries(values);
}

/** What is read of a store: its key alone, where nothing else is said. */
function referenceOf(code: Code | undefined): Code | undefined {
  const reference = objectIn(code);
  if (reference === undefined || !isText(reference.key)) return undefined;
  return Object.keys(reference).length === 1 ? reference.key : reference;
}

function dataFromOf(drafting: Drafting, dataFrom: Code): CodeObject | undefined {
  if (!Array.isArray(dataFrom) || dataFrom.length === 0) return undefined;
  const items: CodeObject[] = [];
  for (const item of dataFrom as readonly Code[]) {
    const { extract, sourceRef, ...others } = objectIn(item) ?? {};
    const reference = extract === undefined ? undefined : referenceOf(extract);
    const source = sourceOf(drafting, sourceRef);
    if (source === undefined || (extract !== undefined && reference === undefined)) return undefined;
    items.push({ ...(reference !== undefined && { extract: reference }), ...others, ...source });
  }
  const [first, ...more] = items;
  return first?.extract !== undefined && Object.keys(first).length === 1 && more.length === 0
    ? { extract: first.extract }
    : { dataFrom: items };
}

/** sourceRef with constructs for its store and generator; empty without one, undefined for a store that cannot be said. */
function sourceOf(drafting: Drafting, code: Code | undefined): CodeObject | undefined {
  if (code === undefined) return {};
  const { storeRef, generatorRef, ...others } = objectIn(code) ?? {};
  const store = storeRef === undefined ? undefined : storeOf(drafting, storeRef);
  if ((store === undefined) !== (storeRef === undefined)) return undefined;
  const said = { ...(store && { storeRef: store }), ...(generatorRef && { generatorRef: generatorOf(generatorRef) }) };
  return { sourceRef: { ...said, ...others } };
}

function generatorOf(code: Code): Code {
  const { apiVersion, name, ...others } = objectIn(code) ?? {};
  const isWhole = String(apiVersion).startsWith('generators.external-secrets.io/') && Object.keys(others).length === 1;
  const isOwn = name instanceof Handle && name.to.className.endsWith('Generator');
  return isOwn && isWhole ? new Handle(name.to, plainOf(code), plainOf(code) as Code) : code;
}

function secretStore(className: string, drafting: Drafting): Said | undefined {
  const apiVersion = 'external-secrets.io/v1';
  const said = objectSaid(drafting, apiVersion);
  if (said?.spec.provider === undefined) return undefined;
  const { provider } = said.spec;
  const rest = restOf(said.spec, ['provider']);
  const [[name, settings] = ['', undefined], ...more] = Object.entries(objectIn(provider) ?? {});
  const isKnown =
    Object.hasOwn(providers, name) && more.length === 0 && isTyped(`${apiVersion}/${className}`, said.spec);
  const given: CodeObject = isKnown ? { [name]: settings as Code } : { provider };
  return { className, props: { ...said.metadata, ...given, ...(rest && { spec: rest }) } };
}

const passwordDefaults = {
  ...{ length: 32, digits: 8, symbols: 0, symbolCharacters: '-_.~' },
  ...{ noUpper: false, allowRepeat: true },
};

function password(drafting: Drafting): Said | undefined {
  const said = objectSaid(drafting, 'generators.external-secrets.io/v1alpha1');
  if (said === undefined) return undefined;
  const fields = Object.keys(passwordDefaults);
  const rest = restOf(said.spec, fields);
  // What they are by default depends on the length.
  const props = drafting.defaults
    ? Object.fromEntries(fields.map((field) => [field, said.spec[field] ?? null]))
    : fieldsOf(said.spec, fields);
  return { className: 'PasswordGenerator', props: { ...said.metadata, ...props, ...(rest && { spec: rest }) } };
}

function clusterGenerator(drafting: Drafting): Said | undefined {
  const apiVersion = 'generators.external-secrets.io/v1alpha1';
  const said = objectSaid(drafting, apiVersion);
  if (said === undefined || !isTyped(`${apiVersion}/ClusterGenerator`, said.spec)) return undefined;
  const { kind, generator, ...others } = said.spec;
  const [[field, spec] = ['', undefined], ...more] = Object.entries(objectIn(generator) ?? {});
  const facts = generators[kind as GeneratorKind];
  if (facts?.field !== field || more.length > 0 || Object.keys(others).length > 0) return undefined;
  return { className: 'ClusterGenerator', props: { ...said.metadata, kind: kind as Code, spec: spec as Code } };
}

const pushDefaults = { updatePolicy: 'Replace', deletionPolicy: 'None', refreshInterval: '1h' };

function pushSecret(drafting: Drafting): Said | undefined {
  const said = objectSaid(drafting, 'external-secrets.io/v1alpha1');
  if (said === undefined) return undefined;
  const { secretStoreRefs, selector, data, ...others } = said.spec;
  const refs = Array.isArray(secretStoreRefs) ? (secretStoreRefs as readonly Code[]) : [];
  const stores = refs.map((ref) => storeOf(drafting, ref));
  if (stores.length === 0 || stores.includes(undefined)) return undefined;
  const secret = secretOf(selector);
  const rest = {
    ...restOf(others, Object.keys(pushDefaults)),
    ...(secret === undefined && selector !== undefined && { selector }),
  };
  return {
    className: 'PushSecret',
    props: {
      ...said.metadata,
      secret: secret ?? null,
      store: (stores.length === 1 ? stores[0] : stores) as Code,
      ...overDefaults(others, pushDefaults, drafting.defaults),
      ...(secret && data !== undefined ? placesOf(data) : data !== undefined && { data }),
      ...(Object.keys(rest).length > 0 && { spec: rest }),
    },
  };
}

/** The Secret that a selector names alone: that of a construct, or one of that name. */
function secretOf(selector: Code | undefined): Code | undefined {
  const { secret, ...others } = objectIn(selector) ?? {};
  const { name, ...more } = objectIn(secret) ?? {};
  if (name === undefined || Object.keys(others).length + Object.keys(more).length > 0) return undefined;
  if (name instanceof Member) return name;
  return new Call('Secret.named', [filledIn(plainOf(name) as Code)], plainOf(name));
}

/** Where the keys go: to properties of one secret, or as External Secrets has it. */
function placesOf(data: Code): CodeObject {
  const properties = new Map<string, Code>();
  let to: Json | undefined;
  for (const item of listAt({ data: plainOf(data) }, 'data')) {
    const { match, ...others } = item as { readonly [key: string]: Json };
    const { secretKey, remoteRef, ...more } = isJsonObject(match) ? match : {};
    const { remoteKey, property, ...rest } = isJsonObject(remoteRef) ? remoteRef : {};
    const isOne = to === undefined || to === remoteKey;
    const isUsual = typeof secretKey === 'string' && typeof property === 'string' && typeof remoteKey === 'string';
    const surplus = Object.keys({ ...others, ...more, ...rest }).length;
    if (!isOne || !isUsual || surplus > 0 || /^\d+$/.test(secretKey) || properties.has(secretKey)) return { data };
    to = remoteKey;
    properties.set(secretKey, property);
  }
  return to === undefined ? { data } : { to: to as Code, properties: Object.fromEntries(properties) };
}
