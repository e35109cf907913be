import { isJsonObject, type Json, type JsonObject } from '../../json/json';
import { lookup, stepsOf, textOf } from './field-path';
import type { Var, Yield } from './findings';
import { type Item, idOf, isSame } from './item';
import { entriesOf, type Kustomization } from './kustomization';
import { carryOrigin } from './origin';
import { withChanged } from './shared';
import { editField, Unfit } from './specs';

/** Notes the vars of a kustomization (ResAccumulator.MergeVars of kustomize). */
export function addVars(kustomization: Kustomization, into: Yield): void {
  for (const { value, document, path } of entriesOf(kustomization, 'vars')) {
    if (!isJsonObject(value)) continue;
    const { name, objref, fieldref } = value;
    const { fieldPath, fieldpath = fieldPath } = isJsonObject(fieldref) ? fieldref : {};
    const target = isJsonObject(objref) ? objref : {};
    const fault = (message: string) => into.faults.add({ kind: 'invalid', document, path, message, fails: true });
    const found = into.items.filter((item) => isMeant(target, item));
    if (found.length > 1) fault(`several objects here are what the var ${textOf(name)} means; write their namespace`);
    const [object] = found;
    if (object !== undefined) {
      const marked = { ...object, vars: [...object.vars, textOf(name)] };
      into.items = into.items.map((item) => (item === object ? marked : item));
    }
    addVar({ name: textOf(name), fieldPath: textOf(fieldpath) || 'metadata.name', at: { document, path } }, into);
  }
}

/** Takes over the vars of another kustomization. */
export function takeVars(into: Yield, from: Yield): void {
  for (const each of from.vars) addVar(each, into);
}

function addVar(added: Var, into: Yield): void {
  if (into.vars.some(({ name }) => name === added.name)) {
    const message = `there is another var ${added.name}; give one of them another name`;
    into.faults.add({ kind: 'invalid', ...added.at, message, fails: true });
  } else into.vars = [...into.vars, added];
}

function isMeant({ apiVersion, group, version, kind, name, namespace }: JsonObject, { id, previous }: Item): boolean {
  const own = textOf(group) === '' ? textOf(version) : `${textOf(group)}/${textOf(version)}`;
  const target = { apiVersion: textOf(apiVersion) || own, kind, metadata: { name, namespace } } as JsonObject;
  const wanted = idOf(target);
  return [id, ...previous].some((each) => {
    const known = { ...each, apiVersion: id.apiVersion };
    return isSame(known, textOf(namespace) === '' ? { ...wanted, namespace: known.namespace } : wanted);
  });
}

/** Puts the values of vars where they are written (ResAccumulator.ResolveVars); all names are final by then. */
export function resolveVars(into: Yield): void {
  const values = new Map<string, Json>();
  for (const { name, fieldPath, at } of into.vars) {
    const item = into.items.find(({ vars }) => vars.includes(name));
    const value = item && fieldValue(item, fieldPath);
    if (value === undefined) {
      const message = `nothing here has the ${fieldPath} that the var ${name} means; correct its objref or fieldref`;
      into.faults.add({ kind: 'invalid', ...at, message, fails: true });
    } else if (value !== null) values.set(name, value);
  }
  if (values.size === 0) return;
  for (const spec of into.config.varReference) {
    into.items = into.items.map((item) => {
      try {
        return withChanged(
          item,
          editField(item.value, spec, (at) => replaced(at, values)),
        );
      } catch (error) {
        if (!(error instanceof Unfit)) throw error;
        const { document, path } = item;
        into.faults.add({ kind: 'invalid', document, path, message: error.message, fails: true });
        return item;
      }
    });
  }
}

function fieldValue({ value }: Item, fieldPath: string): Json | undefined {
  try {
    // `a[0]` is another way to write `a.0`.
    return lookup(value, stepsOf(fieldPath.replaceAll(/(?<=[^.])\[(\d+)\]/g, '.$1')));
  } catch (error) {
    if (error instanceof Unfit) return undefined;
    throw error;
  }
}

/** In a text, in the texts of a list, and in those of a map (api/filters/refvar). */
function replaced(at: Json, values: ReadonlyMap<string, Json>): Json {
  if (typeof at === 'string') return expanded(at, values);
  if (Array.isArray(at)) {
    if (at.some((each) => typeof each !== 'string'))
      throw new Unfit('a var is in a list that does not contain only text');
    return carryOrigin(
      at,
      at.map((each) => expanded(each as string, values)),
    );
  }
  if (!isJsonObject(at)) return at;
  const entries = Object.entries(at).map(([key, value]) => [
    key,
    typeof value === 'string' ? expanded(value, values) : value,
  ]);
  return carryOrigin(at, Object.fromEntries(entries) as JsonObject);
}

/** `$(NAME)` is the var's value, of its own type where nothing else stands there; `$$` is a dollar. */
function expanded(text: string, values: ReadonlyMap<string, Json>): Json {
  const known = (name: string) => {
    const value = values.get(name);
    return typeof value === 'object' ? undefined : value;
  };
  const whole = /^\$\(([^)]*)\)$/.exec(text);
  if (whole !== null) return known(whole[1] as string) ?? text;
  return text.replace(/\$(?:\$|\(([^)]*)\))/g, (written, name?: string) =>
    name === undefined ? '$' : textOf(known(name) ?? written),
  );
}
