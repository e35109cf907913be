import type * as Cel from '@marcbachmann/cel-js' with { 'resolution-mode': 'import' };
import { keyFault, nameFormats } from '../kubernetes/names';
import { pattern } from '../kubernetes/patterns';
import { formats } from '../kubernetes/string-formats';

/**
 * Functions of texts that the evaluator lacks.
 *
 * Source: https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-regex-library and #kubernetes-format-library, and
 * cel-go's ext/strings.go
 */
export function registerStrings(cel: Cel.Environment, optional: typeof Cel.Optional): void {
  cel.registerFunction('string.matchesRe2(string): bool', (text: string, source: string) => regex(source).test(text));
  cel.registerFunction('string.find(string): string', (text: string, source: string) => {
    const matcher = regex(source).matcher(text);
    return matcher.find() ? (matcher.group() ?? '') : '';
  });
  cel.registerFunction('string.findAll(string): list<string>', (text: string, source: string) =>
    findAll(text, source, Number.POSITIVE_INFINITY),
  );
  cel.registerFunction('string.findAll(string, int): list<string>', (text: string, source: string, limit: bigint) =>
    findAll(text, source, limit < 0n ? Number.POSITIVE_INFINITY : Number(limit)),
  );
  cel.registerFunction('string.charAt(int): string', (text: string, index: bigint) => {
    const characters = [...text];
    if (index < 0n || index > characters.length) throw new Error('out of the text');
    return characters[Number(index)] ?? '';
  });
  cel.registerFunction('string.reverse(): string', (text: string) => [...text].reverse().join(''));
  cel.registerFunction('string.replace(string, string): string', (text: string, from: string, to: string) =>
    text.replaceAll(from, () => to),
  );
  cel.registerFunction(
    'string.replace(string, string, int): string',
    (text: string, from: string, to: string, limit: bigint) => {
      let left = limit < 0n ? Number.POSITIVE_INFINITY : Number(limit);
      return text.replaceAll(from, (found) => (left-- > 0 ? to : found));
    },
  );
  registerFormats(cel, optional);
}

function regex(source: string) {
  const found = pattern(source);
  if (!found) throw new Error(`not a regular expression: ${source}`);
  return found;
}

function findAll(text: string, source: string, limit: number): string[] {
  const matcher = regex(source).matcher(text);
  const found: string[] = [];
  while (found.length < limit && matcher.find()) found.push(matcher.group() ?? '');
  return found;
}

class Format {
  constructor(readonly fault: (text: string) => string | undefined) {}
}

class FormatNamespace {}

function registerFormats(cel: Cel.Environment, optional: typeof Cel.Optional): void {
  const byRule = (name: string) => new Format((text) => nameFormats[name]?.fault(text));
  const byTest = (name: string) =>
    new Format((text) => (formats[name]?.test(text) === false ? `must be ${formats[name]?.noun}` : undefined));
  // A prefix may end in what a name may not: more may follow.
  const prefixOf = (name: string) => new Format((text) => nameFormats[name]?.fault(text.replace(/-$/, 'a')));
  const known: Readonly<Record<string, Format>> = {
    dns1123Label: byRule('dns-label'),
    dns1123Subdomain: byRule('dns-subdomain'),
    dns1035Label: byRule('dns-1035-label'),
    dns1123LabelPrefix: prefixOf('dns-label'),
    dns1123SubdomainPrefix: prefixOf('dns-subdomain'),
    dns1035LabelPrefix: prefixOf('dns-1035-label'),
    qualifiedName: new Format((text) => keyFault('label', text)),
    labelValue: byRule('label-value'),
    uri: byTest('uri'),
    uuid: byTest('uuid'),
    byte: byTest('byte'),
    date: byTest('date'),
    datetime: byTest('datetime'),
  };
  cel.registerType('kubernetes.NamedFormat', { ctor: Format, fields: {} });
  cel.registerType('FormatNamespace', FormatNamespace);
  cel.registerConstant('format', 'FormatNamespace', new FormatNamespace());
  const maybe = (value: unknown) => (value === undefined ? optional.none() : optional.of(value));
  cel.registerFunction('FormatNamespace.named(string): optional', (_self: unknown, name: string) =>
    maybe(Object.hasOwn(known, name) ? known[name] : undefined),
  );
  for (const [name, format] of Object.entries(known)) {
    cel.registerFunction(`FormatNamespace.${name}(): kubernetes.NamedFormat`, () => format);
  }
  cel.registerFunction('kubernetes.NamedFormat.validate(string): optional', (format: Format, text: string) => {
    const fault = format.fault(text);
    return maybe(fault === undefined ? undefined : [fault]);
  });
}
