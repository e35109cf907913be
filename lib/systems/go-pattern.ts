import type { RE2JS } from 're2js';
import { isJsonObject, type Json, type JsonObject, type Path } from '../json/json';
import { textAt } from '../json/read';
import { memoizeText } from '../text/memoize';
import { isKnown } from '../text/symbolic';
import { groupKind, groupVersion } from './api-version';
import type { Fault } from './fault';

/** What Go makes of a regular expression (package regexp, RE2's syntax): what it matches with, or what it answers. */
const compile = memoizeText((source): RE2JS | { readonly answer: string } => {
  // Loaded when the first pattern is asked for.
  const { RE2JS } = require('re2js') as typeof import('re2js');
  try {
    return RE2JS.compile(source);
  } catch (error) {
    return { answer: (error as Error).message };
  }
});

/** A regular expression of Go; undefined for what is none. */
export function goRegularExpression(source: string): RE2JS | undefined {
  const made = compile(source);
  return 'answer' in made ? undefined : made;
}

/** What Go answers to a text that is no regular expression to it. */
export function patternFault(source: string): string | undefined {
  const made = compile(source);
  if (!('answer' in made)) return undefined;
  // Go takes a name for two groups (regexp/syntax of Go 1.26).
  return made.answer.includes('duplicate capture group name') ? undefined : made.answer;
}

/** Whether a regular expression of Go is found in a text; undefined for one that is none. */
export function goMatches(source: string, text: string): boolean | undefined {
  const made = compile(source);
  return 'answer' in made ? undefined : made.matcher(text).find();
}

const lacking: readonly (readonly [syntax: RegExp, name: string])[] = [
  [/\(\?[=!]/, 'look-aheads'],
  [/\(\?<[=!]/, 'look-behinds'],
  [/\\[1-9]/, 'back-references'],
];

/** The end of a sentence that begins with "must be". */
export function goPattern(source: string): string {
  const [, name] = lacking.find(([syntax]) => syntax.test(source)) ?? [];
  return `a regular expression of Go${name === undefined ? '' : `, which has no ${name}`}`;
}

/** Where a kind has such regular expressions: a path with "*" for all items of a list; `group` names a text beside it that uses its groups. */
interface Field {
  readonly path: string;
  readonly replacement?: string;
}

/** (2.9: apis/externalsecrets/v1/externalsecret_types.go; runtime/esutils/utils.go, RewriteRegexp; runtime/find/find.go) */
const ofExternalSecret: readonly Field[] = [
  { path: 'dataFrom.*.find.name.regexp' },
  { path: 'dataFrom.*.rewrite.*.regexp.source', replacement: 'target' },
];
/** (2.9: pkg/controllers/pushsecret/pushsecret_controller.go, matchKeys, compileRewrite) */
const ofPushSecret: readonly Field[] = [
  { path: 'dataTo.*.match.regexp' },
  { path: 'dataTo.*.rewrite.*.regexp.source', replacement: 'target' },
];
const below = (path: string, fields: readonly Field[]) =>
  fields.map((field) => ({ ...field, path: `${path}.${field.path}` }));

const fields: Readonly<Record<string, readonly Field[]>> = {
  'external-secrets.io/ExternalSecret': below('spec', ofExternalSecret),
  'external-secrets.io/ClusterExternalSecret': below('spec.externalSecretSpec', ofExternalSecret),
  'external-secrets.io/PushSecret': below('spec', ofPushSecret),
  'external-secrets.io/ClusterPushSecret': below('spec.pushSecretSpec', ofPushSecret),
  // Flux 2.9, image-reflector-controller internal/policy/filter.go, internal/controller/imagerepository_controller.go
  'image.toolkit.fluxcd.io/ImagePolicy': [{ path: 'spec.filterTags.pattern', replacement: 'extract' }],
  'image.toolkit.fluxcd.io/ImageRepository': [{ path: 'spec.exclusionList.*' }],
  // notification-controller internal/server/event_handlers.go
  'notification.toolkit.fluxcd.io/Alert': [{ path: 'spec.inclusionList.*' }, { path: 'spec.exclusionList.*' }],
  // Flux Operator, internal/controller/resourcesetinputprovider_controller.go
  'fluxcd.controlplane.io/ResourceSetInputProvider': [
    ...['include', 'exclude'].flatMap((verb) =>
      ['Branch', 'Tag', 'Environment'].map((what) => ({ path: `spec.filter.${verb}${what}` })),
    ),
  ],
};

const parts = memoizeText((path) => path.split('.'));

function* valuesAt(value: Json | undefined, way: readonly string[], path: Path = []): Generator<[Path, Json, Json]> {
  const [first, ...rest] = way;
  if (first === undefined) return;
  const items = first === '*' && Array.isArray(value) ? [...value.entries()] : [];
  const below: readonly (readonly [string | number, Json | undefined])[] =
    first === '*' ? items : isJsonObject(value) ? [[first, value[first]]] : [];
  for (const [step, found] of below) {
    if (found === undefined || value === undefined) continue;
    if (rest.length === 0) yield [[...path, step], found, value];
    else yield* valuesAt(found, rest, [...path, step]);
  }
}

/** The regular expressions of an object that Go does not read. They are accepted, and what asks for them fails. */
export function* patternFaults(object: JsonObject): Generator<Fault> {
  for (const { path, source } of patternsOf(object)) {
    const says = patternFault(source);
    if (says !== undefined) yield { path, allowed: goPattern(source), says };
  }
}

/**
 * Texts that name a group which their regular expression does not have. Go writes nothing in its place, and reads the longest name that
 * there can be: `$1_KEY` is the group `1_KEY`. (package regexp, Expand)
 */
export function* groupFaults(object: JsonObject): Generator<Fault> {
  for (const { path, source, replacement } of patternsOf(object)) {
    if (replacement === undefined || !isKnown(replacement.text)) continue;
    const made = compile(source);
    if ('answer' in made) continue;
    const name = groupsOf(replacement.text).find((group) => !hasGroup(made, group));
    if (name === undefined) continue;
    const [, digits, rest] = /^(\d+)(\D.*)$/.exec(name) ?? [];
    const instead = digits === undefined ? '' : `; write \${${digits}}${rest}`;
    yield {
      path: [...path.slice(0, -1), replacement.field],
      allowed: `a text of groups that ${source} has: ${name} is none, and nothing is written for it${instead}`,
    };
  }
}

function* patternsOf(object: JsonObject) {
  const { group } = groupVersion(textAt(object, 'apiVersion') ?? '');
  for (const { path: way, replacement: field } of fields[groupKind({ group, kind: String(object.kind) })] ?? []) {
    for (const [path, source, holder] of valuesAt(object, parts(way))) {
      if (typeof source !== 'string' || source === '' || !isKnown(source)) continue;
      const text = field === undefined ? undefined : textAt(holder, field);
      yield { path, source, replacement: field === undefined || !text ? undefined : { field, text } };
    }
  }
}

/** The names in `$name` and `${name}`; `$$` is a dollar, and what has no name after it stays as it is. */
function groupsOf(text: string): string[] {
  return [...text.matchAll(/\$(?:\$|\{(\w+)\}|(\w+))/g)].flatMap(([, braced, plain]) => braced ?? plain ?? []);
}

function hasGroup(pattern: RE2JS, name: string): boolean {
  return /^\d+$/.test(name) ? Number(name) <= pattern.groupCount() : Object.hasOwn(pattern.namedGroups(), name);
}
