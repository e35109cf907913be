/** A path as the path of a URI, each part percent-encoded: `a b/c.yaml` is `a%20b/c.yaml`. */
export function uriOf(path: string): string {
  return path.split('/').map(encodePart).join('/');
}

function encodePart(part: string): string {
  // Half of a surrogate pair has no UTF-8, and so no percent-encoding.
  const text = part.replace(/\p{Surrogate}/gu, '\uFFFD');
  // Beside what encodeURIComponent leaves, of which Markdown would take some for its own.
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
