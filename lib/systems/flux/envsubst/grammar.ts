import { type Parameter, Scanner } from './scanner';

/** A piece of a text with variables. */
export type Piece = Literal | Expansion;

/** Text that stays as it is. */
export interface Literal {
  readonly kind: 'literal';
  readonly text: string;
}

/** A `${…}`. */
export interface Expansion {
  readonly kind: 'expansion';
  readonly variable: string;
  /** As in `:=`, `//` or `^^`; '' for none. */
  readonly operator: string;
  /** What follows the operator. For a default, pieces of one text. */
  readonly operands: readonly Piece[];
  /** Where it stands in the text: from its `$` to behind its `}`. */
  readonly start: number;
  readonly end: number;
}

/** Why a text could not be parsed: as Flux says it, and where the `${` is that it cannot read. */
export interface ParseError {
  readonly message: string;
  readonly start: number;
}

/** How deep defaults may nest here. Go knows no limit, but nobody writes four. */
const deepest = 100;

/**
 * A text as Flux reads it: fluxcd/pkg envsubst 1.7 to 1.9, parse.go and scan.go, a function for a function.
 *
 * It is no shell: `$X`, `$(X)` and `$` alone are text, `$$` is `$` (but not in a default), and a brace that is never closed
 * takes all that follows.
 */
export function parse(text: string): readonly Piece[] | ParseError {
  const scanner = new Scanner(text);
  const pieces: Piece[] = [];
  try {
    for (let literal = scanner.literal(); literal !== undefined; literal = scanner.literal()) {
      if (literal !== '') pieces.push({ kind: 'literal', text: literal });
      if (scanner.opens()) pieces.push(parseExpansion(scanner, 0));
    }
  } catch (error) {
    if (error instanceof Failure) return { message: error.message, start: error.start };
    throw error;
  }
  return pieces;
}

class Failure extends Error {
  constructor(
    message: string,
    readonly start: number,
  ) {
    super(message);
  }
}

function parseExpansion(scanner: Scanner, depth: number): Expansion {
  const start = scanner.position;
  const fail = (message: string): never => {
    throw new Failure(message, start);
  };
  if (depth > deepest) fail(`more than ${deepest} substitutions within each other`);
  const operands: Piece[] = [];
  const operand = (parameter: Parameter): void => {
    if (scanner.opens()) {
      operands.push(parseExpansion(scanner, depth + 1));
      return;
    }
    const text = scanner.parameter(parameter) ?? fail('unable to parse substitution within function');
    operands.push({ kind: 'literal', text });
  };
  const end = (variable: string, operator: string): Expansion => {
    if (!scanner.skip('}')) fail('bad substitution');
    return { kind: 'expansion', variable, operator, operands, start, end: scanner.position };
  };

  scanner.position += '${'.length;
  if (scanner.skip('#')) return end(scanner.take(word) ?? fail('bad substitution'), '#');
  const variable = scanner.take(word) ?? fail('unable to parse variable name');
  switch (scanner.next()) {
    case '=':
    case ':': {
      const operator = scanner.take(defaultOperator);
      if (operator === undefined) break;
      while (scanner.next() !== '}') operand('to-brace');
      return end(variable, operator);
    }
    case ',':
    case '^':
      return end(variable, scanner.take(caseOperator) ?? '');
    case '#':
    case '%': {
      const operator = scanner.take(trimOperator) ?? '';
      operand('to-brace');
      return end(variable, operator);
    }
    case '/': {
      const operator = scanner.take(replaceOperator) ?? '';
      operand('pattern');
      if (scanner.take(slashes) === undefined) fail('bad substitution');
      if (scanner.next() !== '}') operand('replacement');
      return end(variable, operator);
    }
  }
  if (scanner.next() !== ':') {
    if (!scanner.skip('}')) fail('missing closing brace');
    return { kind: 'expansion', variable, operator: '', operands, start, end: scanner.position };
  }
  // Go steps back by the width of the character after the colon, and so loses its place unless that is ASCII.
  if (!scanner.skip(':') || !scanner.isAscii()) fail('bad substitution');
  operand('to-colon');
  if (scanner.take(colons) !== undefined) operand('to-brace');
  return end(variable, ':');
}

const word = /[\p{L}\p{Nd}_]+/uy;
const defaultOperator = /=|:[=\-?+]/y;
const caseOperator = /[,^]{1,2}/y;
const trimOperator = /##?|%%?/y;
const replaceOperator = /\/[/#%]?/y;
const slashes = /\/+/y;
const colons = /:+/y;
