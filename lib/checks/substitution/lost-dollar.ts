import { resourceOf } from '../../graph/resource-of';
import { pathText } from '../../graph/schema/text';
import { isExempt } from '../../graph/substitution';
import type { JsonObject, Path } from '../../json/json';
import { keysAt, listAt, textAt, textsIn } from '../../json/read';
import type { ClusterCheck } from '../check';
import type { MayHaveFix } from '../meant';

/**
 * Most `$$` are meant for Flux, which makes one of them: `$$KEY` in a script, `$$__interval` in a dashboard. These are not: what
 * reads the text after Flux would have wanted both.
 */
const meantForOthers: readonly ((text: string, path: Path, object: JsonObject) => string | undefined)[] = [
  // PostgreSQL quotes blocks with them (https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-DOLLAR-QUOTING).
  (text, path) =>
    block.test(text) || (isSql(path) && loose.test(text)) ? 'quotes SQL with $$, which Flux turns into $' : undefined,
  // Kubernetes leaves $$(NAME) as $(NAME), and fills in $(NAME) (https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/).
  (text, path, object) => {
    for (const [, name = ''] of text.matchAll(escaped)) {
      if (!isVariable(name, path, object)) continue;
      return `has $$(${name}), which Flux turns into $(${name}), and Kubernetes expands that`;
    }
    return undefined;
  },
];

const block =
  /\b(?:DO|AS|LANGUAGE\s+\w+)\s+\$\$(?![${])[\s\S]*?(?<!\$)\$\$\s*(?:[;'")]|$|(?:LANGUAGE|IMMUTABLE|STABLE|VOLATILE|STRICT|SECURITY)\b)/i;
const loose = /(?<!\$)\$\$(?![\w${(])/;
const escaped = /(?<!\$)\$\$\(([A-Za-z_]\w*)\)/g;

function isSql(path: Path): boolean {
  return path.some((step) => typeof step === 'string' && /sql$/i.test(step));
}

/** Whether the container that a text stands in has a variable of that name. */
function isVariable(name: string, path: Path, object: JsonObject): boolean {
  return path.some((_, depth) => {
    const env = [...path.slice(0, depth), 'env'];
    return (
      listAt(object, ...env).some((item) => textAt(item, 'name') === name) || keysAt(object, ...env).includes(name)
    );
  });
}

export const lostDollar: ClusterCheck = {
  id: 'substitution/lost-dollar',
  severity: 'error',
  title: 'Two dollar signs that become one',
  atRunTime: 'Flux writes $ for $$: a SQL block (DO $$ … $$) or $$(NAME) reaches the cluster changed',
  remedy: 'write $$$$ for $$, or annotate the object with kustomize.toolkit.fluxcd.io/substitute: disabled',
  fixes: 'double the dollar signs of a quoted block or an escaped variable',
  source: 'fluxcd/pkg envsubst parse/scan.go',
  *check(cluster) {
    for (const { contents, variables } of cluster.kustomizations) {
      if (contents.type !== 'built' || variables === undefined || variables.substitutes !== 'always') continue;
      for (const object of contents.built.objects) {
        // Most objects have none: then their texts need no paths.
        if (!JSON.stringify(object.value).includes('$$') || isExempt(object.value)) continue;
        for (const { text, path } of textsIn(object.value)) {
          if (!text.includes('$$')) continue;
          const lost = meantForOthers.map((reader) => reader(text, path, object.value)).find((it) => it !== undefined);
          const resource = lost === undefined ? undefined : resourceOf(object.value, object);
          if (resource === undefined) continue;
          // Not what stands around them: it may be a password.
          yield {
            at: { resource, path },
            message: `${pathText(path)} ${lost}`,
            sensitive: true,
            ...doubled(text, path),
          };
        }
      }
    }
  },
};

/** All of a text, which Flux reads as one: a block's beginning and end go together. */
function doubled(text: string, path: Path): MayHaveFix {
  const isBlock = block.test(text) || (isSql(path) && loose.test(text));
  const places = [...text.matchAll(isBlock ? /(?<!\$)\$\$(?![${])/g : escaped)].map(({ index }) => index);
  // One after the other, the last first: so no edit has what stands between two of them, which may be secret.
  let set = text;
  const changes = places.reverse().map((at) => {
    set = `${set.slice(0, at)}$$${set.slice(at)}`;
    return { path, set };
  });
  return changes.length === 0 ? {} : { fix: { title: 'write $$$$ for $$', changes } };
}
