import type { Json } from '../../json/json';
import type { ObjectType, ValueKey, ValueType } from '../../systems/helm/value-types/value-type';
import { compareText } from '../../text/compare';
import { propertyName, quoted } from '../typescript';
import { namesOf } from './names';

/**
 * The TypeScript of the kinds that a project's Manifests have: the interface `Kinds` of the package with a member for each, and those
 * of the types in them. The same for the same kinds.
 *
 * @param kinds by `apiVersion/kind`, as `kindTypes` makes them: equal types are the same object
 * @param madeBy the command that makes the file anew, such as `espalier adopt .`
 */
export function kindsText(kinds: ReadonlyMap<string, ObjectType>, madeBy: string): string {
  const sorted = [...kinds].sort(([a], [b]) => compareText(a, b));
  const names = namesOf(sorted, ['Kinds', 'Text']);
  const writer = new Writer(names);
  const members = sorted.map(([id, type]) => `    ${quoted(id)}: ${names.get(type)};\n`);
  const byName = [...names].sort(([, a], [, b]) => compareText(a, b));
  const interfaces = byName.map(([type, name]) => `\nexport interface ${name} ${writer.lines(type)}\n`);
  return [
    `// Made by \`${madeBy}\`. Run it again instead of changing this file.\n`,
    /\bText\b/.test(interfaces.join(''))
      ? "import type { ManifestText as Text } from 'cdk8s-espalier';\n"
      : 'export {};\n',
    `\ndeclare module 'cdk8s-espalier' {\n  interface Kinds {\n${members.join('')}  }\n}\n`,
    ...interfaces,
  ].join('');
}

/** The kinds that such a text has, by `apiVersion/kind`. */
export function kindsIn(text: string): string[] {
  return [...text.matchAll(/^ {4}'([^'\\]+)': \w+;$/gm)].map(([, id = '']) => id);
}

class Writer {
  constructor(private readonly names: ReadonlyMap<ObjectType, string>) {}

  /** An object, a line for each of its fields. */
  lines(type: ObjectType): string {
    // A kind may have nothing but what all have, which the type of Manifest adds.
    if (type.keys.size === 0 && type.others === 'none') return '{}';
    const fields = this.fields(type).map((field) => `  ${field};\n`);
    return `{\n${fields.join('')}}`;
  }

  private fields({ keys, others }: ObjectType): string[] {
    const fields = [...keys].map(([name, key]) => this.field(name, key));
    if (others === 'none') return fields.length === 0 ? ['[key: string]: never'] : fields;
    // What further keys hold must take what the known ones do.
    const further = keys.size > 0 || others === 'unsaid' ? 'unknown' : this.type(others);
    return [...fields, `[key: string]: ${further}`];
  }

  private field(name: string, { type, default: given, required }: ValueKey): string {
    return `${defaultOf(given)}${propertyName(name)}${required ? '' : '?'}: ${this.type(type)}`;
  }

  private type(type: ValueType): string {
    switch (type.type) {
      case 'text':
        return 'Text';
      case 'literal':
        return typeof type.value === 'string' ? quoted(type.value) : String(type.value);
      case 'list': {
        const item = this.type(type.item);
        return `readonly ${/^\w+$/.test(item) || type.item.type === 'object' ? item : `(${item})`}[]`;
      }
      case 'object':
        return this.names.get(type) ?? `{ ${this.fields(type).join('; ')} }`;
      case 'union':
        return nullLast(type.members)
          .map((member) => this.type(member))
          .join(' | ');
      default:
        return type.type;
    }
  }
}

/** What it is where nobody gives it, if that is short. */
function defaultOf(given: Json | undefined): string {
  const isEmpty =
    given === undefined ||
    given === null ||
    given === '' ||
    (typeof given === 'object' && Object.keys(given).length === 0);
  const text = isEmpty ? '' : JSON.stringify(given);
  return text === '' || text.length > 40 || !/^[ -~]*$/.test(text) || text.includes('*/')
    ? ''
    : `/** @default ${text} */ `;
}

function nullLast(members: readonly ValueType[]): ValueType[] {
  return [...members.filter(({ type }) => type !== 'null'), ...members.filter(({ type }) => type === 'null')];
}
