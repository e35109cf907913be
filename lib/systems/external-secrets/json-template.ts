import { parseTemplate, TemplateError } from '../go-template';
import type { Pipe } from '../go-template/template';
import { isJsonMap } from '../kubernetes/secret-types';

/** What functions of sprig 3 make: text, which JSON has between quotes only, or a value of JSON. Of others nobody knows. */
const makes: ReadonlyMap<string, string> = new Map([
  ...['b64enc', 'b32enc', 'sha1sum', 'sha256sum', 'htpasswd'].map((name) => [name, 'eA=='] as const),
  ...['toJson', 'mustToJson', 'toRawJson', 'mustToRawJson', 'quote', 'int', 'int64', 'atoi', 'len'].map(
    (name) => [name, '0'] as const,
  ),
]);

/**
 * Whether what a template makes is an object in JSON; undefined where that depends on the values that it is given. An action
 * between quotes may yield any text.
 */
export function makesJsonMap(template: string): boolean | undefined {
  const text = template.includes('{{') ? withPlaces(template) : template;
  return text === undefined ? undefined : isJsonMap(text);
}

/** The template with something in the place of each action; undefined when it has more than texts and values. */
function withPlaces(template: string): string | undefined {
  try {
    let made = '';
    for (const node of parseTemplate(template)) {
      if (node.type === 'text') made += node.text;
      else if (node.type !== 'action') return undefined;
      else if (node.pipe.variables.length > 0) continue;
      else {
        const place = isQuoted(made) ? 'x' : resultOf(node.pipe);
        if (place === undefined) return undefined;
        made += place;
      }
    }
    return made;
  } catch (error) {
    if (error instanceof TemplateError) return undefined;
    throw error;
  }
}

function resultOf({ commands }: Pipe): string | undefined {
  const [last] = commands.at(-1) ?? [];
  return last?.type === 'function' ? makes.get(last.name) : undefined;
}

/** Whether a text ends between quotes. */
function isQuoted(json: string): boolean {
  return (json.replace(/\\./g, '').match(/"/g)?.length ?? 0) % 2 === 1;
}
