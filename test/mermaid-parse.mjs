// Reads a list of Mermaid texts as JSON, and prints what Mermaid's own parser says of each: its type, or its complaint. Mermaid cleans
// texts with DOMPurify, which wants a DOM from the start.
import { JSDOM } from 'jsdom';

const { window } = new JSDOM();
Object.assign(globalThis, { window, document: window.document });
const { default: mermaid } = await import('mermaid');

const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
/** A label as a reader sees it: Mermaid keeps references under marks of its own until it draws (decodeEntities in utils.ts). */
function shown(text) {
  const element = window.document.createElement('div');
  element.innerHTML = text
    .replaceAll('ﬂ°°', '&#')
    .replaceAll('ﬂ°', '&')
    .replaceAll('¶ß', ';')
    .replaceAll(/<br\s*\/?>/g, '&#10;');
  return element.textContent;
}

const results = [];
for (const text of JSON.parse(Buffer.concat(chunks).toString())) {
  try {
    const { diagramType } = await mermaid.parse(text);
    const { db } = await mermaid.mermaidAPI.getDiagramFromText(text);
    const vertices = db.getVertices?.();
    const labels = vertices instanceof Map ? [...vertices.values()].map(({ text }) => shown(text)) : [];
    results.push({ type: diagramType, labels, edges: db.getEdges?.().length ?? 0 });
  } catch (error) {
    results.push({ error: String(error?.message ?? error) });
  }
}
process.stdout.write(JSON.stringify(results), () => process.exit(0));
