/** Joins POSIX paths, of which either may be empty (the same folder). */
export function joinPath(above: string, below: string): string {
  return above === '' || below === '' ? above + below : `${above}/${below}`;
}
