import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import type { PasswordSpec } from '../../../imports/password';
import type { JsonObject } from '../../json/json';
import { listAt, textAt } from '../../json/read';
import { encodings, passwordFaults, symbolsIn } from '../../systems/external-secrets/password';
import { type Format, oneOf } from '../../systems/format';
import { literal } from '../flux/substitution';
import { optionalFormat, requireInteger } from '../formats';
import { type DeepPartial, merge } from '../merge';
import type { Named } from '../named';
import { refuseFaults } from '../refuse-faults';
import { refuseUnknown } from '../refuse-unknown';
import type { ResourceProps } from '../resource';
import { type SpecOf, specJson } from '../spec';
import { type GeneratorHandle, generatorVersion, NamedGenerator, SecretGenerator } from './generator';

export interface PasswordGeneratorProps<K extends string = string> extends ResourceProps {
  /** Characters in all. @default 32 */
  readonly length?: number | null;
  /** How many of them are digits. @default a quarter of the length */
  readonly digits?: number | null;
  /** How many of them are symbols. @default 0 where `symbolCharacters` are left out, else a quarter of the length */
  readonly symbols?: number | null;
  /**
   * Symbols to choose from. Some break a connection string unless every reader encodes them.
   * @default those that need no encoding in a URL: `-_.~`, of which none are used unless `symbols` asks for them
   */
  readonly symbolCharacters?: string | null;
  /** Leave out upper case. @default false */
  readonly noUpper?: boolean | null;
  /** Allow a character to occur twice. @default true: it makes any length possible */
  readonly allowRepeat?: boolean | null;
  /** The keys that it yields, each with a password of its own. @default ['password'] */
  readonly secretKeys?: readonly K[];
  /** Any other field of spec. @default none */
  readonly spec?: DeepPartial<PasswordSpec> | SpecOf<PasswordSpec>;
}

/** Unreserved in RFC 3986: they stand in a URL as they are. */
const urlSafeSymbols = '-_.~';

/** ESO picks single bytes, and looks for ever for a character that the letters or digits have used up. */
const asciiSymbols: Format = {
  allowed: 'ASCII symbols: no letters, digits, spaces or other characters',
  example: `"${urlSafeSymbols}"`,
  accepts: (value) => /^[!-/:-@[-`{-~]*$/.test(value),
};

/** Encodings that decide it by themselves: all but hex pad with "=". */
const isUrlSafe: Readonly<Record<string, boolean>> = { base64: false, base64url: false, base32: false, hex: true };

/**
 * ESO's Password generator. Its passwords can stand in a URL as they are, unless other symbols are asked for.
 *
 * A generator yields another password at every use: give it to one GeneratedSecret.
 *
 * @example
 * const generator = new PasswordGenerator(base, 'shop-db-password', { length: 40 });
 */
export class PasswordGenerator<const K extends string = 'password'> extends SecretGenerator<K> {
  /** A Password that no construct here makes, and the keys that it yields. */
  static named<const K extends string = 'password'>(
    name: string,
    { keys, ...props }: Named & { readonly keys?: readonly K[] } = {},
  ): GeneratorHandle<K> {
    return new NamedGenerator('Password', name, 'Password', keys ?? ['password'], props);
  }

  readonly resource: ApiObject;
  readonly generates = 'Password';
  readonly keys: readonly string[];
  /** Whether every password it makes can stand in a URL without encoding. */
  readonly urlSafe: boolean;
  /** The keys that it yields, where its spec names them; `password` otherwise. */
  readonly secretKeys: readonly string[] | undefined;

  constructor(scope: Construct, id: string, props: PasswordGeneratorProps<K> = {}) {
    super(scope, id, props);
    refuseUnknown(this, PasswordGenerator, props);
    const quarter = Math.floor((props.length ?? 32) / 4);
    const spec = merge<JsonObject>(
      specJson(this, {
        length: this.byDefault(props.length, 32),
        digits: this.byDefault(props.digits, quarter),
        symbols: this.byDefault(props.symbols, props.symbolCharacters == null ? 0 : quarter),
        symbolCharacters: this.byDefault(props.symbolCharacters, urlSafeSymbols),
        noUpper: this.byDefault(props.noUpper, false),
        allowRepeat: this.byDefault(props.allowRepeat, true),
        secretKeys: props.secretKeys,
      }),
      specJson(this, props.spec),
    );
    this.requireAccepted(spec);
    refuseFaults(this, spec, passwordFaults, (path) => path);
    const used = [...(symbolsIn(spec) ?? '')];
    const encoding = textAt(spec, 'encoding') ?? 'raw';
    this.urlSafe = isUrlSafe[encoding] ?? used.every((symbol) => urlSafeSymbols.includes(symbol));
    const named = listAt(spec, 'secretKeys').map(String);
    this.secretKeys = named.length > 0 ? named : undefined;
    this.keys = this.secretKeys ?? ['password'];
    const symbolCharacters = textAt(spec, 'symbolCharacters');
    this.resource = this.apiObject(
      'Resource',
      { apiVersion: generatorVersion, kind: 'Password' },
      this.metadata(props),
      {
        spec: { ...spec, ...(symbolCharacters && { symbolCharacters: literal(this, symbolCharacters) }) },
      },
    );
  }

  private requireAccepted(spec: JsonObject): void {
    for (const [field, lowest, highest] of bounds) {
      const value = spec[field];
      if (value !== undefined) requireInteger(this, field, value as number, lowest, highest);
    }
    optionalFormat(this, 'symbolCharacters', spec.symbolCharacters as string | undefined, asciiSymbols);
    optionalFormat(this, 'spec.encoding', spec.encoding as string | undefined, oneOf(...encodings));
  }
}

const bounds: readonly (readonly [field: string, lowest: number, highest?: number])[] = [
  ['length', 8, 4096],
  ['digits', 0],
  ['symbols', 0],
];
