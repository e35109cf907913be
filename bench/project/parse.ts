import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a check begins with, and nothing else: the values of all YAML files of a folder. node parse.js js-yaml|yaml FOLDER */
const [library, folder = ''] = process.argv.slice(2);
const parse = library === 'yaml' ? withYaml() : withJsYaml();
let documents = 0;
for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
  if (path.endsWith('.yaml')) documents += parse(readFileSync(join(folder, path), 'utf8'));
}
console.log(`${documents} documents`);

function withJsYaml(): (text: string) => number {
  const { loadAll } = require('js-yaml') as typeof import('js-yaml');
  return (text) => loadAll(text).length;
}

function withYaml(): (text: string) => number {
  const { parseAllDocuments } = require('yaml') as typeof import('yaml');
  return (text) => {
    const read = [...parseAllDocuments(text)];
    for (const document of read) document.toJS();
    return read.length;
  };
}
