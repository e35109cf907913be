/** What comes first for whoever reads a construct, and what last since it is long; all else between them as forms have it. */
const first = [
  ...['name', 'namespace', 'writeNamespace', 'comment', 'description', 'labels', 'annotations', 'directory', 'folder'],
  ...['file', 'applies', 'sourceRef', 'dependsOn', 'targetNamespace', 'store', 'chart', 'version', 'url', 'interval'],
];
const last = ['patches', 'kustomizationFile', 'spec', 'values', 'comments', 'schema'];

/** Properties of a construct in the order in which a person would write them. */
export function inReadingOrder<T>(props: Readonly<Record<string, T>>): Record<string, T> {
  const rank = (name: string) => {
    const [at, end] = [first.indexOf(name), last.indexOf(name)];
    return at >= 0 ? at : first.length + end + 1;
  };
  return Object.fromEntries(Object.entries(props).sort(([a], [b]) => rank(a) - rank(b)));
}
