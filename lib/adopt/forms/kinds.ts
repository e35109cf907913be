import * as generators from '../../constructs/external-secrets/generators';
import * as constructs from '../../constructs/kinds';
import { schemaStore } from '../../graph/schema';
import { kindTypes } from '../../graph/schema/kind-types';
import { misfitOf } from '../../graph/schema/misfit';
import { packedSchemas } from '../../graph/schema/read-schemas';
import { isJsonObject, type Json } from '../../json/json';
import { groupKind, groupVersion } from '../../systems/api-version';
import type { ValueType } from '../../systems/helm/value-types/value-type';
import { lazy, memoizeText } from '../../text/memoize';
import type { Drafting, Said } from '../draft';
import { isVariable, marked } from '../print/marked';
import type { CodeObject } from '../program';
import type { Lift } from './form';
import { objectSaid } from './said';

/** Kinds whose constructs take spec as the API has it. */
export const kinds: Readonly<Record<string, Lift>> = Object.fromEntries(
  Object.entries({ ...constructs, ...generators }).flatMap(([className, construct]) => {
    if (!('GVK' in construct)) return [];
    const { apiVersion, kind } = construct.GVK;
    const { group } = groupVersion(apiVersion);
    return [[groupKind({ group, kind }), (drafting: Drafting) => said(drafting, className, apiVersion, kind)] as const];
  }),
);

function said(drafting: Drafting, className: string, apiVersion: string, kind: string): Said | undefined {
  const object = objectSaid(drafting, apiVersion);
  if (object === undefined) return undefined;
  const { metadata, spec } = object;
  return isTyped(`${apiVersion}/${kind}`, spec) ? { className, props: { ...metadata, spec } } : undefined;
}

/** Whether the compiler takes a spec: imports/ is of the same schemas. What patches add is not known here. */
export function isTyped(id: string, spec: CodeObject): boolean {
  const type = typeOf(id);
  const value = marked(spec);
  return type !== undefined && !hasNull(value) && misfitOf(value, type, isVariable) === undefined;
}

function hasNull(value: Json): boolean {
  if (Array.isArray(value)) return (value as readonly Json[]).some(hasNull);
  return value === null || (isJsonObject(value) && Object.values(value).some(hasNull));
}

const store = lazy(() => schemaStore(packedSchemas()));

const typeOf = memoizeText((id): ValueType | undefined => {
  const slash = id.lastIndexOf('/');
  const found = store().lookup(id.slice(0, slash), id.slice(slash + 1));
  return found.state === 'found' ? kindTypes([found.schema], true).get(id)?.keys.get('spec')?.type : undefined;
});
