import { createHash } from 'node:crypto';
import type { CheckSettings } from '../rules/settings';
import { mindsTags, withoutTags } from '../tree/image-tags';
import type { Tree } from '../tree/tree';

/** All that the outcome of a tree depends on. */
export interface KeyInputs {
  readonly tree: Tree;
  /** The tree's files as they would be written. Of a document nothing else counts: it is what Flux would read. */
  readonly own: ReadonlyMap<string, string>;
  /** Where it is to be written, as findings name it. */
  readonly seen: { readonly prefix: string; readonly inside: string };
  readonly check: CheckSettings | false;
  /** The rules that the configuration names, which are refused where there are none such. */
  readonly rules: CheckSettings['rules'];
  /** Espalier's code, its schemas, the packages that it reads with, and Node: anything that differs when one of them does. */
  readonly program: string;
}

/** Under what the outcome of a tree is cached: SHA-256, in hexadecimal. */
export interface CacheKey {
  /** The same for two runs of which one has nothing to find out that the other has not, but for the tags of images. */
  readonly hash: string;
  /** Of these tags. Another image alone, the change that trees see most, leaves the outcome as it is. */
  readonly tags: string;
}

export function keyOf({ tree, own, seen, check, rules, program }: KeyInputs): CacheKey {
  const { external = [], policies = [], files } = tree;
  const hash = createHash('sha256');
  const tags = createHash('sha256');
  const settings = [check, rules, external, policies];
  hash.update(JSON.stringify([form, program, seen.prefix, seen.inside, settings, files.length]));
  const minds = mindsTags(tree);
  for (const file of files) {
    const { path, madeBy, cluster } = file;
    const text = own.get(path) ?? '';
    const untagged = minds || file.comments !== undefined ? undefined : withoutTags(file);
    if (untagged !== undefined) tags.update(JSON.stringify([path, untagged.tags]));
    // With its comments, which depend on settings of their own.
    const said = untagged && commentsOf(text) + JSON.stringify(untagged.documents);
    const body = said ?? text;
    // With its length, so that no text can be taken for the beginning of the next file.
    hash.update(JSON.stringify([path, madeBy, cluster, said !== undefined, body.length]));
    hash.update(body);
  }
  return { hash: hash.digest('hex'), tags: tags.digest('hex') };
}

/** What stands above the first document of a file. */
function commentsOf(text: string): string {
  return /^(?:---\n|#.*\n)*/.exec(text)?.[0] ?? '';
}

/** Counts up when what is cached, or what its key is made of, takes another form. */
const form = 2;
