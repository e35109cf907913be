import { printValue } from '../print/value';
import { Call, type Code, Commented, isCodeObject, type Module, Shared, type SharedFunction } from '../program';
import { likeness } from './alike';
import { type NamedValue, nameOfValue } from './names';

/** Values by the module, or the function, that they stand in. */
export type Said = ReadonlyMap<Module | SharedFunction, readonly Code[]>;

/** Shared values, and how to put them in the places of the originals. */
export interface SharedValues {
  /** Each after those that it uses. */
  readonly values: readonly Shared[];
  /** A value with them in it; it itself is none. */
  use(code: Code): Code;
}

/**
 * Finds the values that several modules say in the same way: those of many lines, what no construct makes, and what is named.
 *
 * @param free the first of several names that nothing has
 */
export function sharedValues(said: Said, free: (options: readonly string[]) => string | undefined): SharedValues {
  const candidates = [...found(said)]
    .map(([text, one]) => ({ ...one, text }))
    .filter(isWorthAName)
    .sort((a, b) => b.text.length - a.text.length);
  const byText = new Map(candidates.map((one) => [one.text, one]));
  const chosen = candidates.filter((one) => {
    // What is left of its uses, once what it stands in is said once.
    if (!isWorthAName(one)) return false;
    for (const { code } of partsOf(one.code, [])) {
      const inner = byText.get(likeness(code) as string);
      if (inner && inner !== one) inner.uses -= one.uses - 1;
    }
    return true;
  });
  const names = new Map<string, string>();
  const named: NamedValue[] = [];
  for (const { code, fields, text } of [...chosen].sort((a, b) => b.uses - a.uses)) {
    const name = nameOfValue(code, fields, named, free);
    if (name === undefined) continue;
    names.set(text, name);
    named.push({ name, code });
  }
  const use = (code: Code): Code => {
    const text = mayHaveAName(code) ? likeness(code) : undefined;
    const name = text === undefined ? undefined : names.get(text);
    return name === undefined ? inside(code) : new Shared(name, code);
  };
  const inside = (code: Code): Code => {
    if (code instanceof Commented) return new Commented(use(code.value), code.above, code.after, code.below);
    if (Array.isArray(code)) return (code as readonly Code[]).map(use);
    if (!isCodeObject(code)) return code;
    return Object.fromEntries(Object.entries(code).map(([key, value]) => [key, use(value)]));
  };
  // What no construct makes comes first, then the shorter ones, which stand in the longer ones.
  const values = [...chosen]
    .reverse()
    .sort((a, b) => Number(b.code instanceof Call) - Number(a.code instanceof Call))
    .flatMap(({ text, code }) => (names.has(text) ? [new Shared(names.get(text) as string, inside(code))] : []));
  return { values, use: inside };
}

interface Found {
  readonly code: Code;
  uses: number;
  readonly modules: Set<object>;
  readonly fields: (readonly string[])[];
}

interface Candidate extends Found {
  /** Its likeness. */
  readonly text: string;
}

function found(said: Said): Map<string, Found> {
  const all = new Map<string, Found>();
  for (const [module, codes] of said) {
    for (const part of codes.flatMap((code) => [...partsOf(code, [])])) {
      const text = likeness(part.code);
      if (text === undefined) continue;
      const one = all.get(text) ?? { code: part.code, fields: [], uses: 0, modules: new Set() };
      all.set(text, one);
      one.uses += 1;
      one.modules.add(module);
      one.fields.push(part.path);
    }
  }
  return all;
}

/** A value and all that stands in it which may have a name, with the fields that lead there. */
function* partsOf(
  code: Code,
  path: readonly string[],
): Generator<{ readonly code: Code; readonly path: readonly string[] }> {
  if (mayHaveAName(code)) yield { code, path };
  if (code instanceof Commented) yield* partsOf(code.value, path);
  else if (Array.isArray(code)) for (const item of code as readonly Code[]) yield* partsOf(item, [...path, '']);
  else if (isCodeObject(code)) for (const [key, item] of Object.entries(code)) yield* partsOf(item, [...path, key]);
}

/** A map or list of one map or list is worth no name: that one is. */
function mayHaveAName(code: Code): boolean {
  if (code instanceof Call) return code.name.endsWith('.named');
  if (typeof code === 'string') return code.includes('\n');
  const items = Array.isArray(code) ? code : isCodeObject(code) ? Object.values(code) : [];
  return items.length > 1 || (items.length === 1 && typeof items[0] === 'string');
}

function isWorthAName({ code, uses, modules, text }: Candidate): boolean {
  if (modules.size < 2) return false;
  // Functions stand below one another.
  const ofFunctions = [...modules].filter((module) => !('constructions' in module)).length;
  if (ofFunctions > 1 && text.length > 80) return true;
  if (uses < 3) return false;
  if (code instanceof Call) return true;
  return (
    linesOf(code) >= 5 ||
    (uses >= 8 && isCodeObject(code) && typeof code.name === 'string' && Object.keys(code).length > 1)
  );
}

function linesOf(code: Code): number {
  return printValue(code, '      ', 24, ({ variable }) => variable).split('\n').length;
}
