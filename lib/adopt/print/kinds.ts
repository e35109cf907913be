import type { SchemaStore } from '../../graph/schema';
import { kindTypes } from '../../graph/schema/kind-types';
import { misfit } from '../../graph/schema/misfit';
import type { JsonObject } from '../../json/json';
import { kindsIn, kindsText } from '../../report/kinds/typescript';
import type { ObjectType } from '../../systems/helm/value-types/value-type';
import type { Code, Construction, Program } from '../program';
import { isVariable, marked } from './marked';

/** What the compiler knows of the Manifests of a program. */
export interface ProgramKinds {
  /** The text of `imports/kinds.ts`; undefined where there is nothing to say. */
  readonly text: string | undefined;
  /** Manifests that are not of the type of their kind: they are not held against it. */
  readonly untyped: ReadonlySet<Construction>;
}

/**
 * The types of the kinds that a program has as Manifests. Of a kind whose definition is a catalog's there is none where an object is not
 * of it: the cluster has another release.
 *
 * @param before the text that is there: its kinds stay, since other code may have them
 */
export function kindsOf(program: Program, schemas: Pick<SchemaStore, 'lookup'>, before: string): ProgramKinds {
  const manifests = program.modules
    .flatMap(({ constructions }) => constructions)
    .filter(({ className, props }) => className === 'Manifest' && props !== undefined)
    .map((construction) => ({ construction, object: marked(construction.props as Code) as JsonObject }));
  const ids = new Set([...kindsIn(before), ...manifests.map(({ object }) => idOf(object))]);
  const found = [...ids].flatMap((id) => {
    const slash = id.lastIndexOf('/');
    const known = schemas.lookup(id.slice(0, slash), id.slice(slash + 1));
    return known.state === 'found' ? [known] : [];
  });
  const types = new Map(kindTypes(found.map(({ schema }) => schema)));
  const misfits = () => manifests.filter(({ object }) => !isOf(object, types.get(idOf(object))));
  const ofCatalog = new Set(
    found.filter(({ catalog }) => catalog !== undefined).map(({ schema }) => `${schema.apiVersion}/${schema.kind}`),
  );
  for (const { object } of misfits()) if (ofCatalog.has(idOf(object))) types.delete(idOf(object));
  return {
    text: types.size === 0 ? undefined : kindsText(types),
    untyped: new Set(misfits().map(({ construction }) => construction)),
  };
}

function idOf({ apiVersion, kind }: JsonObject): string {
  return `${apiVersion}/${kind}`;
}

function isOf(object: JsonObject, type: ObjectType | undefined): boolean {
  return misfit(object, type, isVariable) === undefined;
}
