import { EspalierError } from '../../errors';
import type { Json } from '../../json/json';
import type { ObjectType, ValueKey, ValueType } from '../../systems/helm/value-types/value-type';
import { compareText } from '../../text/compare';
import { propertyName, quoted } from '../typescript';

/** Nobody reads more fields, and the compiler takes seconds for them. */
const most = 100_000;

/** Prints the types of kinds, those that have a name by it. */
export class Writer {
  private written = 0;

  /** @param text what a text is */
  constructor(
    private readonly names: ReadonlyMap<ObjectType, string>,
    private readonly text: string,
  ) {}

  /** An interface for each of the types that have a name, sorted. */
  interfaces(): string {
    return [...this.names]
      .sort(([, a], [, b]) => compareText(a, b))
      .map(([type, name]) => `\nexport interface ${name} ${this.lines(type)}\n`)
      .join('');
  }

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
    this.written += 1;
    if (this.written > most) {
      throw new EspalierError(`the definitions have more than ${most.toLocaleString('en')} fields, too many for types`);
    }
    return `${defaultOf(given)}${propertyName(name)}${required ? '' : '?'}: ${this.type(type)}`;
  }

  private type(type: ValueType): string {
    switch (type.type) {
      case 'text':
        return this.text;
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
