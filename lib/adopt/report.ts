import { posix } from 'node:path';
import type { Finding } from '../checks/finding';
import { jsonText } from '../graph/masking/printable';
import { textAt } from '../json/read';
import { count } from '../text/count';
import { groupBy } from '../text/group-by';
import type { Adopted } from './adopt';
import type { ImportedValues } from './imported-values';
import type { Survey, WrittenObject } from './survey';

/** What was done, for the report. */
export interface Done {
  readonly main: string;
  readonly output: string;
  readonly codeOnly: boolean;
  /** What `espalier check` finds in what was there. */
  readonly findings: readonly Finding[];
  readonly imported: ImportedValues;
  /** What modules share: the file, below the folder of the code, and how much is in it. Undefined where there is none. */
  readonly shared: { readonly path: string; readonly functions: number; readonly constants: number } | undefined;
  readonly seconds: number;
  /** Renovate's configuration; undefined where there is none. */
  readonly renovate: string | undefined;
}

export interface ReportFormat {
  readonly format: 'pretty' | 'json';
  /** Whether everything is listed. */
  readonly verbose: boolean;
}

/** What adopt says at the end. */
export function adoptionReport(adopted: Adopted, found: Survey, done: Done, { format, verbose }: ReportFormat): string {
  const facts = factsOf(adopted, found, done);
  return format === 'json' ? adoptJson(facts) : asText(facts, verbose ? Infinity : 2);
}

/** The shape of `espalier adopt --format json`. Fields may be added; what is there keeps its name and meaning until `version` is another. */
export interface AdoptReport {
  readonly version: 1;
  /** What was adopted; absent where there was nothing to do. */
  readonly adopted?: Facts | undefined;
  /** How many files of what was asked for main.ts makes already; absent where something was adopted. */
  readonly madeAlready?: number | undefined;
}

function adoptJson(facts: Facts): string {
  return reportText({ version: 1, adopted: facts });
}

/** What it says where all that was asked for is code already. */
export function nothingToDoJson(files: number): string {
  return reportText({ version: 1, madeAlready: files });
}

function reportText(report: AdoptReport): string {
  return jsonText(report).trimEnd();
}

/** An object that is said in a plainer form than its kind has, and why. */
interface Plainer {
  readonly object: string;
  readonly file: string;
  readonly why: string;
}

interface Facts extends Omit<Done, 'findings' | 'imported' | 'seconds'> {
  readonly milliseconds: number;
  readonly modules: number;
  readonly objects: number;
  readonly files: number;
  /** Objects by the form in which they are said. */
  readonly forms: Readonly<Record<string, number>>;
  readonly references: Adopted['references'];
  readonly plainer: readonly Plainer[];
  readonly left: Adopted['left'];
  /** Where the objects of files are now, by where they were. */
  readonly moved: Readonly<Record<string, readonly string[]>>;
  /** Files that constructs would put elsewhere. */
  readonly kept: Adopted['kept'];
  /** Releases whose values have the types of an imported chart. */
  readonly typed: number;
  /** Releases of an imported chart whose values are not of its types. */
  readonly untyped: readonly Plainer[];
  readonly findings: { readonly errors: number; readonly warnings: number };
}

function factsOf(
  { program, forms, references, left, moved, kept, reasons }: Adopted,
  { files, folders }: Survey,
  { findings, imported, seconds, ...done }: Done,
): Facts {
  const plainer = [...forms.keys()].flatMap((object) => {
    const why = reasons.get(object);
    return why === undefined ? [] : [told(object, why)];
  });
  const stay = new Set(left.map(({ path }) => path));
  const severe = (severity: string) => findings.filter((finding) => finding.severity === severity).length;
  return {
    ...done,
    milliseconds: Math.round(seconds * 1000),
    modules: program.modules.length,
    objects: forms.size,
    files: files.filter(({ path }) => !stay.has(path)).length + folders.length,
    forms: Object.fromEntries(
      [...groupBy(forms.values(), ({ name }) => name)].map(([name, all]) => [name, all.length]),
    ),
    references,
    plainer,
    left: left.map(({ path, why }) => ({ path, why: firstLine(why) })),
    moved: Object.fromEntries(moved),
    kept: kept.map(({ path, why }) => ({ path, why: firstLine(why) })),
    typed: imported.types.size,
    untyped: imported.misfits.map(({ object, why }) => told(object, why)),
    findings: { errors: severe('error'), warnings: severe('warning') },
  };
}

function told({ value: { kind, metadata }, file }: WrittenObject, why: string): Plainer {
  return { object: `${kind} ${textAt(metadata, 'name') ?? ''}`, file: file.path, why: firstLine(why) };
}

function firstLine(text: string): string {
  return text.trim().split('\n')[0] ?? '';
}

/** @param most how many of each group are named */
function asText(facts: Facts, most: number): string {
  const {
    main,
    output,
    codeOnly,
    modules,
    objects,
    files,
    forms,
    references,
    plainer,
    left,
    moved,
    kept,
    typed,
    untyped,
    findings,
    milliseconds,
    shared,
    renovate,
  } = facts;
  const byForm = Object.entries(forms).map(([name, number]) => count(number, name));
  const { resolved } = references;
  const handles = resolved === 0 ? '' : `; ${references.handles} of ${count(resolved, 'reference')} as handles`;
  const faults = findings.errors + findings.warnings;
  return [
    `Adopted ${count(objects, 'object')} of ${count(files, 'file')} in ${(milliseconds / 1000).toFixed(1)} s: ${count(modules, 'module')} in ${output}/, called by ${main}.`,
    `  ${byForm.join(', ')}${handles}`,
    ...(shared === undefined
      ? []
      : [
          `  What repeats is said once, in ${output}/${shared.path}: ${count(shared.functions, 'function')}, ${count(shared.constants, 'constant')}.`,
        ]),
    '  The code makes what was there: documents equal, `espalier diff` empty, no new finding of `espalier check`.',
    ...listed('said in a plainer form, for a construct would differ', plainer, nameOf, most),
    ...(typed === 0
      ? []
      : [`${count(typed, 'HelmRelease')} ${typed === 1 ? 'has' : 'have'} values with the types of an imported chart.`]),
    ...listed('left untyped, for the values are not of the imported types', untyped, nameOf, most, 'HelmRelease'),
    ...movedFiles(Object.entries(moved), most),
    ...listed(['keeps its place', 'keep their places'], kept, ({ path }) => path, most, 'file'),
    ...listed(['stays as it is', 'stay as they are'], left, ({ path }) => path, most, 'file'),
    ...(faults === 0
      ? []
      : [
          `Found on the way: ${count(findings.errors, 'error')}, ${count(findings.warnings, 'warning')} that were there before: \`espalier check\` lists them.`,
        ]),
    ...(renovate === undefined
      ? []
      : [
          `Renovate: add to ${renovate} what "In an adopted repository" of ${renovatePage} says: versions are in the code now.`,
        ]),
    ...(codeOnly ? ['Run `espalier synth` to write the files.'] : []),
  ].join('\n');
}

function movedFiles(moved: readonly (readonly [string, readonly string[]])[], most: number): string[] {
  if (moved.length === 0) return [];
  const names = moved
    .slice(0, most)
    .map(([from, to]) => `  ${from} → ${to.map((path) => posix.relative(posix.dirname(from), path)).join(', ')}`);
  const more = moved.length > names.length ? [`  and ${moved.length - names.length} more`] : [];
  return [`${count(moved.length, 'file')} moved to where constructs put them:`, ...names, ...more];
}

function nameOf({ object, file }: Plainer): string {
  return `${object} (${file})`;
}

const renovatePage = 'node_modules/cdk8s-espalier/docs/images-and-renovate.md';

/** So many reasons are told, the most frequent first. */
const mostReasons = 4;

/** What has a reason, by the reason. */
function listed<T extends { readonly why: string }>(
  title: string | readonly [one: string, several: string],
  all: readonly T[],
  nameOf: (one: T) => string,
  most: number,
  noun = 'object',
): string[] {
  if (all.length === 0) return [];
  const groups = [...groupBy(all, ({ why }) => withoutValues(why))].sort(([, a], [, b]) => b.length - a.length);
  const told = most === Infinity ? groups : groups.slice(0, mostReasons);
  const lines = told.map(([why, ones]) => {
    const names = ones.slice(0, most).map(nameOf);
    const more = ones.length > names.length ? `, and ${ones.length - names.length} more` : '';
    return `  ${why}: ${names.join(', ')}${more}`;
  });
  const rest = groups.length - told.length;
  return [
    `${count(all.length, noun)} ${typeof title === 'string' ? title : title[all.length === 1 ? 0 : 1]}:`,
    ...lines,
    ...(rest > 0 ? [`  and ${count(rest, 'other reason')}: --verbose, or --format json, lists all`] : []),
  ];
}

/** Reasons are alike that name other places and values. */
function withoutValues(why: string): string {
  return why.replace(/^\S*\/\S*: /, '').slice(0, 120);
}
