// biome-ignore lint/suspicious/noExplicitAny: what a schema may say, and more
type Json = Readonly<Record<string, any>>;

/**
 * What a program that reads the outputs of an older version would miss in those of a newer one, as sentences: fields may be added, and so may
 * words of a list of words; a field that was always there stays, is always there, and holds what it held.
 */
export function losses(before: Json, after: Json): string[] {
  return lossesAt('', before, after, { before, after });
}

function lossesAt(
  path: string,
  old: Json,
  now: Json,
  documents: { before: Json; after: Json },
  seen = new Set<string>(),
): string[] {
  const [was, is] = [resolved(old, documents.before), resolved(now, documents.after)];
  const key = `${old.$ref} ${now.$ref}`;
  if (old.$ref !== undefined) {
    if (seen.has(key)) return [];
    seen.add(key);
  }
  const where = path === '' ? 'the whole' : path;
  if (formOf(was) !== formOf(is)) return [`${where} was ${formOf(was)} and is ${formOf(is)}`];
  const words = wordsOf(is);
  const gone = wordsOf(was).filter((word) => !words.includes(word));
  const found = gone.map((word) => `${where} is never ${JSON.stringify(word)} any more`);
  for (const [name, property] of Object.entries<Json>(was.properties ?? {})) {
    const other = is.properties?.[name];
    const inner = path === '' ? name : `${path}.${name}`;
    if (other === undefined) found.push(`${inner} is gone`);
    else found.push(...lossesAt(inner, property, other, documents, seen));
  }
  for (const name of was.required ?? []) {
    if (is.properties?.[name] !== undefined && !is.required?.includes(name))
      found.push(`${path === '' ? '' : `${path}.`}${name} may be left out now`);
  }
  if (was.items !== undefined) found.push(...lossesAt(`${path}[]`, was.items, is.items ?? {}, documents, seen));
  return found;
}

function resolved(schema: Json, document: Json): Json {
  return schema.$ref === undefined ? schema : document.$defs[schema.$ref.replace('#/$defs/', '')];
}

/** A word alone may become one of several. */
function wordsOf(schema: Json): readonly unknown[] {
  return schema.enum ?? (schema.const === undefined ? [] : [schema.const]);
}

function formOf(schema: Json): string {
  if (wordsOf(schema).length > 0) return `a ${typeof wordsOf(schema)[0]} of a list`;
  if (schema.anyOf !== undefined) return `one of ${schema.anyOf.length} forms`;
  return `${/^[aeiou]/.test(String(schema.type)) ? 'an' : 'a'} ${schema.type}`;
}
