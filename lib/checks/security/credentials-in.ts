import { credentialIn } from '../../graph/masking';
import type { Resource } from '../../graph/resource';
import { containersOf, podTemplate } from '../../graph/workload';
import type { Path } from '../../json/json';
import { keysAt, listAt, objectAt, textAt } from '../../json/read';

/** A credential that stands where everybody may read it. */
interface Shown {
  readonly path: Path;
  /** What it is called: a key, a variable, an option; empty where it has no name. */
  readonly name: string;
  /** What it is, as messages say it. */
  readonly credential: string;
}

/** The credentials in a ConfigMap, and in the arguments and variables of what runs pods. */
export function credentialsIn(resource: Resource): readonly Shown[] {
  const shown: Shown[] = [];
  const look = (path: Path, name: string, text: string | undefined) => {
    const credential = credentialIn(name, text ?? '');
    if (credential !== undefined) shown.push({ path, name, credential });
  };
  if (resource.kind === 'ConfigMap' && resource.group === '') {
    const texts = objectAt(resource.value, 'data');
    for (const key of keysAt(texts)) look(['data', key], key, textAt(texts, key));
  }
  const pod = podTemplate(resource);
  for (const { value, path } of pod === undefined ? [] : containersOf(pod)) {
    for (const [i, item] of listAt(value, 'env').entries()) {
      look([...path, 'env', i, 'value'], textAt(item, 'name') ?? '', textAt(item, 'value'));
    }
    for (const field of ['command', 'args']) {
      for (const [i, item] of listAt(value, field).entries()) {
        if (typeof item !== 'string') continue;
        const [, option = '', given = item] = /^--?([\w-]+)=(.*)$/s.exec(item) ?? [];
        look([...path, field, i], option.replaceAll('-', '_'), given);
      }
    }
  }
  return shown;
}
