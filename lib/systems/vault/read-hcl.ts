import type { Node } from 'web-tree-sitter';
import type { HclBlock, HclBody, HclFault, HclText, HclValue } from './hcl';

/** What a syntax tree of tree-sitter-hcl says. (its grammar.js: config_file, body, block, attribute, expression) */
export function readHcl(root: Node): HclText {
  const body = child(root, 'body');
  return {
    ...(body === undefined ? nothing : readBody(body, deepest)),
    fault: root.hasError ? faultOf(root) : undefined,
  };
}

const nothing: HclBody = { attributes: [], blocks: [] };

/** Blocks within blocks that are read: policies have four (`control_group`), hostile texts a hundred thousand. */
const deepest = 8;

function readBody(body: Node, levels: number): HclBody {
  const attributes: HclBody['attributes'][number][] = [];
  const blocks: HclBlock[] = [];
  for (const node of body.namedChildren) {
    if (node.type === 'attribute') {
      const value = child(node, 'expression');
      attributes.push({
        name: child(node, 'identifier')?.text ?? '',
        value: value && readValue(value),
        line: lineOf(node),
      });
    } else if (node.type === 'block') {
      const inner = child(node, 'body');
      const [type, ...labels] = node.namedChildren.filter((part) => /^(?:identifier|string_lit)$/.test(part.type));
      blocks.push({
        type: type?.text ?? '',
        labels: labels.map((label) => (label.type === 'string_lit' ? quoted(label.text) : label.text)),
        line: lineOf(node),
        ...(inner === undefined || levels === 0 ? nothing : readBody(inner, levels - 1)),
      });
    }
  }
  return { attributes, blocks };
}

/** An expression that is a string or a list is one of its only child, again and again: `literal_value`, `string_lit`. */
function readValue(expression: Node): HclValue {
  let node = expression;
  for (let only = node.namedChildren[0]; wrapping.test(node.type) && only !== undefined; only = node.namedChildren[0]) {
    node = only;
  }
  if (node.type === 'string_lit' || node.type === 'quoted_template') return quoted(node.text);
  if (node.type === 'heredoc_template') return heredoc(node);
  if (node.type !== 'tuple') return undefined;
  return node.namedChildren.filter(({ type }) => type === 'expression').map(readList);
}

/** Lists in lists mean nothing here: a hostile text cannot make it go deep. */
function readList(expression: Node): HclValue {
  const value = expression.namedChildren[0];
  return value?.namedChildren[0]?.type === 'tuple' ? undefined : readValue(expression);
}

const wrapping = /^(?:expression|literal_value|collection_value|template_expr)$/;

/** What `"…"` means to Vault. (hashicorp/hcl, hcl/strconv/quote.go) */
function quoted(text: string): string {
  return text
    .slice(1, text.length > 1 && text.endsWith('"') ? -1 : undefined)
    .replace(escapeSequence, (_, code: string) => {
      const known = escapes[code];
      if (known !== undefined) return known;
      const point = Number.parseInt(code.replace(/^[xuU]/, ''), /^[xuU]/.test(code) ? 16 : 8);
      return point <= 0x10ffff ? String.fromCodePoint(point) : '\uFFFD';
    });
}

const escapeSequence = /\\(U[\da-fA-F]{8}|u[\da-fA-F]{4}|x[\da-fA-F]{2}|[0-7]{3}|[abfnrtv\\"])/g;
const escapes: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  '"': '"',
};

/** `<<EOT`, its lines, `EOT`: each line with its end, the first one's not among them. */
function heredoc(node: Node): string {
  const lines = node.text.split(/\r?\n/).slice(1, -1);
  return lines.map((line) => `${line}\n`).join('');
}

/** The first error in the order of the text. */
function faultOf(root: Node): HclFault {
  let node = root;
  for (let next = firstFault(root); next !== undefined; next = firstFault(node)) node = next;
  const { row, column } = node.startPosition;
  const message = node.isMissing ? `${JSON.stringify(node.type)} is missing` : 'it is not HCL from here on';
  return { line: row + 1, column: column + 1, message };
}

function firstFault(node: Node): Node | undefined {
  return node.children.find((part) => part.hasError || part.isError || part.isMissing);
}

function child(node: Node, type: string): Node | undefined {
  return node.namedChildren.find((part) => part.type === type);
}

function lineOf(node: Node): number {
  return node.startPosition.row + 1;
}
