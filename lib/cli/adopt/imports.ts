import { existsSync, readFileSync } from 'node:fs';
import type { ImportedFile } from '../../adopt/imported-values';
import { EspalierError } from '../../errors';
import { readImport } from '../../report/charts/read-typescript';
import { madeKinds } from '../../report/kinds/typescript';
import { readImports } from '../../tree/imports';

export const kindsFile = 'imports/kinds.ts';

/** imports/kinds.ts as it is. @throws EspalierError where somebody else wrote it */
export function readKinds(): string {
  const text = existsSync(kindsFile) ? readFileSync(kindsFile, 'utf8') : '';
  if (text === '' || text.startsWith(madeKinds)) return text;
  throw new EspalierError(
    `${kindsFile} was not made by \`espalier adopt\`, which writes it. Move it away. Nothing was written.`,
  );
}

/** The charts that `espalier import` has imported; of a file that somebody has changed since, nothing is known. */
export function importedCharts(): ImportedFile[] {
  return [...readImports('imports/charts')].flatMap(([file, text]) => {
    const read = readImport(text);
    return read === undefined ? [] : [{ ...read, path: file.replace(/\.ts$/, '') }];
  });
}
