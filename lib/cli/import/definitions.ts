import { join, relative, resolve } from 'node:path';
import { EspalierError } from '../../errors';
import { readSchemas } from '../../graph/schema/read-schemas';
import type { ImportedFileReport } from '../../report/outcomes';
import { count } from '../../text/count';
import { groupBy } from '../../text/group-by';
import { listed } from '../../text/listed';
import { type ImportedFile, staleImports, writeImports } from '../../tree/imports';
import { keptSchemasFolder, schemaFile } from '../../tree/kept-schemas';
import { slashes } from '../../tree/source/seen-from';
import { readConfig } from '../config';
import type { Imported } from './imported';
import { constructsOf, type Defined, definedIn, eachOnce, kindsFile, unmadeIn } from './made';
import { type ImportRecord, readRecord, recordFile, withEntries } from './record';
import { type Given, isOtherVersion, type Read, readSource } from './sources';

export interface DefinitionsOptions {
  /** The folder of the constructs. */
  readonly output: string;
  /** Whether nothing is written, and what is stale is told. */
  readonly check: boolean;
  /** Whether the charts of Flux trees come from the cache alone. */
  readonly offline: boolean;
  /** Tells people of it. */
  readonly say: (text: string) => void;
}

/**
 * Makes typed constructs and schemas of definitions.
 *
 * @param given a source; undefined for all of the record
 */
export async function importDefinitions(
  given: Given | undefined,
  { output, check, offline, say }: DefinitionsOptions,
): Promise<Imported> {
  const record = readRecord();
  if (given === undefined && record.entries.length === 0) throw new EspalierError(`name a source: ${usage}`);
  const folder = slashes(relative('.', keptSchemasFolder('.')));
  const read = given === undefined ? await readAll(record, folder, offline) : [await readSource({ ...given, offline })];
  const defined = read.flatMap(({ documents }) => definedIn(documents));
  if (defined.length === 0) {
    const where = given?.source === '-' ? 'the standard input' : (given?.source ?? recordFile);
    const notes = read.flatMap(({ note }) => note ?? []);
    throw new EspalierError([`${where}: there is no CustomResourceDefinition.`, ...notes].join(' '));
  }
  const kinds = [...eachOnce(defined).values()];

  const groups = groupBy(kinds, ({ group }) => group);
  const entries = given === undefined ? [] : entriesOf(read[0] as Read, [...groups.keys()], folder);
  const added = entries.filter((entry) => !record.entries.includes(entry));
  const replaced = record.entries.filter((entry) => added.some((other) => isOtherVersion(entry, other)));
  const store = await storeWith(kinds);
  // What is not known to be gone stays.
  const isPart = given !== undefined || read.some(({ note }) => note !== undefined);
  const keeps = isPart && replaced.length === 0;
  const constructs = [...groups].map(([group, own]) => constructsOf(output, group, own, { store, keeps }));
  const ofManifests = kindsFile(output, kinds, store);
  const files: ImportedFile[] = [
    ...kinds.map(({ path, content }) => schemaFile(folder, path, content)),
    ...constructs.flatMap(({ file, left }) => (left ? [] : [file])),
    ...(ofManifests === undefined ? [] : [ofManifests]),
    ...(added.length === 0 ? [] : [{ folder: '.', path: recordFile, text: withEntries(record.text, added, replaced) }]),
  ];
  const made = constructs.map(({ file }) => file);
  const unmade = isPart ? [] : unmadeIn(output, made);
  const notes = read.flatMap(({ note }) => note ?? []);
  for (const note of notes) say(note);
  const told = (stale: readonly ImportedFile[]): ImportedFileReport[] => {
    const of = ({ folder: within, path }: ImportedFile) => slashes(join(within, path));
    const left = constructs.filter((one) => one.left).map(({ file }) => file);
    return [
      ...files.map((file) => ({ file: of(file), outcome: stale.includes(file) ? 'written' : 'unchanged' }) as const),
      ...left.map((file) => ({ file: of(file), outcome: 'left' }) as const),
      ...unmade.map((path) => ({ file: slashes(path), outcome: 'deleted' }) as const),
    ];
  };
  if (check) {
    const stale = staleImports(files);
    return { code: tellStale(files, stale, unmade, say), files: told(stale), notes };
  }

  const written = new Set(writeImports(files, unmade));
  for (const { file, kinds: names, left } of constructs) {
    const what = left ? ', left as cdk8s import made it' : written.has(file) ? '' : ', unchanged';
    say(`${join(output, file.path)}: ${names}${what}`);
  }
  for (const path of unmade) say(`${path}: removed, since nothing in ${recordFile} makes it`);
  if (ofManifests === undefined)
    say(
      `${join(output, 'kinds.ts')}: left, since it has kinds whose definitions are not kept. espalier adopt knows them.`,
    );
  if (given === undefined && record.others.length > 0) say(`Left to cdk8s import: ${listed(record.others)}`);
  if (replaced.length > 0) say(`${recordFile}: ${listed(added)} instead of ${listed(replaced)}`);
  say(`${count(kinds.length, 'kind')}, with schemas in ${folder}; ${count(written.size, 'file')} written`);
  return { code: 0, files: told([...written]), notes };
}

const usage =
  'espalier import FILE, FOLDER, https://….yaml, - or cluster:CONTEXT for definitions; oci://HOST/PATH, https://REPOSITORY NAME, a folder or an archive (.tgz) for a chart.';

/** All of the record. What is kept here comes last, and counts where nothing else defines it. */
async function readAll({ entries }: ImportRecord, folder: string, offline: boolean): Promise<Read[]> {
  const isKept = (entry: string) => entry === folder || entry.startsWith(`${folder}/`);
  const read: Read[] = [];
  const defined = new Set<string>();
  for (const entry of [...entries.filter((each) => !isKept(each)), ...entries.filter(isKept)]) {
    const one = await readSource({ source: entry, name: undefined, version: undefined, offline });
    const documents = one.documents.filter((document) => {
      const path = definedIn([document])[0]?.path;
      return !isKept(entry) || path === undefined || !defined.has(path);
    });
    for (const { path } of definedIn(documents)) defined.add(path);
    read.push({ ...one, documents });
  }
  return read;
}

/** What the record says of a source: itself or, of what cannot be read again, what is kept of it. */
function entriesOf({ entry }: Read, groups: readonly string[], folder: string): string[] {
  return entry === undefined ? groups.map((group) => `${folder}/${group}`) : [entry];
}

async function storeWith(defined: readonly Defined[]) {
  const { config, folder } = await readConfig(undefined, process.cwd(), undefined);
  const store = readSchemas({ folders: (config.schemas ?? []).map((each) => resolve(folder, each)), tree: '.' });
  for (const { content } of defined) store.add(content);
  return store;
}

function tellStale(
  files: readonly ImportedFile[],
  stale: readonly ImportedFile[],
  unmade: readonly string[],
  say: (text: string) => void,
): number {
  for (const { folder, path } of stale) say(`${join(folder, path)} is stale`);
  for (const path of unmade) say(`${path} is stale: nothing in ${recordFile} makes it`);
  const all = stale.length + unmade.length;
  say(
    all === 0
      ? `${count(files.length, 'file')}, none of which is stale`
      : `${count(all, 'file')} to write: run espalier import`,
  );
  return all === 0 ? 0 : 1;
}
