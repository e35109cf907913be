import { memoize } from '../text/memoize';
import type { SourceTree } from './source/source';

/** The submodule that a folder lies in: another repository, which Flux has where the GitRepository says recurseSubmodules. */
export function submoduleOf(tree: SourceTree, folder: string): string | undefined {
  return submodulesIn(tree).find((path) => folder === path || folder.startsWith(`${path}/`));
}

/** What .gitmodules names (https://git-scm.com/docs/gitmodules). */
const submodulesIn = memoize((tree: SourceTree): readonly string[] => {
  const text = Buffer.from(tree.read('.gitmodules') ?? '').toString('utf8');
  return [...text.matchAll(/^[ \t]*path[ \t]*=[ \t]*(\S+)/gm)].map(([, path = '']) => path);
});
