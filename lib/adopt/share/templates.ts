import { camel, reservedNames } from '../names';
import { quoted } from '../print/text';
import {
  Call,
  type Code,
  type CodeObject,
  Commented,
  Handle,
  isCodeObject,
  isExpression,
  Member,
  type Parameter,
  Template,
} from '../program';
import { likeness } from './alike';
import { linesOf } from './common';
import { singular } from './names';

/** What values have in common that differ in single texts, numbers and constructs. */
export interface Common<M> {
  /** With parameters in the places of what differs. */
  readonly args: readonly Code[];
  readonly parameters: readonly Parameter[];
  readonly members: readonly { readonly of: M; readonly rest: CodeObject }[];
  readonly saved: number;
}

/** One of several that are alike: the id, which a value may repeat, and what is given after that. */
export interface Alike<M> {
  readonly of: M;
  readonly id: string;
  readonly args: readonly Code[];
}

/** With more parameters nobody sees what a call says. */
const mostParameters = 4;

const versions = ['ref', 'tag', 'version', 'image', 'imageName', 'targetRevision'];

/** What is the same text for values that differ in texts, numbers and constructs alone; undefined for others. */
export function shapeOf(code: Code): string | undefined {
  if (code instanceof Member) return undefined;
  if (isText(code)) return 'text';
  if (code instanceof Call) {
    if (code.name !== 'commented') return likeness(code);
    return `commented ${shapeOf(code.args[0] as Code)} ${JSON.stringify(code.args.slice(1))}`;
  }
  if (code instanceof Commented)
    return `${shapeOf(code.value)} ${JSON.stringify([code.above, code.after, code.below])}`;
  if (Array.isArray(code)) return shapesOf('list', code as readonly Code[]);
  // Renovate finds a version where it stands beside what it is of.
  if (isCodeObject(code) && versions.some((key) => Object.hasOwn(code, key))) return likeness(code);
  if (isCodeObject(code)) return shapesOf(JSON.stringify(Object.keys(code)), Object.values(code));
  return code === null ? 'null' : typeof code;
}

function shapesOf(name: string, codes: readonly Code[]): string | undefined {
  const shapes = codes.map(shapeOf);
  return shapes.includes(undefined) ? undefined : `${name}(${shapes.join()})`;
}

/** A text, or what stands for one. */
function isText(code: Code): boolean {
  return (
    typeof code === 'string' ||
    code instanceof Handle ||
    code instanceof Template ||
    (code instanceof Call && code.name === 'variable')
  );
}

/** Of values of one shape, what they have in common. Undefined where too much differs. */
export function commonOf<M>(members: readonly Alike<M>[]): Common<M> | undefined {
  const joined = (hole: (values: readonly Code[], path: readonly string[]) => Code) =>
    join(
      members.map(({ args }) => args),
      [],
      hole,
    ) as readonly Code[];
  const holes: Hole[] = [];
  joined((values, path) => {
    if (!holes.some((other) => isSame(values, other.values))) holes.push({ path, values });
    return null;
  });
  const ids: Hole = { path: ['id'], values: members.map(({ id }) => id) };
  const own: Hole[] = [];
  // The shorter ones first: longer ones may have them in them.
  for (const one of [...holes].sort((a, b) => lengthOf(a) - lengthOf(b)))
    if (![ids, ...own].some((other) => around(one.values, other.values))) own.push(one);
  if (own.length > mostParameters) return undefined;
  own.sort((a, b) => holes.indexOf(a) - holes.indexOf(b));
  const names = namesOf(own);
  const args = joined((values) => saidBy(values, [ids, ...own], ['id', ...names]));
  const parameters = own.map(({ values }, i) => parameterOf(names[i] as string, values));
  const all = members.map(({ of }, i) => {
    const given = own.flatMap(({ values }, at) => {
      const [value, { name, byDefault }] = [values[i] as Code, parameters[at] as Parameter];
      return byDefault !== undefined && keyOf(byDefault) === keyOf(value) ? [] : [[name, value] as const];
    });
    return { of, rest: Object.fromEntries(given) };
  });
  const lines = members.reduce((sum, member) => sum + linesOf(member.args), 0);
  const saved = lines - linesOf(args) - 4 - all.reduce((sum, { rest }) => sum + linesOf(rest), 0);
  return saved < lines / 3 ? undefined : { args, parameters, members: all, saved };
}

/** Values that differ at one place, or at several in the same way. */
interface Hole {
  readonly path: readonly string[];
  /** By member. */
  readonly values: readonly Code[];
}

/** Values of one shape as one: with something else where they differ. */
function join(
  codes: readonly Code[],
  path: readonly string[],
  hole: (values: readonly Code[], path: readonly string[]) => Code,
): Code {
  const [code] = codes as [Code];
  const part = (partOf: (one: never) => Code, below = path) =>
    join(codes.map(partOf as (one: Code) => Code), below, hole);
  const text = likeness(code);
  if (text !== undefined && codes.every((other) => likeness(other) === text)) return code;
  if (code instanceof Commented)
    return new Commented(
      part(({ value }: Commented) => value),
      code.above,
      code.after,
      code.below,
    );
  if (code instanceof Call && code.name === 'commented')
    return new Call(code.name, [part(({ args }: Call) => args[0] as Code), ...code.args.slice(1)], code.plain);
  if (Array.isArray(code)) {
    const ofItem = [...path.slice(0, -1), singular(path.at(-1) ?? '')];
    return (code as readonly Code[]).map((_, i) => part((one: readonly Code[]) => one[i] as Code, ofItem));
  }
  if (!isCodeObject(code) || isExpression(code)) return hole(codes, path);
  const entries = Object.keys(code).map((key) => [key, part((one: CodeObject) => one[key] as Code, [...path, key])]);
  return Object.fromEntries(entries);
}

/** Values by the constants for some of them, of which they are or have one in them. */
function saidBy(values: readonly Code[], holes: readonly Hole[], names: readonly string[]): Code {
  const same = holes.findIndex((one) => isSame(values, one.values));
  if (same >= 0) return local(names[same] as string);
  const inside = holes.map((one) => around(values, one.values));
  const at = inside.findIndex((parts) => parts !== undefined);
  const [before, after] = inside[at] as readonly [string, string];
  const parts = [before, local(names[at] as string), after];
  return new Template(
    parts.filter((part) => part !== ''),
    '',
  );
}

function lengthOf({ values: [first] }: Hole): number {
  return typeof first === 'string' ? first.length : 0;
}

function isSame(values: readonly Code[], others: readonly Code[]): boolean {
  return values.every((value, i) => keyOf(value) === keyOf(others[i] as Code));
}

/** Names for parameters, by their fields: of a label what it says, `audit` of pod-security.kubernetes.io/audit. */
function namesOf(holes: readonly Hole[]): string[] {
  const taken = new Set([...reservedNames(), 'scope', 'id']);
  taken.delete('app');
  return holes.map(({ path }, i) => {
    const [field = 'value', around, beyond] = path.map((step) => step.replace(/^.*\//, '')).reverse();
    const options = [field, `${around}-${field}`, `${beyond}-${around}-${field}`].map(camel);
    const name = options.find((option) => !taken.has(option)) ?? `value${i}`;
    taken.add(name);
    return name;
  });
}

/** What stands before and behind others in values, for all the same. */
function around(values: readonly Code[], others: readonly Code[]): readonly [string, string] | undefined {
  if (isSame(values, others)) return ['', ''];
  const [first, other] = [values[0], others[0]];
  if (typeof first !== 'string' || typeof other !== 'string' || other.length < 2 || !first.includes(other))
    return undefined;
  const [before, after] = [first.slice(0, first.indexOf(other)), first.slice(first.indexOf(other) + other.length)];
  return values.every((value, i) => value === `${before}${others[i]}${after}`) ? [before, after] : undefined;
}

/** What is the same for the same value, constructs among them. */
function keyOf(code: Code): unknown {
  return code instanceof Handle ? code.to : likeness(code);
}

function parameterOf(name: string, values: readonly Code[]): Parameter {
  const counts = new Map<unknown, { readonly value: Code; count: number }>();
  for (const value of values) {
    const one = counts.get(keyOf(value)) ?? { value, count: 0 };
    counts.set(keyOf(value), one);
    one.count += 1;
  }
  const [most] = [...counts.values()].sort((a, b) => b.count - a.count);
  const isUsual = most !== undefined && !(most.value instanceof Handle) && most.count > values.length * 0.6;
  const isFew =
    counts.size <= 3 && counts.size * 2 <= values.length && values.every((value) => /^[A-Za-z]+$/.test(String(value)));
  const types = [...new Set(values.map((value) => typeOf(value, isFew)))].sort();
  const classes = values.flatMap((value) => (value instanceof Handle ? value.to.className : []));
  return { name, type: types.join(' | '), classes: [...new Set(classes)], byDefault: isUsual ? most.value : undefined };
}

/** Of a few words the type has these alone: a field may take no others. */
function typeOf(value: Code, isFew: boolean): string {
  if (value instanceof Handle) return value.to.className;
  if (typeof value === 'string' && isFew) return quoted(value);
  return typeof value === 'number' || typeof value === 'boolean' ? typeof value : 'string';
}

function local(variable: string): Handle {
  return new Handle({ className: '', scope: undefined, id: '', props: undefined, variable }, null);
}
