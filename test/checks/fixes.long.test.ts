import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { isCleaner } from '../../lib/checks/fixes';
import { deepEqual } from '../../lib/json/deep-equal';
import { parseFile } from '../../lib/tree/source';
import { temporaryFolder } from '../repository';
import { FixTrees, fixable, type Texts } from './fix-trees';

const trees = new FixTrees(temporaryFolder());
beforeAll(() => trees.copy());

/** Another way to write the same, and back. */
interface Variant {
  readonly name: string;
  write(text: string): string;
  /** The text without what the variant brought; undefined where that cannot be told. */
  back?(text: string): string;
  /** What stays as often as it was. */
  readonly mark?: string;
}

/** Lines of a text outside of blocks of text, changed. */
function eachLine(text: string, change: (line: string) => string): string {
  let block = -1;
  return text
    .split('\n')
    .map((line) => {
      const indent = line.search(/\S/);
      if (block >= 0 && (indent < 0 || indent > block)) return line;
      block = /(?:^|[\s:-])[|>][-+\d]*\s*$/.test(line) ? indent : -1;
      return block >= 0 || indent < 0 || /^\s*#|^---/.test(line) ? line : change(line);
    })
    .join('\n');
}

const variants: readonly Variant[] = [
  { name: 'CRLF', write: (text) => text.replaceAll('\n', '\r\n'), back: (text) => text.replaceAll('\r\n', '\n') },
  { name: 'a mark of the byte order', write: (text) => `\ufeff${text}`, back: (text) => text.replace(/^\ufeff/, '') },
  {
    name: 'comments at the ends of lines',
    write: (text) => eachLine(text, (line) => `${line} # kept`),
    back: (text) => text.replaceAll(' # kept', ''),
    mark: '# kept',
  },
  {
    name: 'tabs and comments behind values',
    write: (text) => eachLine(text, (line) => `${line}\t# kept`),
    back: (text) => text.replaceAll('\t# kept', ''),
    mark: '\t# kept',
  },
  {
    name: 'comments and empty lines between',
    write: (text) => eachLine(text, (line) => `${line}\n# kept\n`),
    back: (text) => text.replaceAll('\n# kept\n', ''),
    mark: '# kept',
  },
  {
    name: 'documents before and after',
    write: (text) => `# kept\n---\n${text.replace(/^---\n/, '')}---\n# kept\n`,
    mark: '# kept',
  },
  {
    name: 'texts in single quotes',
    write: (text) => eachLine(text, (line) => line.replace(/^(\s*(?:- )?[\w.-]+: )([a-z][\w./-]*)$/, "$1'$2'")),
  },
  {
    name: 'texts in double quotes',
    write: (text) => eachLine(text, (line) => line.replace(/^(\s*(?:- )?[\w.-]+: )([a-z][\w./-]*)$/, '$1"$2"')),
  },
  {
    name: 'braces and brackets',
    write: (text) =>
      [...parseAllDocuments(text)].map((one) => one.toString({ collectionStyle: 'flow', lineWidth: 0 })).join('---\n'),
  },
];

/** The YAML files of a tree in another form; those that would then say something else stay. */
function written(folder: string, { write }: Variant): Texts {
  const texts = new Map<string, Uint8Array>();
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!/\.ya?ml$/.test(name)) continue;
    const path = join(folder, name);
    const text = readFileSync(path, 'utf8');
    const other = Buffer.from(write(text));
    const [values, others] = [parseFile(name, text), parseFile(name, other)].map(({ documents, faults }) => [
      ...documents.map(({ value }) => value),
      faults.length,
    ]);
    if (values?.length === others?.length && values?.every((value, i) => deepEqual(value, others?.[i]))) {
      texts.set(path, other);
    }
  }
  return texts;
}

describe.each(variants)('with $name', (variant) => {
  it.each(fixable)('$id is fixed, and nothing else changes', ({ id, trees: flagged }) => {
    let fixed = 0;
    for (const name of flagged) {
      const tree = join(id, name);
      const plain = trees.look(tree);
      const expected = trees.fixesIn(plain, id).filter((each) => {
        return isCleaner(plain, trees.look(tree, trees.fixed(each)), [each]);
      });
      const texts = written(join(trees.folder, tree), variant);
      const before = trees.look(tree, texts);
      const found = trees.fixesIn(before, id);
      for (const each of expected) {
        const finding = found.find(({ message, object, file }) => {
          return message === each.message && object === each.object && file === each.file;
        });
        // Some forms leave a fault no place: a number in quotes is none.
        if (finding === undefined) continue;
        fixed += 1;
        const after = trees.fixed(finding, texts);
        expect(isCleaner(before, trees.look(tree, after), [finding])).toBe(true);
        for (const [path, bytes] of trees.fixed(each)) {
          const text = Buffer.from(after.get(path) ?? []).toString('utf8');
          const was = Buffer.from(texts.get(path) ?? readFileSync(path)).toString('utf8');
          if (texts.has(path) && variant.back !== undefined) {
            expect(variant.back(text)).toBe(Buffer.from(bytes).toString('utf8'));
          }
          if (variant.mark !== undefined) {
            const lost = finding.fix.title.startsWith('remove') ? 1 : 0;
            expect(text.split(variant.mark).length).toBeGreaterThanOrEqual(was.split(variant.mark).length - lost);
          }
        }
      }
    }
    if (variant.back !== undefined) expect(fixed).toBeGreaterThan(0);
  });
});
