/**
 * Text in which some parts are not known: what a variable of a Secret would put there, say.
 *
 * Such a part is the expression that stands for it, between two code points that Unicode keeps for a program's own use
 * ("noncharacters"), so that it is not mistaken for the literal `${X}` that came out of `$${X}`. Nothing within it means
 * anything to YAML or to substitution.
 */
const open = '\uFDD0';
const close = '\uFDD1';

/** The text that stands for what `${expression}` would put there. */
export function symbol(expression: string): string {
  const body = expression.replace(/\W/gu, (character) => `-${character.codePointAt(0)?.toString(16)}-`);
  return `${open}${body}${close}`;
}

/** Whether every part of a text is known. */
export function isKnown(text: string): boolean {
  return !text.includes(open);
}

/** The text as its author wrote it: `${expression}` for what is not known. For people; it cannot be read back. */
export function display(text: string): string {
  if (isKnown(text)) return text;
  return text.replace(/\uFDD0([^\uFDD1]*)\uFDD1/g, (_, body: string) => {
    const expression = body.replace(/-([\da-f]{1,6})-/g, (code, hex: string) => {
      const point = Number.parseInt(hex, 16);
      return point > 0x10ffff ? code : String.fromCodePoint(point);
    });
    return `\${${expression}}`;
  });
}

/** The parts of a text that are known, joined: not empty only if the text cannot be empty. */
export function knownPart(text: string): string {
  return withUnknown(text, '');
}

/** The text with the same in the place of each part that is not known. */
export function withUnknown(text: string, instead: string): string {
  return text.replace(/\uFDD0[^\uFDD1]*\uFDD1/g, () => instead);
}
