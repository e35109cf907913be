import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

const folder = join(__dirname, '..', 'lib', 'report', 'pictures');

/** The code that the page of `espalier graph` runs in the browser, as the module that holds it. */
export function pageScript(): string {
  const { outputFiles } = buildSync({
    entryPoints: [join(folder, 'browser', 'main.ts')],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    charset: 'ascii',
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: 'none',
  });
  const code = outputFiles[0]?.text.trim() ?? '';
  // Whatever ends a script element or begins a comment in one must not stand in it.
  if (/<\/script|<!--/i.test(code)) throw new Error('the code of the page holds what ends its element');
  return `/** Made of browser/ by npm run page; change that, not this. */
export const script = ${JSON.stringify(code)};
`;
}

if (require.main === module) writeFileSync(join(folder, 'page', 'script.generated.ts'), pageScript());
