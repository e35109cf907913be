import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { Password, type PasswordSpec, toJson_PasswordSpec } from '../../../imports/password';
import { type Format, oneOf } from '../../systems/format';
import { literal } from '../flux/substitution';
import { optionalFormat, requireFormat, requireInteger } from '../formats';
import { refuse } from '../input-error';
import { type DeepPartial, merge } from '../merge';
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
  allowed: 'symbols of ASCII: neither letters, digits, spaces nor anything beyond',
  example: `"${urlSafeSymbols}"`,
  accepts: (value) => /^[!-/:-@[-`{-~]*$/.test(value),
};

const encodings = oneOf('raw', 'base64', 'base64url', 'base32', 'hex');

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
    super(scope, id);
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
    const symbolCharacters = this.requireAccepted(spec);
    const used = spec.symbols === 0 ? '' : symbolCharacters;
    this.urlSafe = isUrlSafe[spec.encoding ?? 'raw'] ?? [...used].every((symbol) => urlSafeSymbols.includes(symbol));
    this.resource = this.apiObject('Resource', Password.GVK, this.metadata(props), {
      spec: toJson_PasswordSpec({ ...spec, symbolCharacters: literal(this, symbolCharacters) }),
    });
  }

  /**
   * What makes the generator fail at run time: it fills each class of characters on its own. (sethvargo/go-password)
   *
   * @returns the symbols to choose from
   */
  private requireAccepted(spec: PasswordSpec): string {
    const length = requireInteger(this, 'length', spec.length, 8, 4096);
    const digits = requireInteger(this, 'digits', spec.digits as number, 0);
    const symbols = requireInteger(this, 'symbols', spec.symbols as number, 0);
    const symbolCharacters = requireFormat(this, 'symbolCharacters', spec.symbolCharacters as string, asciiSymbols);
    const { secretKeys, allowRepeat, noUpper } = spec;
    if (secretKeys !== undefined && (secretKeys.length !== 1 || secretKeys[0] !== 'password')) {
      refuse(this, {
        field: 'spec.secretKeys',
        value: secretKeys,
        allowed: '["password"]: GeneratedSecret reads the password under that key',
        example: 'leave it out',
      });
    }
    optionalFormat(this, 'spec.encoding', spec.encoding, encodings);
    this.requirePossible({ length, digits, symbols, symbolCharacters, allowRepeat, noUpper });
    return symbolCharacters;
  }

  private requirePossible(p: {
    length: number;
    digits: number;
    symbols: number;
    symbolCharacters: string;
    allowRepeat: boolean;
    noUpper: boolean;
  }): void {
    const letters = p.length - p.digits - p.symbols;
    if (letters < 0) {
      refuse(this, {
        field: 'digits and symbols',
        value: p.digits + p.symbols,
        allowed: `together at most the length, ${p.length}`,
        example: `digits: ${Math.floor(p.length / 4)}, symbols: 0`,
      });
    }
    if (p.symbols > 0 && p.symbolCharacters.length === 0) {
      refuse(this, {
        field: 'symbolCharacters',
        value: '',
        allowed: 'at least one symbol where symbols are asked for',
        example: `"${urlSafeSymbols}"`,
      });
    }
    if (p.allowRepeat) return;
    const most: [string, number, number][] = [
      ['digits', p.digits, 10],
      ['symbols', p.symbols, new Set(p.symbolCharacters).size],
      ['letters (length without digits and symbols)', letters, p.noUpper ? 26 : 52],
    ];
    for (const [field, value, highest] of most) {
      if (value > highest) {
        refuse(this, {
          field,
          value,
          allowed: `at most ${highest} where no character may occur twice`,
          example: 'allowRepeat: true',
        });
      }
    }
  }
}
