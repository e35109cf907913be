import { PipeParser, unquote } from './pipes';
import type { Nodes, TemplateNode } from './template';
import { Lexer, type LexerOptions } from './tokens';

/** Reads a template. @throws TemplateError where Go refuses it */
export function parseTemplate(text: string, options: LexerOptions = {}): Nodes {
  return new Parser(new Lexer(text, options).tokens()).template();
}

/** `{{ end }}`, `{{ else }}` and `{{ else if … }}`, which end a list of nodes. */
interface Ending {
  readonly type: 'end' | 'else' | 'else-if' | 'else-with';
}

class Parser extends PipeParser {
  private ranges = 0;

  template(): Nodes {
    const nodes: TemplateNode[] = [];
    for (;;) {
      const found = this.node(true);
      if (found === 'end of text') return nodes;
      if (isEnding(found)) this.fail(`unexpected {{${found.type === 'end' ? 'end' : 'else'}}}`);
      nodes.push(found);
    }
  }

  private node(top = false): TemplateNode | Ending | 'end of text' {
    const token = this.take();
    if (token.type === 'end of text') return 'end of text';
    if (token.type === 'text') return { type: 'text', text: token.text, line: token.line };
    const next = this.peekNonSpace();
    const keyword = next.type === 'word' ? next.text : '';
    switch (keyword) {
      case 'if':
      case 'with':
      case 'range':
        this.take();
        return this.control(keyword);
      case 'end':
        this.take();
        this.close('end');
        return { type: 'end' };
      case 'else':
        this.take();
        return this.otherwise();
      case 'template':
        this.take();
        return this.call(token.line);
      case 'block':
        this.take();
        return this.block(token.line);
      case 'define':
        if (!top) this.fail('unexpected {{define}}');
        this.take();
        return this.definition();
      case 'break':
      case 'continue':
        this.take();
        if (this.ranges === 0) this.fail(`{{${keyword}}} outside {{range}}`);
        this.close(`{{${keyword}}}`);
        return { type: 'jump', to: keyword };
      default:
        return { type: 'action', pipe: this.pipeUntilClose('command'), line: token.line };
    }
  }

  private otherwise(): Ending {
    const { type, text } = this.peekNonSpace();
    if (type === 'word' && (text === 'if' || text === 'with')) {
      this.take();
      return { type: `else-${text}` };
    }
    this.close('else');
    return { type: 'else' };
  }

  private control(type: 'if' | 'with' | 'range'): TemplateNode {
    const known = this.variables.length;
    const pipe = this.pipeUntilClose(type);
    if (type === 'range') this.ranges += 1;
    const body = this.list();
    if (type === 'range') this.ranges -= 1;
    const otherwise = this.branch(body.ending, type);
    this.variables.length = known;
    return { type, pipe, body: body.nodes, otherwise };
  }

  /** What stands after `{{ else }}`; `{{ else if }}` is an `if` of its own that ends with the one around it. */
  private branch(ending: Ending, type: string): Nodes {
    if (ending.type === 'end') return [];
    if (ending.type === 'else-if' || ending.type === 'else-with') {
      const own = ending.type === 'else-if' ? 'if' : 'with';
      if (type !== own) this.fail(`unexpected {{else ${own}}}`);
      return [this.control(own)];
    }
    const { nodes, ending: last } = this.list();
    if (last.type !== 'end') this.fail('expected end; found {{else}}');
    return nodes;
  }

  private list(): { nodes: Nodes; ending: Ending } {
    const nodes: TemplateNode[] = [];
    for (;;) {
      const found = this.node();
      if (found === 'end of text') this.fail('unexpected EOF');
      if (isEnding(found)) return { nodes, ending: found };
      nodes.push(found);
    }
  }

  private call(line: number): TemplateNode {
    const name = this.name('template clause');
    if (this.peekNonSpace().type === 'close') {
      this.take();
      return { type: 'template', name, pipe: undefined, line };
    }
    return { type: 'template', name, pipe: this.pipeUntilClose('template clause'), line };
  }

  private block(line: number): TemplateNode {
    const name = this.name('block clause');
    const pipe = this.pipeUntilClose('block clause');
    const { nodes, ending } = this.list();
    if (ending.type !== 'end') this.fail('unexpected {{else}} in block clause');
    return { type: 'template', name, pipe, body: nodes, line };
  }

  private name(context: string): string {
    const token = this.takeNonSpace();
    if (token.type !== 'string') this.unexpected(token, context);
    return unquote(token.text);
  }

  private definition(): TemplateNode {
    const name = this.name('define clause');
    this.close('define clause');
    const outer = this.variables.splice(0, this.variables.length, '$');
    const { nodes, ending } = this.list();
    if (ending.type !== 'end') this.fail('unexpected {{else}} in define clause');
    this.variables.splice(0, this.variables.length, ...outer);
    return { type: 'define', name, body: nodes };
  }
}

function isEnding(node: TemplateNode | Ending): node is Ending {
  return node.type === 'end' || node.type === 'else' || node.type === 'else-if' || node.type === 'else-with';
}
