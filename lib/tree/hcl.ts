import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ParseHcl } from '../systems/vault/hcl';
import { readHcl } from '../systems/vault/read-hcl';
import { isSingleExecutable, readAsset } from './assets';

/** What `npm run build` puts beside what this file becomes, so that who installs Espalier needs no compiler. */
const grammar = 'tree-sitter-hcl.wasm';
const engine = 'web-tree-sitter.wasm';

let loaded: Promise<ParseHcl> | undefined;

/**
 * The parser of HCL: tree-sitter with the grammar that editors use, both as WebAssembly. It is loaded once, when it is first
 * wanted, which takes some 20 ms; after that it parses without waiting.
 */
export function loadHcl(): Promise<ParseHcl> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<ParseHcl> {
  const { Language, Parser } = await import('web-tree-sitter');
  // Else it looks for its own file beside itself.
  await Parser.init(isSingleExecutable ? { wasmBinary: readAsset(engine, () => '') } : undefined);
  const parser = new Parser();
  parser.setLanguage(await Language.load(readAsset(grammar, grammarFile)));
  return (text) => {
    const tree = parser.parse(text);
    if (tree === null) return { attributes: [], blocks: [], fault: { line: 1, column: 1, message: 'it is not HCL' } };
    try {
      return readHcl(tree.rootNode);
    } finally {
      // WebAssembly's memory is not collected.
      tree.delete();
    }
  };
}

function grammarFile(): string {
  // By way of the folder above: in the package, commands are bundled in another one.
  const built = join(__dirname, '..', 'tree', grammar);
  return existsSync(built) ? built : require.resolve(`@tree-sitter-grammars/tree-sitter-hcl/${grammar}`);
}
