import type { IConstruct } from 'constructs';
import type { Format } from '../systems/format';
import { withoutComments } from './commented';
import { hasVariable, mayAccept } from './flux/variable';
import { refuse } from './input-error';

/** What only JavaScript gives as something else than a text. */
export const anyText: Format = { allowed: 'a text', example: '"8080"', accepts: () => true };

/** A path below the folder that it stands in. */
export const relativePath: Format = {
  allowed: 'a relative path of plain segments separated by "/", without "..", "." or an empty segment',
  example: '"kubernetes/apps"',
  withoutVariables: true,
  accepts: (value) =>
    value.length > 0 &&
    value.split('/').every((segment) => /^[^\\/:*?"<>|\p{Cc}]+$/u.test(segment) && !/^\.{1,2}$/.test(segment)),
};

/** An id that becomes a file's or a folder's name. */
export const fileName: Format = {
  allowed: 'a name for a file or folder: letters, digits, "-", "_" and ".", not beginning with "."',
  example: '"secret-externalsecret"',
  withoutVariables: true,
  accepts: (value) => value.length <= 200 && /^[A-Za-z0-9_][-._A-Za-z0-9]*$/.test(value),
};

/** PostgreSQL identifiers that need no quotes anywhere; CNPG accepts at most 63 characters. */
export const postgresIdentifier: Format = {
  allowed:
    'a PostgreSQL name: lower-case letters, digits and "_", beginning with a letter or "_", at most 63 characters',
  example: '"backstage"',
  accepts: (value) => value.length <= 63 && /^[a-z_][a-z0-9_]*$/.test(value),
};

/** An address with a scheme, as the clients of registries and object stores want it. */
export const httpUrl: Format = {
  allowed: 'an address that begins with http:// or https://, without a trailing "/"',
  example: '"https://service.example.org:8443"',
  accepts: (value) => /^https?:\/\/[^\s/]+(\/[^\s]*[^\s/])?$/.test(value),
};

/** What a thing is for, as people read it. */
export const descriptionText: Format = {
  allowed: 'a text of one line and at most 500 characters, without white space at either end',
  example: '"The portal where developers find services and their documentation"',
  accepts: (value) =>
    value !== '' && value === value.trim() && value.length <= 500 && !/[\p{Cc}\u2028\u2029]/u.test(value),
};

/**
 * Returns an object that must be given, such as a construct or a handle: JavaScript does not ask for it.
 *
 * @throws EspalierError that names the construct, the field, what is allowed and an example.
 */
export function requireObject<T extends object>(
  scope: IConstruct,
  field: string,
  value: T | undefined,
  { allowed, example }: { readonly allowed: string; readonly example: string },
): T {
  if (typeof value === 'object' && value !== null) return value;
  return refuse(scope, { field, value: value ?? undefined, allowed, example });
}

/** @throws EspalierError where an override of `spec` says something else than the property that the field comes from. */
export function requireOwn(scope: IConstruct, field: string, value: unknown, ours: unknown, property: string): void {
  const [given, own] = [JSON.stringify(value), JSON.stringify(ours)];
  if (given === own) return;
  const allowed = `${own}, as in the property ${property}`;
  refuse(scope, { field, value, allowed, example: `only the property ${property}` });
}

/**
 * Returns the value when it has the format.
 *
 * @throws EspalierError that names the construct, the field, the value, what is allowed and an example.
 */
export function requireFormat(scope: IConstruct, field: string, value: string, format: Format): string {
  if (typeof value !== 'string' || !mayAccept(format, withoutComments(value))) {
    refuse(scope, { field, value, allowed: format.allowed, example: format.example });
  }
  return value;
}

/** The same for a value that may be left out. */
export function optionalFormat(
  scope: IConstruct,
  field: string,
  value: string | undefined,
  format: Format,
): string | undefined {
  return value === undefined ? undefined : requireFormat(scope, field, value, format);
}

/** Returns the number when it is whole and within the bounds, both included. */
export function requireInteger(
  scope: IConstruct,
  field: string,
  value: number,
  lowest: number,
  highest = Number.MAX_SAFE_INTEGER,
): number {
  if (hasVariable(value)) return value;
  if (!Number.isInteger(value) || value < lowest || value > highest) {
    const upTo = highest === Number.MAX_SAFE_INTEGER ? '' : ` and at most ${highest}`;
    refuse(scope, { field, value, allowed: `a whole number of at least ${lowest}${upTo}`, example: String(lowest) });
  }
  return value;
}
