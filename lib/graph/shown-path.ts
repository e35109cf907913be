import type { SourceTree } from '../tree/source/source';

/** A file as it is named from where the command runs. */
export function shownPath({ prefix, inside = '' }: SourceTree, path: string): string {
  if (inside === '') return prefix === '' ? path : `${prefix}/${path}`;
  const here = inside.split('/');
  const segments = path.split('/');
  const shared = here.findIndex((segment, i) => segment !== segments[i]);
  const common = shared < 0 ? here.length : shared;
  return [...here.slice(common).map(() => '..'), ...segments.slice(common)].join('/');
}
