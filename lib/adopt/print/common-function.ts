import {
  type Code,
  type CodeObject,
  type CommonFunction,
  type Construction,
  Handle,
  isCodeObject,
  Shared,
} from '../program';
import { functionHead, statement } from './statement';
import { quoted } from './text';
import { spread } from './value';

export function printCommonFunction(one: CommonFunction): string {
  const { name, scopes, id, inside, source, needsNothing } = one;
  const own = [...(source ? ['name'] : []), ...Object.keys(inside)];
  const given = own.length === 0 ? 'props' : `{ ${[...own, '...props'].join(', ')} }`;
  const parameters = [
    `scope: ${scopes.join(' | ')}`,
    ...(id === undefined ? ['id: string'] : []),
    `${given}: ${propsOf(one).text}${needsNothing && own.length === 0 ? ' = {}' : ''}`,
  ];
  return `/** ${describe(one)} */\n${functionHead(name, parameters)}${bodyOf(one)}}\n`;
}

function describe({ className, source, fields }: CommonFunction): string {
  if (source === undefined)
    return `${/^[AEIOU]/.test(className) ? 'An' : 'A'} ${className} with what most here have in common.`;
  const url = fieldsIn(fields.chart).url;
  const chart = typeof url === 'string' ? url.split('/').pop() : 'a chart';
  return `A HelmRelease of ${chart}, with the OciRepository that has it.`;
}

/** What is returned, and what it needs. */
function bodyOf({ className, typeArgument, id, fields, inside, source }: CommonFunction): string {
  const scope = construction('scope');
  const maps = Object.entries(inside).map(
    ([field, common]) => [field, { ...common, [`${spread}${field}`]: local(field) }] as const,
  );
  const { chart = fields.chart, ...merged }: Record<string, Code> = Object.fromEntries(maps);
  const rest = { [`${spread}props`]: local('props') };
  const maker = `new ${className}${typeArgument ? `<${typeArgument.name}>` : ''}`;
  const made = (args: CodeObject) => {
    const text = statement(scope, { maker, id: id ?? construction('id'), args: [args] }, 'return ');
    return `  return ${text};\n`;
  };
  if (source === undefined) return made({ ...fields, ...rest, ...Object.fromEntries(maps) });
  const spec = chart as Code;
  const ofSource = { maker: 'new OciRepository', id: source, args: [{ name: local('name'), spec }] };
  const { chart: _, ...settings } = fields;
  return [
    `  const repository = ${statement(scope, ofSource, 'const repository = ')};\n`,
    made({ name: local('name'), chart: { ref: local('repository') }, ...settings, ...rest, ...merged }),
  ].join('');
}

/** The type of what is given, and what of it is imported. */
export function propsOf({ className, typeArgument, fields, inside, source }: CommonFunction): {
  readonly text: string;
  readonly names: readonly string[];
} {
  if (className === 'FluxKustomization') return { text: 'FluxKustomizationProps', names: ['FluxKustomizationProps'] };
  const maps = Object.entries(inside).map(([field, common]) => {
    const keys = Object.keys(common).map(quoted).join(' | ');
    const type = source ? 'OciRepositoryProps' : `${className}Props`;
    return `readonly ${field}: Omit<${type}['spec'], ${keys}>`;
  });
  const more = (members: readonly string[]) =>
    members.length === 0
      ? ''
      : members.join('').length < 50
        ? ` & { ${members.join('; ')} }`
        : ` & {\n${members.map((one) => `    ${one};\n`).join('')}  }`;
  if (className !== 'HelmRelease') {
    const isGiven = fields.spec === undefined && inside.spec === undefined;
    const others = isGiven ? `${className}Props` : `Omit<${className}Props, 'spec'>`;
    return { text: `${others}${more(maps)}`, names: [`${className}Props`] };
  }
  const values = typeArgument?.name ?? 'HelmValues';
  const imported = typeArgument ? [] : ['HelmValues'];
  if (source === undefined && fields.chart === undefined)
    return { text: typeArgument ? `HelmReleaseProps<${values}>` : 'HelmReleaseProps', names: ['HelmReleaseProps'] };
  const own = source ? ['readonly name: string', ...maps] : [];
  return {
    text: `HelmReleaseSettings<${values}>${more(own)}`,
    names: ['HelmReleaseSettings', ...imported, ...(maps.length > 0 ? ['OciRepositoryProps'] : [])],
  };
}

function fieldsIn(code: Code | undefined): CodeObject {
  const plain = code instanceof Shared ? code.value : code;
  return isCodeObject(plain) ? plain : {};
}

/** A local constant. */
function construction(variable: string): Construction {
  return { className: '', scope: undefined, id: '', props: undefined, variable };
}

function local(variable: string): Handle {
  return new Handle(construction(variable), null);
}
