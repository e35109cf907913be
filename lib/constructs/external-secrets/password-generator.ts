import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { Password, type PasswordSpec, toJson_PasswordSpec } from '../../../imports/password';
import { encodings, passwordFaults, symbolsIn } from '../../systems/external-secrets/password';
import { type Format, oneOf } from '../../systems/format';
import { literal } from '../flux/substitution';
import { optionalFormat, requireFormat, requireInteger } from '../formats';
import { refuse } from '../input-error';
import { type DeepPartial, merge } from '../merge';
import { refuseFaults } from '../refuse-faults';
import { Resource, type ResourceProps } from '../resource';

export interface PasswordGeneratorProps extends ResourceProps {
  /** Characters in all. @default 32 */
  readonly length?: number;
  /** How many of them are digits. @default a quarter of the length */
  readonly digits?: number;
  /** How many of them are symbols. @default 0 where `symbolCharacters` are left out, else a quarter of the length */
  readonly symbols?: number;
  /**
   * Symbols to choose from. Some break a connection string unless every reader encodes them.
   * @default those that need no encoding in a URL: `-_.~`, of which none are used unless `symbols` asks for them
   */
  readonly symbolCharacters?: string;
  /** Leave out upper case. @default false */
  readonly noUpper?: boolean;
  /** Allow a character to occur twice. @default true: it makes any length possible */
  readonly allowRepeat?: boolean;
  /** Any other field of spec. @default none */
  readonly spec?: DeepPartial<PasswordSpec>;
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
export class PasswordGenerator extends Resource {
  /** The L1 beneath. */
  readonly resource: ApiObject;
  /** Whether every password it makes can stand in a URL without encoding. */
  readonly urlSafe: boolean;

  constructor(scope: Construct, id: string, props: PasswordGeneratorProps = {}) {
    super(scope, id, props);
    const { length = 32, noUpper = false, allowRepeat = true } = props;
    const quarter = Math.floor(length / 4);
    const spec = merge<PasswordSpec>(
      {
        length,
        digits: props.digits ?? quarter,
        symbols: props.symbols ?? (props.symbolCharacters === undefined ? 0 : quarter),
        symbolCharacters: props.symbolCharacters ?? urlSafeSymbols,
        noUpper,
        allowRepeat,
      },
      props.spec,
    );
    const json = toJson_PasswordSpec(spec) ?? {};
    const symbolCharacters = this.requireAccepted(spec);
    refuseFaults(this, json, passwordFaults, (path) => path);
    const used = [...(symbolsIn(json) ?? '')];
    this.urlSafe = isUrlSafe[spec.encoding ?? 'raw'] ?? used.every((symbol) => urlSafeSymbols.includes(symbol));
    this.resource = this.apiObject('Resource', Password.GVK, this.metadata(props), {
      spec: toJson_PasswordSpec({ ...spec, symbolCharacters: literal(this, symbolCharacters) }),
    });
  }

  /** @returns the symbols to choose from */
  private requireAccepted(spec: PasswordSpec): string {
    requireInteger(this, 'length', spec.length, 8, 4096);
    requireInteger(this, 'digits', spec.digits as number, 0);
    requireInteger(this, 'symbols', spec.symbols as number, 0);
    const symbolCharacters = requireFormat(this, 'symbolCharacters', spec.symbolCharacters as string, asciiSymbols);
    const { secretKeys } = spec;
    if (secretKeys !== undefined && (secretKeys.length !== 1 || secretKeys[0] !== 'password')) {
      refuse(this, {
        field: 'spec.secretKeys',
        value: secretKeys,
        allowed: '["password"]: GeneratedSecret reads the password under that key',
        example: 'leave it out',
      });
    }
    optionalFormat(this, 'spec.encoding', spec.encoding, oneOf(...encodings));
    return symbolCharacters;
  }
}
