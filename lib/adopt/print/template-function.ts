import { type Construction, isCodeObject, type Parameter, type TemplateFunction } from '../program';
import { functionHead, statement } from './statement';
import { printValue } from './value';

export function printTemplateFunction(one: TemplateFunction): string {
  const { name, className, typeArgument, scopes, id, args, parameters } = one;
  const all = [
    `scope: ${scopes.join(' | ')}`,
    ...(id === undefined ? ['id: string'] : []),
    ...(parameters.length > 0 ? [printParameters(parameters)] : []),
  ];
  const maker = `new ${className}${typeArgument ? `<${typeArgument.name}>` : ''}`;
  const made = statement(constant('scope'), { maker, id: id ?? constant('id'), args }, 'return ');
  const names = parameters.map((parameter) => parameter.name);
  const how = names.length === 0 ? 'are alike' : `differ in ${listed(names)}`;
  return `/** ${kindOf(one)} objects that ${how}. */\n${functionHead(name, all)}  return ${made};\n}\n`;
}

function kindOf({ className, args: [props] }: TemplateFunction): string {
  return isCodeObject(props) && typeof props.kind === 'string' && className === 'Manifest' ? props.kind : className;
}

function listed(names: readonly string[]): string {
  return names.length === 1 ? names.join() : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

function printParameters(parameters: readonly Parameter[]): string {
  const names = parameters.map(({ name, byDefault }) =>
    byDefault === undefined ? name : `${name} = ${printValue(byDefault, '', 0, ({ variable }) => variable)}`,
  );
  const types = parameters.map(
    ({ name, type, byDefault }) => `readonly ${name}${byDefault === undefined ? '' : '?'}: ${type}`,
  );
  const isOptional = parameters.every(({ byDefault }) => byDefault !== undefined);
  const [flat, end] = [`{ ${names.join(', ')} }: { ${types.join('; ')} }`, isOptional ? ' = {}' : ''];
  return flat.length < 80
    ? `${flat}${end}`
    : `{ ${names.join(', ')} }: {\n${types.map((type) => `    ${type};\n`).join('')}  }${end}`;
}

function constant(variable: string): Construction {
  return { className: '', scope: undefined, id: '', props: undefined, variable };
}
