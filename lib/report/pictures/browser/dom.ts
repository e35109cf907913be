/** An element with its attributes and children. Text is only ever text: nothing of the tree becomes markup. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** The same of SVG. */
export function s(
  tag: string,
  attributes: Readonly<Record<string, string | number>> = {},
  ...children: readonly (Node | string)[]
): SVGElement {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

/** A button with a name for those who do not see its sign. */
export function button(label: string, sign: string, act: () => void): HTMLButtonElement {
  const element = h('button', { type: 'button', 'aria-label': label, title: label }, sign);
  element.addEventListener('click', act);
  return element;
}
