import type { IConstruct } from 'constructs';
import { operandOf, type Part, piped, requiredOperand, templateText } from '../../systems/external-secrets/template';
import { listed } from '../../text/listed';
import { nearest } from '../../text/nearest';
import { literal } from '../flux/substitution';
import { refuse } from '../input-error';
import { named } from '../named';

/** A text that a template makes: of texts and of the values of keys. */
export type TemplateText = string | TemplateValue;

/** The values that a template is given, by key. */
export type TemplateValues<K extends string> = { readonly [Name in K]: TemplateValue };

// Noncharacters of Unicode: no text that YAML takes has them. Letters of both cases tell when a text's case is changed.
const [open, close] = ['\uFDD2kV', '\uFDD3'];

/** The construct whose template is being made, for messages. */
let composing: IConstruct | undefined;

function composer(): IConstruct {
  return composing ?? named('template');
}

/**
 * The value of a key, which only External Secrets knows. In a text it stands for the value: `https://${k.host}/`. What shall be made of the
 * value must be said with what is here: JavaScript's own functions do not see it.
 *
 * The functions are those of External Secrets 2.9 (runtime/template/v2) and of Go's text/template.
 */
export class TemplateValue {
  constructor(
    private readonly operand: string,
    private readonly used: () => void = () => {},
  ) {}

  /** As a part of a URL: user, password, path segment or query. A space is `%20`, which all of these understand. */
  get urlEncode(): TemplateValue {
    return this.pipe('urlquery').pipe('replace "+" "%20"');
  }

  get b64enc(): TemplateValue {
    return this.pipe('b64enc');
  }

  get b64dec(): TemplateValue {
    return this.pipe('b64dec');
  }

  /** As JSON, quotes included. `toJson({ … })` makes a whole object. */
  get toJson(): TemplateValue {
    return this.pipe('toJson');
  }

  /** Without white space at either end. */
  get trim(): TemplateValue {
    return this.pipe('trim');
  }

  /** Any other function with its arguments but the last, which is the value: `k.user.pipe('trunc 8')`. It is written as it stands. */
  pipe(call: string): TemplateValue {
    return closed(new TemplateValue(piped(this.operand, call), this.used));
  }

  /** JSON.stringify would not escape the value. */
  toJSON(): never {
    return refuseDamaged(composer(), 'a value in JSON.stringify');
  }

  toString(): string {
    this.used();
    return `${open}${Buffer.from(this.operand).toString('hex')}${close}`;
  }
}

/** Without types, a function that there is not would be written as `undefined`. */
function closed(value: TemplateValue): TemplateValue {
  return new Proxy(value, {
    get: (target, name) => {
      if (typeof name === 'symbol' || name in target) return Reflect.get(target, name, target);
      const names = ['urlEncode', 'b64enc', 'b64dec', 'toJson', 'trim', 'pipe'];
      return refuse(composer(), {
        field: `the function ${name} of a value`,
        allowed: `one of ${names.join(', ')}`,
        example: nearest(name, names) ?? `pipe('${name}')`,
      });
    },
  });
}

/** Several texts and values in base64: `b64enc(`${k.user}:${k.password}`)`. */
export function b64enc(text: TemplateText): TemplateValue {
  return whole(text).b64enc;
}

/**
 * An object as JSON, with values of keys at any depth, each escaped as JSON needs it.
 *
 * @example
 * template: (k) => ({ data: { 'config.json': toJson({ user: k.user, url: `https://${k.host}/` }) } })
 */
export function toJson(value: unknown): string {
  if (value instanceof TemplateValue) return String(value.toJson);
  if (typeof value === 'string') return value.includes(open) ? String(whole(value).toJson) : JSON.stringify(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(toJson).join(',')}]`;
  const fields = Object.entries(value).filter(([, item]) => item !== undefined);
  return `{${fields.map(([key, item]) => `${toJson(key)}:${toJson(item)}`).join(',')}}`;
}

/** What an expression of Go's templates makes of texts and values. */
export function expression(build: (...operands: string[]) => string, ...texts: readonly TemplateText[]): TemplateValue {
  return new TemplateValue(`(${build(...texts.map((text) => operandOf(partsOf(String(text)))))})`);
}

/** A text or a value that must be given. @throws EspalierError for anything else */
export function requireText(field: string, value: unknown): void {
  if (typeof value === 'string' || value instanceof TemplateValue) return;
  refuse(composer(), { field, value, allowed: 'a text, or the value of a key', example: 'k.password' });
}

function whole(text: TemplateText): TemplateValue {
  return new TemplateValue(operandOf(partsOf(String(text))));
}

const places = /\uFDD2kV((?:[\da-f]{2})+)\uFDD3/g;

function partsOf(text: string): Part[] {
  // What the expression captures stands between the texts.
  return text.split(places).flatMap((part, i): Part[] => {
    if (i % 2 === 1) return [{ operand: Buffer.from(part, 'hex').toString() }];
    return part === '' ? [] : [part];
  });
}

/**
 * Calls a function that makes a template, and writes what it returns: each text is literal but for the values in it, whatever its `{{`
 * would mean to External Secrets and its `${…}` to Flux.
 *
 * @param operands what reads each key
 * @param isOpen whether there may be other keys
 * @throws EspalierError for a key that there is not, and for a value that something else than a template was to change
 */
export function composeTemplate<T>(
  scope: IConstruct,
  operands: ReadonlyMap<string, string>,
  make: (values: TemplateValues<string>) => T,
  isOpen = false,
): T {
  const outer = composing;
  composing = scope;
  try {
    return composed(scope, operands, make, isOpen);
  } finally {
    composing = outer;
  }
}

function composed<T>(
  scope: IConstruct,
  operands: ReadonlyMap<string, string>,
  make: (values: TemplateValues<string>) => T,
  isOpen: boolean,
): T {
  const used = new Set<string>();
  const values = Object.fromEntries(
    [...operands].map(([key, operand]) => [key, closed(new TemplateValue(operand, () => used.add(key)))]),
  );
  const get = (_: unknown, key: string | symbol) => valueUnder(scope, values, key, isOpen);
  const made = make(new Proxy<Record<string, TemplateValue>>(values, { get }));
  const written: string[] = [];
  const write = (value: unknown, field: string): unknown => {
    if (typeof value === 'string' || value instanceof TemplateValue) {
      const parts = partsOf(String(value));
      if (parts.some((part) => typeof part === 'string' && damaged.test(part))) refuseDamaged(scope, field);
      const text = templateText(parts);
      requireTemplate(scope, field, text);
      written.push(text);
      return literal(scope, text);
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      if (field.startsWith('template.data')) requireText(field, value);
      return value;
    }
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, write(item, `${field}.${key}`)]));
  };
  const template = write(made, 'template');
  for (const key of used) {
    const operand = operands.get(key) as string;
    if (!written.some((text) => text.includes(operand.replace(/^\(|\)$/g, ''))))
      refuseDamaged(scope, `template: ${key}`);
  }
  return template as T;
}

/** What `pipe` was given is written as it stands. */
function requireTemplate(scope: IConstruct, field: string, text: string): void {
  if (!text.includes('{{')) return;
  // Loaded here: most programs make no template of their own.
  const { readsOf, TemplateError } = require('../../systems/go-template') as typeof import('../../systems/go-template');
  const { unknownFunctions, wrongCalls } =
    require('../../systems/external-secrets/template-functions') as typeof import('../../systems/external-secrets/template-functions');
  const reads = readsOf(text);
  const [unknown] = reads instanceof TemplateError ? [] : unknownFunctions(reads.functions);
  const [wrong] = reads instanceof TemplateError ? [] : wrongCalls(reads.arguments);
  if (unknown === undefined && wrong !== undefined) {
    const allowed = `a call of ${wrong.name} with ${wrong.takes} arguments, of which the value is the last; it has ${wrong.count}`;
    refuse(scope, { field, value: text, allowed, example: "k.name.pipe('trunc 8')" });
  }
  if (!(reads instanceof TemplateError) && unknown === undefined) return;
  refuse(scope, {
    field,
    value: text,
    allowed: unknown
      ? `functions that External Secrets has: there is no ${unknown.name}`
      : `a template that Go can read: ${reads instanceof TemplateError ? reads.message : ''}`,
    example: unknown?.near ?? 'trunc 8',
  });
}

/** What is left of a place that was cut, or encoded for a URL. */
const damaged = /[\uFDD2\uFDD3]|%EF%B7%9[23]/i;

function valueUnder(
  scope: IConstruct,
  values: Readonly<Record<string, TemplateValue>>,
  key: string | symbol,
  isOpen: boolean,
): TemplateValue | undefined {
  if (typeof key === 'symbol' || Object.hasOwn(values, key)) return values[key as string];
  if (isOpen) return closed(new TemplateValue(requiredOperand(key)));
  const near = nearest(key, Object.keys(values));
  refuse(scope, {
    field: `the key ${JSON.stringify(key)} in template`,
    allowed: `one of the keys that its sources yield: ${listed(Object.keys(values))}${near === undefined ? '' : ` (did you mean ${JSON.stringify(near)}?)`}`,
    example: `required: [${JSON.stringify(key)}] for a key of extract`,
  });
}

function refuseDamaged(scope: IConstruct, field: string): never {
  refuse(scope, {
    field,
    allowed:
      'the value as it stands in a text, or what its own functions make of it: what JavaScript makes of it is made before there is a value',
    example: '`${k.password.urlEncode}`, b64enc(`${k.user}:${k.password}`) or toJson({ user: k.user })',
  });
}
