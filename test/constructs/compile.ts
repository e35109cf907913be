import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * What the compiler says about a text that uses the library: `line: message` for each error.
 *
 * @param others further files that are compiled with it, by name; their errors are told with their names
 */
export function compile(lines: readonly string[], others: Readonly<Record<string, string>> = {}): string[] {
  // In the repository, so that it finds the library and its packages, but where no other check looks.
  const cache = path.join(__dirname, '../../node_modules/.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(path.join(cache, 'espalier-types-'));
  try {
    const texts = { 'text.ts': lines.join('\n'), ...others };
    for (const [name, text] of Object.entries(texts)) writeFileSync(path.join(folder, name), text);
    writeFileSync(
      path.join(folder, 'tsconfig.json'),
      JSON.stringify({
        extends: '../../../tsconfig.json',
        files: Object.keys(texts),
        include: [],
        compilerOptions: { noUnusedLocals: false },
      }),
    );
    const tsc = path.join(path.dirname(require.resolve('typescript/package.json')), 'bin', 'tsc');
    execFileSync(process.execPath, [tsc, '--noEmit', '--pretty', 'false', '--project', folder], { encoding: 'utf8' });
    return [];
  } catch (error) {
    const { stdout } = error as { stdout?: string };
    const found = [...(stdout ?? '').matchAll(/^(?:.*[\\/])?([\w-]+\.ts)\((\d+),\d+\): error (.*)$/gm)];
    if (found.length === 0) throw error;
    return found.map(([, name, line, message]) => `${name === 'text.ts' ? '' : `${name}:`}${line}: ${message}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
