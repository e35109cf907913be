import { sameJson } from '../same-json';
import { parseFile } from '../source/parse';
import { isJsonObject, type JsonObject } from '../tree';
import { complaintOf } from './complaint';
import type { Open, Yield } from './findings';
import { type Item, idOf, itemOf, keyOf } from './item';
import type { Kustomization } from './kustomization';
import type { Run } from './process';
import type { Root } from './root';

/** Puts what kustomize made of a folder in the place of what the built-in reading made of it. */
export function settle({ yielded, kustomization }: Root, copyRoot: string, run: Run): void {
  if (kustomization === undefined) return;
  const followed = [...yielded.open].filter(({ byKustomize }) => byKustomize);
  if ('prevented' in run) {
    for (const open of followed)
      replace(yielded, open, `${open.path.at(-1)} is not followed: kustomize did not finish (${run.prevented})`);
    return;
  }
  if ('complaint' in run) {
    const [first, second] = followed;
    const at = first !== undefined && second === undefined ? first : { document: kustomization.document, path: [] };
    const message = `kustomize fails: ${complaintOf(run.complaint, copyRoot)}`;
    yielded.faults.add({ kind: 'failed', document: at.document, path: at.path, message, fails: true });
    return;
  }
  const { documents, faults } = parseFile('kustomize', run.printed);
  if (faults.length > 0) {
    for (const open of followed)
      replace(yielded, open, `${open.path.at(-1)} is not followed: what kustomize printed cannot be read`);
    return;
  }
  for (const open of followed) yielded.open.delete(open);
  const items = matched(documents.map(({ value }) => value).filter(isJsonObject), yielded.items, kustomization);
  // What kustomize had no part in, such as what SOPS has encrypted.
  const isOpen = (item: Item) =>
    [...yielded.open].some((open) => open.document === item.document && open.path === item.path);
  yielded.items = items.map((item) => (isOpen(item) ? { ...item, uncertain: true } : item));
}

function replace(yielded: Yield, open: Open, what: string): void {
  yielded.open.delete(open);
  yielded.open.add({ ...open, what });
}

/**
 * The objects that kustomize printed, each with the document that it comes from. kustomize could note it in an annotation
 * (originAnnotations), but then patches and selectors of the tree would see that, as they do not for Flux.
 */
function matched(values: readonly JsonObject[], items: readonly Item[], { document }: Kustomization): Item[] {
  const left = new Map(items.map((item) => [keyOf(item.id), item]));
  const take = (item: Item | undefined): Item | undefined => {
    if (item !== undefined) left.delete(keyOf(item.id));
    return item;
  };
  const exact = values.map((value) => take(left.get(keyOf(idOf(value)))));
  return values.map((value, i) => {
    const item = exact[i] ?? take(likeliest(value, [...left.values()]));
    if (item === undefined) return itemOf(value, document, [], true);
    const same = sameJson(value, item.value) ? item.value : value;
    return { ...item, value: same, id: idOf(same), uncertain: false };
  });
}

/** An object that kustomize renamed: one of its kind and, if it can be told, of a name that its own begins or ends with. */
function likeliest(value: JsonObject, left: readonly Item[]): Item | undefined {
  const { kind, name } = idOf(value);
  const alike = left.filter(({ id }) => id.kind === kind);
  const called = alike.find(({ id, previous }) =>
    [id, ...previous].some((each) => name.startsWith(each.name) || name.endsWith(each.name)),
  );
  return called ?? alike[0] ?? (left.length === 1 ? left[0] : undefined);
}
