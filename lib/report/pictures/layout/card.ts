import { inline } from '../../../graph/masking/printable';
import { display } from '../../../graph/substitution';
import type { Picture, PictureNode } from '../../../pictures/picture';
import { cut, detailLines } from '../lines';
import type { CardLine, Size } from './drawing';
import { monoWidth, sansWidth, wrap } from './text-width';

/** What stands on the card of a node, and how large that makes it. */
export interface Card extends Size {
  readonly lines: readonly CardLine[];
}

/** Sizes of text in pixels; the style sheets of SVG and of the page say the same. */
export const sizes = { caption: 10.5, name: 12.5, detail: 10.5, keys: 10.5 } as const;

const padding = { left: 14, right: 12, top: 7, bottom: 9 } as const;
/** Beside the caption: the sign of the kind. */
const sign = 18;
const leading = { caption: 14, name: 17, detail: 15, keys: 15 } as const;

const columns = { name: 28, small: 37 } as const;

/** Cards of nodes, which say their namespace where a picture has several. */
export function cardsOf({ nodes, groups }: Picture): Card[] {
  const namespaces = new Set(nodes.map(({ namespace }) => namespace).filter((namespace) => namespace !== ''));
  const groupLabels = new Map(groups.map(({ id, label }) => [id, label]));
  return nodes.map((node) => card(node, namespaces.size > 1, groupLabels.get(node.group ?? '')));
}

function card(node: PictureNode, withNamespace: boolean, group: string | undefined): Card {
  const { kind, keys } = node;
  const details = detailLines(node);
  const keyText = keys === undefined || keys.known.length === 0 ? undefined : details[0];
  const { caption, name: full } = titleOf(node, group);
  const namespace = withNamespace ? inline(node.namespace) : '';
  const where = namespace === '' ? caption : `${caption} · ${namespace}`;
  const name = namespace !== '' && full.startsWith(`${namespace}/`) ? full.slice(namespace.length + 1) : full;
  const texts: [CardLine['style'], string][] = [['caption', cut(where, columns.small)]];
  if (kind === 'flux') return { width: 76, height: 40, lines: [{ style: 'name', text: node.label, y: 25 }] };
  for (const line of wrap(name, columns.name, 3)) texts.push(['name', line]);
  if (keyText !== undefined) for (const line of wrap(inline(keyText), columns.small, 4)) texts.push(['keys', line]);
  for (const detail of details.slice(keyText === undefined ? 0 : 1)) {
    for (const line of wrap(inline(detail), columns.small, 2)) texts.push(['detail', line]);
  }
  let y: number = padding.top;
  const lines = texts.map(([style, text]) => {
    y += leading[style];
    return { style, text, y: Math.round(y - leading[style] / 4) };
  });
  const inner = Math.max(...texts.map(([style, text]) => widthOf(style, text)));
  return { width: Math.ceil(inner + padding.left + padding.right), height: y + padding.bottom, lines };
}

function widthOf(style: CardLine['style'], text: string): number {
  if (style === 'caption') return sign + sansWidth(text, sizes.caption);
  return style === 'detail' ? sansWidth(text, sizes.detail) : monoWidth(text, sizes[style]);
}

/** `ExternalSecret` above `backstage-secrets`; above an entry of a store, the system that it is in. */
export function titleOf(
  { kind, label, object }: PictureNode,
  group: string | undefined,
): { caption: string; name: string } {
  const text = inline(label);
  if (kind === 'remote') return { caption: inline(group ?? ''), name: text };
  if (kind === 'kustomization') return { caption: 'Kustomization', name: text };
  const name = object === undefined ? undefined : inline(display(object.name));
  if (name !== undefined && text.endsWith(` ${name}`)) return { caption: text.slice(0, -name.length - 1), name };
  const space = kind === 'secret' ? text.indexOf(' ') : text.lastIndexOf(' ');
  return space < 0 ? { caption: '', name: text } : { caption: text.slice(0, space), name: text.slice(space + 1) };
}
