import type { ObjectType } from '../../systems/helm/value-types/value-type';
import { compareText } from '../../text/compare';
import { quoted } from '../typescript';
import { namesOf } from './names';
import { Writer } from './writer';

/** How the file begins, whoever made it. */
export const madeKinds = '// Made by `espalier ';

/**
 * The TypeScript of the kinds that a project's Manifests have: the interface `Kinds` of the package with a member for each, and those
 * of the types in them. The same for the same kinds.
 *
 * @param kinds by `apiVersion/kind`, as `kindTypes` makes them: equal types are the same object
 */
export function kindsText(kinds: ReadonlyMap<string, ObjectType>): string {
  const sorted = [...kinds].sort(([a], [b]) => compareText(a, b));
  const names = namesOf(sorted, ['Kinds', 'Text']);
  const members = sorted.map(([id, type]) => `    ${quoted(id)}: ${names.get(type)};\n`);
  const interfaces = new Writer(names, 'Text').interfaces();
  return [
    `${madeKinds}adopt\` and \`espalier import\`. Run one of them again instead of changing this file.\n`,
    /\bText\b/.test(interfaces)
      ? "import type { ManifestText as Text } from 'cdk8s-espalier';\n"
      : "import type {} from 'cdk8s-espalier';\n",
    `\ndeclare module 'cdk8s-espalier' {\n  interface Kinds {\n${members.join('')}  }\n}\n`,
    interfaces,
  ].join('');
}

/** The kinds that such a text has, by `apiVersion/kind`. */
export function kindsIn(text: string): string[] {
  return [...text.matchAll(/^ {4}'([^'\\]+)': \w+;$/gm)].map(([, id = '']) => id);
}
