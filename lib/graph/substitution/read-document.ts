import {
  type Document,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type ParsedNode,
  parseDocument,
  type Scalar as ScalarNode,
} from 'yaml';
import { isJsonObject, type Json, type JsonObject } from '../../json/json';
import { readKey, readScalarNode, Unreadable } from './node-scalar';

/** A document, or why there is none, in words that show nothing of it. */
export type Read = { readonly value: JsonObject } | { readonly error: string };

/**
 * Reads YAML as Flux does after substitution: the first document, as sigs.k8s.io/yaml 1.6 (YAMLToJSON) makes it JSON. Keys that
 * are numbers or booleans become strings, of equal keys the last one counts, and what JSON cannot hold is an error.
 *
 * The syntax is that of the `yaml` package, which differs from go.yaml.in/yaml v2.4 in corners of tabs, tags and anchors; what
 * plain scalars mean is Go's.
 */
export function readDocument(text: string): Read {
  if (control.test(text)) return { error: 'control characters are not allowed' };
  const source = text.replace(lineBreaks, '\n');
  const read = readSource(source);
  if (source === text || !('error' in read)) return read;
  // Within quotes Go lets a line begin anywhere, and line feeds from a value are indented nowhere.
  const indented = readSource(text.replace(lineBreaks, `\n${' '.repeat(100)}`));
  return read.error === unclosed && !('error' in indented) ? indented : read;
}

const control = /[^\t\n\r -~\u0085\u00a0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

/** Besides the line feed: what else ends a line for Go. */
const lineBreaks = /\r(?!\n)|[\u0085\u2028\u2029]/g;

const unclosed = 'missing closing quote';

function readSource(source: string): Read {
  try {
    const document = parseDocument(source, {
      version: '1.1',
      schema: 'failsafe',
      uniqueKeys: false,
      logLevel: 'silent',
      prettyErrors: false,
    });
    // Go reads no further than the first document, and a comment right behind a quote.
    const error = document.errors.find(
      ({ code, message }) => code !== 'MULTIPLE_DOCS' && !/^Comments must/.test(message),
    );
    if (error) return { error: /^Missing closing/.test(error.message) ? unclosed : words(error.code) };
    const value = new Reader(document, source).read(document.contents);
    return isJsonObject(value) ? { value } : { error: 'the document is not a mapping' };
  } catch (error) {
    if (error instanceof Unreadable) return { error: error.message };
    // The parser goes down into each bracket; Go counts to 10,000.
    if (error instanceof RangeError) return { error: 'nested too deeply' };
    throw error;
  }
}

/** More nodes than that come out of no honest document; Go, too, stops at what aliases of aliases make. */
const mostNodes = 1_000_000;

type Node = ParsedNode | null | undefined;

class Reader {
  private nodes = 0;
  private readonly within = new Set<Node>();
  private readonly targets = new Map<Node, Node>();

  constructor(
    private readonly document: Document.Parsed,
    private readonly source: string,
  ) {}

  read(node: Node): Json {
    this.count();
    if (isAlias(node)) {
      const target = this.resolve(node);
      if (this.within.has(target)) throw new Unreadable('an anchor contains itself');
      this.within.add(target);
      const value = this.read(target);
      this.within.delete(target);
      return value;
    }
    if (isScalar(node)) {
      this.requireClosed(node);
      return readScalarNode(node);
    }
    if (isSeq(node)) {
      return node.items.map((item) => {
        // Behind the tab of `- \t`, where a key may begin, Go finds nothing that could.
        if (!node.flow && this.source[((item as Node)?.range[0] ?? 0) - 1] === '\t')
          throw new Unreadable('a tab before an item');
        return this.read(item as Node);
      });
    }
    if (!isMap(node)) return null;
    const fields = new Map<string, Json>();
    this.readInto(fields, node);
    return Object.fromEntries(fields);
  }

  private count(): void {
    if (++this.nodes > mostNodes) throw new Unreadable('document contains excessive aliasing');
  }

  /** The package takes an escaped quote at the end of a line for the end, where the next line is not indented. */
  private requireClosed(node: ScalarNode.Parsed): void {
    if (node.type !== 'QUOTE_DOUBLE') return;
    const [backslashes = ''] = /\\*(?="$)/.exec(this.source.slice(node.range[0], node.range[1])) ?? [];
    if (backslashes.length % 2 === 1) throw new Unreadable(unclosed);
  }

  private resolve(node: ParsedNode): Node {
    if (!isAlias(node)) return node;
    // The package walks through the document for each.
    const target = this.targets.get(node) ?? (node.resolve(this.document) as Node);
    if (target === undefined) throw new Unreadable('unknown anchor');
    this.targets.set(node, target);
    return target;
  }

  private readInto(fields: Map<string, Json>, node: Node): void {
    const map = node && this.resolve(node);
    if (!isMap(map)) throw new Unreadable('map merge requires map or sequence of maps as the value');
    for (const pair of map.items) {
      if (!isPair(pair)) continue;
      this.count();
      const name = pair.key as Node;
      if (isScalar(name) && name.value === '<<' && (name.type === 'PLAIN' || name.tag === 'tag:yaml.org,2002:merge')) {
        const value = pair.value as Node;
        // Go reads them from the last to the first, so that the first counts.
        const maps = isSeq(value) ? [...value.items].reverse() : [value];
        for (const merged of maps) this.readInto(fields, merged as Node);
      } else {
        fields.set(readKey(name && this.resolve(name)), this.read(pair.value as Node));
      }
    }
  }
}

/** The package's code as words: its messages hold what the document holds, which may be secret. */
function words(code: string): string {
  return code.toLowerCase().replaceAll('_', ' ');
}
