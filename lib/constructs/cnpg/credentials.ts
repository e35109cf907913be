import { postgresIdentifier, requireFormat, requireObject } from '../formats';
import { refuse } from '../input-error';
import type { Resource } from '../resource';
import { readSecret, type Secret } from '../secret';

/** A name and a password, for whoever logs in to a database. */
export type Login = Secret<'username' | 'password'>;

/** Declares that a database or a role of it reads a Secret with both keys. */
export function checkedCredentials(reader: Resource, credentials: Login): Login {
  const example = "new GeneratedSecret(scope, 'shop-db-credentials', { … }).secret";
  requireObject(reader, 'credentials', credentials, { allowed: 'a username and its password', example });
  readSecret(reader, credentials);
  const keys: readonly string[] = credentials.keys;
  const lacks = ['username', 'password'].filter((key) => !keys.includes(key));
  if (lacks.length > 0) {
    refuse(reader, {
      field: 'credentials',
      value: credentials.label,
      allowed: `a Secret with the keys username and password: this one lacks ${lacks.join(' and ')} (it has ${keys.join(', ')})`,
      example,
    });
  }
  return credentials;
}

/** CNPG sets the owner's password only from a Secret that names the owner. (instance_controller.go: "wrong username") */
export function checkedOwner(reader: Resource, { username, label }: Secret, owner: string | undefined): string {
  if (owner === undefined && username === undefined) {
    refuse(reader, {
      field: 'owner',
      value: owner,
      allowed: `the username in Secret ${label}, which is not known here`,
      example: '"shop"',
    });
  }
  if (owner !== undefined && username !== undefined && owner !== username) {
    refuse(reader, {
      field: 'owner',
      value: owner,
      allowed: `"${username}", the username in Secret ${label}: CNPG sets only that role's password from it`,
      example: 'leave owner out',
    });
  }
  return requireFormat(reader, 'owner', owner ?? (username as string), postgresIdentifier);
}
