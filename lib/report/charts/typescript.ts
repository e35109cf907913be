import { EspalierError } from '../../errors';
import type { ChartTypes, ObjectType, ValueKey, ValueType } from '../../systems/helm/value-types';
import { compareText } from '../../text/compare';
import { identifier, isNullable, pascal, propertyName, quoted, wrap } from '../typescript';

/** A chart, and where a release gets it. */
export interface ImportedFile {
  readonly name: string;
  readonly version: string;
  readonly digest: string;
  readonly description: string | undefined;
  /** Where a release gets it, as ChartLocation has it; undefined where nobody knows: then there are types alone. */
  readonly location: Readonly<Record<string, string>> | undefined;
  readonly types: ChartTypes;
}

/** How every such file begins. */
export const madeByImport = '// Made by `espalier import`';

/** Nobody reads more keys, and a schema may be made to say everything twice as often as it is long. */
const most = 50_000;

/**
 * The TypeScript that `espalier import` writes of a chart: what it exports to name the chart, and the types of its values. The same
 * for the same chart.
 *
 * @throws EspalierError for values too many to be printed
 */
export function typescriptOf(chart: ImportedFile): string {
  const { name, version, digest, description, location, types } = chart;
  const base = identifier(name);
  const writer = new Writer(pascal(base), types);
  const values = writer.object(types.values, '');
  const used = writer.definitions();
  const fields = Object.entries({ ...location, version, digest }).map(
    ([key, value]) => `  ${key}: ${quoted(value)},\n`,
  );
  const notes = [
    ...types.unreached.map(
      (url) => `Not read, since it lies outside of the chart: ${url}. What it describes is unknown here.`,
    ),
    ...types.missing.map((sub) => `The subchart ${sub} is not among the chart's files: its values are unknown here.`),
  ];
  const hasLocation = location !== undefined;
  const text = [
    `${madeByImport}. Run it again instead of changing this file.\n`,
    ...notes.map((note) => `// ${oneLine(note)}\n`),
    importLine(values + used, hasLocation),
    hasLocation
      ? `\n${doc(`Chart ${name} ${version}.${description ? `\n${description}` : ''}`, '')}export const ${base}Chart: ImportedChart<${pascal(base)}Values> = {\n${fields.join('')}};\n`
      : '',
    `\n${doc(`The values of chart ${name} ${version}${hasLocation ? '' : ` (${digest})`}.`, '')}export interface ${pascal(base)}Values ${values}\n`,
    used,
  ];
  return text.join('');
}

function importLine(text: string, hasLocation: boolean): string {
  const names = [...(/\bHelmText\b/.test(text) ? ['HelmText'] : []), ...(hasLocation ? ['ImportedChart'] : [])];
  return names.length === 0 ? '' : `import type { ${names.join(', ')} } from 'cdk8s-espalier';\n`;
}

class Writer {
  private written = 0;
  private readonly names = new Map<string, string>();
  private readonly pending: string[] = [];

  constructor(
    private readonly prefix: string,
    private readonly types: ChartTypes,
  ) {}

  /** The definitions that have been named so far, and those that they name, sorted. */
  definitions(): string {
    const written = new Map<string, string>();
    for (let name = this.pending.pop(); name !== undefined; name = this.pending.pop()) {
      const type = this.types.definitions.get(name) as ValueType;
      const own = this.names.get(name) as string;
      const isInterface = type.type === 'object' && (type.keys.size > 0 || type.others === 'none');
      const body = isInterface ? ` ${this.object(type, '')}\n` : ` = ${this.type(type, '')};\n`;
      written.set(own, `\nexport ${isInterface ? 'interface' : 'type'} ${own}${body}`);
    }
    return [...written]
      .sort(([a], [b]) => compareText(a, b))
      .map(([, text]) => text)
      .join('');
  }

  object({ keys, others }: ObjectType, indent: string): string {
    const inner = `${indent}  `;
    let text = '{\n';
    for (const [name, key] of keys) text += this.key(name, key, inner);
    // What further keys hold must take what the known ones do.
    if (others !== 'none') {
      const further = keys.size > 0 || others === 'unsaid' ? 'unknown' : this.type(others, inner);
      text += `${inner}readonly [key: string]: ${further};\n`;
    }
    return `${text}${indent}}`;
  }

  private key(name: string, key: ValueKey, indent: string): string {
    this.written += 1;
    if (this.written > most) {
      throw new EspalierError("the chart's schema describes more values than can be written as types");
    }
    const type = this.type(key.type, indent);
    // Helm takes a default away where null is given. (helm.sh/helm/v4, pkg/chart/common/util/coalesce.go)
    const removable = key.removable && !isNullable(key.type) ? `${type} | null` : type;
    return `${docOf(key, indent)}${indent}readonly ${propertyName(name)}${key.required ? '' : '?'}: ${removable};\n`;
  }

  private type(type: ValueType, indent: string): string {
    switch (type.type) {
      case 'text':
        return 'HelmText';
      case 'literal':
        return typeof type.value === 'string' ? quoted(type.value) : String(type.value);
      case 'list': {
        return `readonly ${wrap(this.type(type.item, indent), true)}[]`;
      }
      case 'object':
        return this.objectType(type, indent);
      case 'union':
        return type.members.map((member) => wrap(this.type(member, indent))).join(' | ');
      case 'named':
        return this.name(type.name);
      default:
        return type.type;
    }
  }

  private objectType(type: ObjectType, indent: string): string {
    if (type.keys.size > 0) return this.object(type, indent);
    if (type.others === 'none') return '{ readonly [key: string]: never }';
    const others = type.others === 'unsaid' ? 'unknown' : this.type(type.others, indent);
    return `{ readonly [key: string]: ${others} }`;
  }

  private name(definition: string): string {
    if (!this.types.definitions.has(definition)) return 'unknown';
    const known = this.names.get(definition);
    if (known !== undefined) return known;
    const plain = `${this.prefix}${pascal(identifier(definition))}`;
    const taken = new Set([`${this.prefix}Values`, ...this.names.values()]);
    let name = plain;
    for (let i = 2; taken.has(name); i += 1) name = `${plain}${i}`;
    this.names.set(definition, name);
    this.pending.push(definition);
    return name;
  }
}

function docOf({ doc: said, default: given, deprecated }: ValueKey, indent: string): string {
  const isEmpty =
    given === undefined ||
    given === null ||
    given === '' ||
    (typeof given === 'object' && Object.keys(given).length === 0);
  const shown = isEmpty ? undefined : JSON.stringify(given);
  const lines = [
    ...(said === undefined ? [] : [said]),
    ...(deprecated ? ['@deprecated'] : []),
    ...(shown === undefined || shown.length > 100 ? [] : [`@default ${shown}`]),
  ];
  return lines.length === 0 ? '' : doc(lines.join('\n'), indent);
}

/** A comment of these lines, which nothing in them ends. */
function doc(text: string, indent: string): string {
  const lines = text.split(/\r?\n/).flatMap((line) => wrapped(visible(line).trimEnd().replaceAll('*/', '*\\/')));
  while (lines.length > 1 && lines.at(-1) === '') lines.pop();
  if (lines.length === 1) return `${indent}/** ${lines[0]} */\n`;
  return `${indent}/**\n${lines.map((line) => `${indent} *${line === '' ? '' : ` ${line}`}\n`).join('')}${indent} */\n`;
}

/** Broken at spaces: descriptions of Kubernetes' fields are a line of a thousand characters. */
function wrapped(line: string): string[] {
  return line.length <= 120
    ? [line]
    : (line.match(/.{1,110}(?:\s|$)|\S+(?:\s|$)/g) ?? [line]).map((part) => part.trimEnd());
}

function oneLine(text: string): string {
  return visible(text.replace(/\s+/g, ' '));
}

/** Without what nobody sees, and what turns a line around. */
function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/gu, ' ');
}
