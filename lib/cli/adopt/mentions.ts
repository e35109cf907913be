import { pathOf } from '../../adopt/compare';
import type { Survey } from '../../adopt/survey';
import { lazy } from '../../text/memoize';
import { ownPrefix } from '../../tree/paths';
import type { SourceTree } from '../../tree/source/source';

/** Longer files are data that nobody writes by hand. */
const mostBytes = 1_000_000;

/**
 * What in a repository names a file, besides what is adopted: a workflow, a script, a page. Named is what has the name with the folder
 * that it lies in: paths begin anywhere.
 */
export function mentionsIn(tree: SourceTree, { files, folders }: Survey): (path: string) => string | undefined {
  const adopted = new Set([...files, ...folders].map(pathOf));
  const texts = lazy(() =>
    [...pathsIn(tree, '')]
      .filter((path) => !adopted.has(path))
      .flatMap((path) => {
        const bytes = tree.read(path);
        return bytes === undefined || bytes.length > mostBytes || bytes.includes(0)
          ? []
          : [{ path, text: Buffer.from(bytes).toString() }];
      }),
  );
  return (path) => {
    const name = path.split('/').slice(-2).join('/');
    return texts().find(({ text }) => text.includes(name))?.path;
  };
}

function* pathsIn(tree: SourceTree, folder: string): Generator<string> {
  for (const { name, type } of tree.everythingIn(folder) ?? []) {
    const path = folder === '' ? name : `${folder}/${name}`;
    // The ownership file names all that was taken over.
    if (name.startsWith(ownPrefix)) continue;
    if (type === 'file') yield path;
    else yield* pathsIn(tree, path);
  }
}
