import { describe } from '../graph/identity';
import { type Resource, writtenAt } from '../graph/resource';
import { isNamedAsWritten as isSecretNamedAsWritten } from '../graph/secrets/neighbours';
import type { Producer } from '../graph/secrets/secret-index';
import type { Path } from '../json/json';
import { textAt } from '../json/read';
import { onlyNear } from '../text/nearest';
import { spotAt } from '../tree/source/locate';
import type { SourceDocument } from '../tree/source/source';
import type { Fix, FixChange } from './check';

/** What `meant…` gives a problem: a fix, or nothing. */
export interface MayHaveFix {
  readonly fix?: Fix;
}

const none: MayHaveFix = {};

/** Another value for a field of the object at fault. */
export function setting(path: Path, value: string | number | boolean, after?: readonly string[]): MayHaveFix {
  const title = `set ${path.filter((step) => typeof step === 'string').join('.')} to ${value}`;
  return { fix: { title, changes: [{ path, set: value, ...(after && { after }) }] } };
}

/** The name that was surely meant, in the place of one that nothing has. */
export function respelled(path: Path, written: string, names: readonly string[]): MayHaveFix {
  const name = onlyNear(written, names);
  return name === undefined ? none : { fix: { title: `write ${name} for ${written}`, changes: [{ path, set: name }] } };
}

/** The same, wherever an object has the name. */
export function respelledAll(paths: readonly Path[], written: string, names: readonly string[]): MayHaveFix {
  const { fix } = respelled([], written, names);
  return fix === undefined ? {} : { fix: { title: fix.title, changes: everywhere(paths, fix.changes) } };
}

function everywhere(paths: readonly Path[], changes: readonly FixChange[]): readonly FixChange[] {
  const distinct = new Map(paths.map((path) => [JSON.stringify(path), path]));
  return [...distinct.values()].flatMap((path) => changes.map((change) => ({ ...change, path })));
}

/** Of objects, the names that stand in files as they are in the cluster: what kustomize adds to a name, it adds to references itself. */
export function namesWritten(resources: readonly Resource[]): readonly string[] {
  return resources.filter(isNamedAsWritten).map(({ name }) => name);
}

export function isNamedAsWritten(resource: Resource): boolean {
  const { document, path, name, generated, chart } = resource;
  return chart !== undefined || (!generated && textAt(document.value, ...path, 'metadata', 'name') === name);
}

/**
 * The name, or the namespace, of an object that a reference was surely meant to lead to.
 *
 * @param at where the reference's name and, beside it, its namespace stand
 * @param others the objects of its kind
 */
export function meantObject(
  at: Path,
  { name, namespace }: { readonly name: string; readonly namespace: string },
  others: readonly Resource[],
  mayCross = true,
): MayHaveFix {
  const elsewhere = others.filter((other) => other.name === name);
  const [only] = elsewhere;
  if (only !== undefined) {
    if (!mayCross || elsewhere.length > 1 || !isNamedAsWritten(only) || only.namespace === '') return none;
    const title = `set namespace to ${only.namespace}, in which ${describe(only)} is`;
    return { fix: { title, changes: [{ path: [...at, 'namespace'], set: only.namespace, after: ['name'] }] } };
  }
  const here = others.filter((other) => other.namespace === namespace);
  return respelled([...at, 'name'], name, namesWritten(here));
}

/** Quotation marks around what is written without: a number or a word that is meant as text. */
export function quoted(resource: Resource, path: Path): MayHaveFix {
  const { document, path: way } = writtenAt(resource, path);
  return quotedIn(document, way, path);
}

/** The same in a document that is no object of the cluster. @param path the way in what the problem is at */
export function quotedIn(document: SourceDocument, way: Path, path: Path = way): MayHaveFix {
  const spot = spotAt(document, way);
  const written = spot?.end === undefined ? undefined : document.file.text.slice(spot.start, spot.end);
  if (written === undefined || !/^[\w.+-]+$/.test(written)) return none;
  return { fix: { title: `put ${written} in quotes`, changes: [{ path, set: written }] } };
}

/** Of what makes Secrets, the names in a namespace that a reference may be written with. */
export function secretsWritten(made: readonly Producer[], namespace: string): readonly string[] {
  return made.filter((one) => one.namespace === namespace && isSecretNamedAsWritten(one)).map(({ name }) => name);
}
