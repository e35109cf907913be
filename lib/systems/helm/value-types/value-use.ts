import { openObject, unknownType, type ValueType } from './value-type';

/** How a chart's templates use its values. */
export interface ValueUse {
  /** Whether an object of values is used as a whole (`toYaml .Values.resources`), so that whatever stands in it counts. */
  isPassedOn(path: readonly string[]): boolean;
  /** What is read. */
  readonly reads: ReadValue;
}

/** A value that templates read, or in which they read others. */
export interface ReadValue {
  readonly below: ReadonlyMap<string, ReadValue>;
  /** What a template takes it for (`kindIs "string" .Values.secret`), if it asks. */
  readonly asked?: ValueType | undefined;
}

/**
 * Looks in a chart's files for `.Values.a.b`: what ends there is read and passed on, unless a condition alone asks for it. What goes to a
 * variable, to `with`, `range` or another template is taken to be passed on: it is not followed.
 */
export function valueUse(files: Iterable<string>): ValueUse {
  const whole = new Set<string>();
  const reads = new Reads();
  for (const text of files) {
    for (const part of text.split('{{').slice(1)) {
      const action = part.split('}}', 1)[0] ?? '';
      if (/^-?\s*\/\*/.test(action)) continue;
      const isCondition = /^-?\s*(?:else\s+)?if\b/.test(action);
      for (const { path, asked } of readsIn(action)) {
        if (!isCondition) whole.add(JSON.stringify(path));
        if (!reads.add(path, asked)) whole.add('[]');
      }
    }
  }
  return {
    isPassedOn: (path) => [...path.keys(), path.length].some((end) => whole.has(JSON.stringify(path.slice(0, end)))),
    reads,
  };
}

class Reads implements ReadValue {
  readonly below = new Map<string, Reads>();
  asked: ValueType | undefined;
  private count = 0;

  /** @returns false when there are too many */
  add(path: readonly string[], asked: ValueType | undefined): boolean {
    let at: Reads = this;
    for (const key of path) {
      let next = at.below.get(key);
      if (next === undefined) {
        if (this.count === most) return false;
        this.count += 1;
        next = new Reads();
        at.below.set(key, next);
      }
      at = next;
    }
    at.asked ??= asked;
    return true;
  }
}

/** So many keys no chart has that people use: the largest read some thousand. Of one with more, whatever is given counts. */
const most = 10_000;

/** What templates ask for by the kinds of Go's reflection. */
const kinds: Readonly<Record<string, ValueType>> = {
  string: { type: 'text' },
  map: openObject,
  slice: { type: 'list', item: unknownType },
  bool: { type: 'boolean' },
};

function readsIn(action: string): { readonly path: string[]; readonly asked?: ValueType | undefined }[] {
  return [...action.matchAll(/\.Values\b((?:\.\w+)*)/g)].map(({ 0: found, 1: fields = '', index }) => {
    const path = fieldsOf(fields);
    let rest = action.slice(index + found.length);
    // (.Values.a).b
    for (let more = next(rest); more !== undefined; more = next(rest)) {
      path.push(...fieldsOf(more));
      rest = rest.slice(more.length);
    }
    const before = action.slice(Math.max(0, index - 60), index);
    const [, kind = ''] = /\b(?:kindIs|typeIs)\s+"(\w+)"\s+\(*[\w$.]*$/.exec(before) ?? [];
    if (!/\b(?:index|get|hasKey)\s+\(*[\w$.]*$/.test(before)) return { path, asked: kinds[kind] };
    const keys = /^(?:\s+"[^"]*")+/.exec(rest)?.[0] ?? '';
    return { path: [...path, ...[...keys.matchAll(/"([^"]*)"/g)].map(([, key = '']) => key)] };
  });
}

function next(rest: string): string | undefined {
  return /^\)+(?:\.\w+)+/.exec(rest)?.[0];
}

function fieldsOf(text: string): string[] {
  return text.split('.').slice(1);
}
