import { camel } from '../names';
import { Call, type Code, Commented, type Construction, Handle, isCodeObject, isExpression, Member } from '../program';
import { printValue } from './value';

/** What several statements of a module name that no construct makes: `const onepassword = ClusterSecretStore.named('onepassword');` */
export interface Constants {
  /** The lines that make them. */
  readonly lines: readonly string[];
  /** Such a value with its constants. */
  use(code: Code): Code;
}

/** @param taken names that something else in the module has */
export function constantsOf(values: readonly Code[], taken: ReadonlySet<string>): Constants {
  const counts = new Map<string, number>();
  const calls = new Map<string, Call>();
  for (const call of values.flatMap((value) => [...namedIn(value)])) {
    const text = printed(call);
    calls.set(text, call);
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  const names = new Set(taken);
  const constants = new Map<string, Construction>();
  for (const [text, call] of calls) {
    if ((counts.get(text) ?? 0) < 2) continue;
    const variable = nameFor(call, names);
    names.add(variable);
    constants.set(text, { className: '', scope: undefined, id: '', props: undefined, variable });
  }
  const use = (code: Code): Code => {
    const constant = isNamed(code) ? constants.get(printed(code)) : undefined;
    if (constant) return new Handle(constant, null);
    if (code instanceof Commented) return new Commented(use(code.value), code.above, code.after, code.below);
    if (code instanceof Member) return code;
    if (Array.isArray(code)) return (code as readonly Code[]).map(use);
    if (isExpression(code) || !isCodeObject(code)) return code;
    return Object.fromEntries(Object.entries(code).map(([field, value]) => [field, use(value)]));
  };
  return { lines: [...constants].map(([text, { variable }]) => `const ${variable} = ${text};\n`), use };
}

function isNamed(code: Code): code is Call {
  return code instanceof Call && code.name.endsWith('.named') && [...usesOf(code)].length === 0;
}

function* usesOf(call: Call): Generator<Code> {
  for (const argument of call.args) if (argument instanceof Handle || argument instanceof Member) yield argument;
}

function printed(call: Call): string {
  return printValue(call, '', 0, ({ variable }) => variable);
}

function nameFor(call: Call, taken: ReadonlySet<string>): string {
  const options = namesOfCall(call);
  for (let i = 2; ; i += 1) {
    const free = options.find((option) => !taken.has(option));
    if (free !== undefined) return free;
    options.push(`${options[0]}${i}`);
  }
}

/** `onepassword` or `onepasswordClusterSecretStore` for `ClusterSecretStore.named('onepassword')`. */
export function namesOfCall({ name, args: [first] }: Call): string[] {
  const className = name.slice(0, name.indexOf('.'));
  const base = typeof first === 'string' ? camel(shortened(first)) : camel(className);
  return [base, `${base}${className === 'Directory' ? 'Component' : className}`];
}

/** Of a path what tells: `kopiur/backup` of kubernetes/components/kopiur/backup. */
function shortened(name: string): string {
  if (!name.includes('/')) return name;
  const below = /(?:^|\/)components?\/(.+)$/.exec(name)?.[1] ?? (name.split('/').pop() as string);
  return below.replace(/([^/]+)\/\1$/, '$1');
}

function* namedIn(code: Code): Generator<Call> {
  if (isNamed(code)) yield code;
  else if (code instanceof Commented) yield* namedIn(code.value);
  else if (Array.isArray(code)) for (const item of code as readonly Code[]) yield* namedIn(item);
  else if (isCodeObject(code) && !isExpression(code)) for (const item of Object.values(code)) yield* namedIn(item);
}
