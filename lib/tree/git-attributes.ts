import { ownershipFile } from './ownership';

/**
 * Lines for `.gitattributes` with which branches that each add an app merge without a conflict in what is generated: of the ownership file,
 * of lists in a folder that is Espalier's alone, and of known findings (`espalier check --write-baseline`), Git keeps the lines of both
 * sides. Git has this driver itself: no clone is configured. What then is not as the code makes it, `espalier synth --resolve` makes anew. Line ends stay as they are hashed.
 *
 * @param outdir the output folder, as seen from the repository's root: `dist`, or `.`
 * @param alone whether nobody else has files in it
 */
export function gitAttributes(outdir: string, alone = outdir === 'dist'): readonly string[] {
  const folder = outdir.replace(/^(?:\.\/)+|\/+$/g, '');
  const line = (path: string, attributes: string) =>
    `${/[\s"]/.test(path) ? JSON.stringify(path) : path} ${attributes}`;
  const below = folder === '' || folder === '.' ? '' : `/${folder}`;
  const ownership = line(`${below}/${ownershipFile}`, 'text eol=lf merge=union');
  const baseline = 'espalier.baseline merge=union';
  if (!alone || below === '') return [ownership, baseline];
  const lists = line(`${below}/**/kustomization.yaml`, 'merge=union');
  return [line(`${below}/**`, 'text eol=lf'), lists, ownership, baseline];
}
