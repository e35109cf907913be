import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { Password, type PasswordSpec, toJson_PasswordSpec } from '../../../imports/password';
import { requireInteger } from '../formats';
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
    const length = requireInteger(this, 'length', props.length ?? 32, 8, 4096);
    const symbolCharacters = props.symbolCharacters ?? urlSafeSymbols;
    const digits = requireInteger(this, 'digits', props.digits ?? Math.floor(length / 4), 0);
    const symbols = requireInteger(
      this,
      'symbols',
      props.symbols ?? (props.symbolCharacters === undefined ? 0 : Math.floor(length / 4)),
      0,
    );
    const allowRepeat = props.allowRepeat ?? true;
    this.requirePossible({ length, digits, symbols, symbolCharacters, allowRepeat, noUpper: props.noUpper ?? false });
    const spec = merge<PasswordSpec>(
      { length, digits, symbols, symbolCharacters, noUpper: props.noUpper ?? false, allowRepeat },
      props.spec,
    );
    // Of the spec as it is written: its overrides may name other symbols.
    const used = spec.symbols === 0 ? '' : (spec.symbolCharacters ?? '');
    this.urlSafe = [...used].every((character) => urlSafeSymbols.includes(character));
    this.resource = this.apiObject('Resource', Password.GVK, this.metadata(props), { spec: toJson_PasswordSpec(spec) });
  }

  /** What makes the generator fail at run time: it fills each class of characters on its own. (sethvargo/go-password) */
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
    // ESO picks single bytes, and looks for ever for a character that the letters or digits have used up.
    if (!/^[!-/:-@[-`{-~]*$/.test(p.symbolCharacters)) {
      refuse(this, {
        field: 'symbolCharacters',
        value: p.symbolCharacters,
        allowed: 'symbols of ASCII: neither letters, digits, spaces nor anything beyond',
        example: `"${urlSafeSymbols}"`,
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
