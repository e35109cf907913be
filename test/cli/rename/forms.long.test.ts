import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { espalier, run } from '../../repository';
import { apps, others, repository } from './tree';

/** A way to write the same, which a rename has to leave as it is. */
interface Form {
  readonly name: string;
  readonly write: (text: string) => string;
  /** The text as it was. */
  readonly back: (text: string) => string;
}

const forms: readonly Form[] = [
  {
    name: 'comments at the ends of lines',
    write: (text) => text.replace(/(?<=[\w}"])$/gm, ' # kept'),
    back: (text) => text.replaceAll(' # kept', ''),
  },
  {
    name: 'comments and empty lines between',
    write: (text) => text.replace(/^(?=\S)/gm, '# before\n\n'),
    back: (text) => text.replaceAll('# before\n\n', ''),
  },
  {
    name: 'names in quotes',
    write: (text) => text.replace(/^( *(?:- )?name(?:space)?: )(\w[\w-]*)/gm, "$1'$2'"),
    back: (text) => text.replace(/^( *(?:- )?name(?:space)?: )'([\w-]*)'/gm, '$1$2'),
  },
  {
    name: 'other documents before and after',
    write: (text) => `# first\n---\n${text}---\n# last\n`,
    back: (text) => text.replace(/^# first\n---\n/, '').replace(/---\n# last\n$/, ''),
  },
  {
    name: 'no line end at the end',
    write: (text) => text.replace(/\n$/, ''),
    back: (text) => `${text}\n`,
  },
  {
    name: 'CRLF',
    write: (text) => text.replaceAll('\n', '\r\n'),
    back: (text) => text.replaceAll('\r\n', '\n'),
  },
  { name: 'a mark of the byte order', write: (text) => `\ufeff${text}`, back: (text) => text.replace(/^\ufeff/, '') },
];

const files = ['clusters/prod/apps.yaml', 'clusters/prod/others.yaml'] as const;

/** What both steps make of the texts of a repository. */
async function renamed(texts: readonly string[], name: string): Promise<readonly string[]> {
  const folder = repository({
    'clusters/prod/tenants.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: { name: tenants }\n',
    ...Object.fromEntries(files.map((file, i) => [file, texts[i] as string])),
  });
  for (const more of [[], ['--reconciled']]) {
    const { code, stdout, stderr } = await espalier(['rename', 'flux-system/apps', name, '--write', ...more], {
      cwd: folder,
    });
    if (code !== 0) throw new Error(`${stdout}${stderr}`);
    run('git', ['commit', '-qam', 'a step'], { cwd: folder });
  }
  return files.map((file) => readFileSync(join(folder, file), 'utf8'));
}

const marks = (texts: readonly string[]) =>
  texts
    .join('')
    .match(/# (?:kept|before|first|last)|\r(?=\n)|\ufeff|'/g)
    ?.sort();

it.each(['workloads', 'tenants/apps', 'tenants/workloads'])(
  'becoming %s, nothing else changes, in whatever form it is written',
  async (name) => {
    const plain = await renamed([apps, others], name);
    await fc.assert(
      fc.asyncProperty(fc.subarray([...forms]), async (chosen) => {
        const texts = [apps, others].map((text) => chosen.reduce((rest, { write }) => write(rest), text));
        const found = await renamed(texts, name);
        expect(found.map((text) => chosen.reduceRight((rest, { back }) => back(rest), text))).toEqual(plain);
        // What a new line ends with may be one more; nothing of what was there is gone.
        for (const mark of new Set(marks(texts))) {
          const count = (all: readonly string[]) => marks(all)?.filter((one) => one === mark).length ?? 0;
          expect(count(found)).toBeGreaterThanOrEqual(count(texts));
        }
      }),
      { numRuns: 10, endOnFailure: true },
    );
  },
);
