/** A Go template: text/template, whose parser is followed here (https://pkg.go.dev/text/template). Whatever it calls is assumed to exist. */
export type TemplateNode =
  /** `line`: the line of the template that it begins on. */
  | { readonly type: 'text'; readonly text: string; readonly line: number }
  | { readonly type: 'action'; readonly pipe: Pipe; readonly line: number }
  | { readonly type: 'if' | 'with' | 'range'; readonly pipe: Pipe; readonly body: Nodes; readonly otherwise: Nodes }
  /** `{{ template "x" . }}` and `{{ block "x" . }}`, which has what it runs itself; else that stands in a definition. */
  | {
      readonly type: 'template';
      readonly name: string;
      readonly pipe: Pipe | undefined;
      readonly body?: Nodes;
      readonly line: number;
    }
  | { readonly type: 'define'; readonly name: string; readonly body: Nodes }
  | { readonly type: 'jump'; readonly to: 'break' | 'continue' };

export type Nodes = readonly TemplateNode[];

/** `$x := a | b c`. */
export interface Pipe {
  readonly variables: readonly string[];
  readonly commands: readonly Command[];
  /** Whether its variables are there already: `$x = a`. */
  readonly assigns?: boolean;
}

/** A function with its arguments, or a single value. */
export type Command = readonly [Operand, ...Operand[]];

export type Operand =
  | { readonly type: 'dot' }
  /** `.a.b` of the dot. */
  | { readonly type: 'field'; readonly fields: readonly string[] }
  /** `$x.a.b`, with `$` in its name. */
  | { readonly type: 'variable'; readonly name: string; readonly fields: readonly string[] }
  | { readonly type: 'function'; readonly name: string }
  | { readonly type: 'string'; readonly value: string }
  /** A number as it is written, or `true`, `false`, `nil`. */
  | { readonly type: 'constant'; readonly text: string }
  /** `(pipe).a.b`, or of anything else. */
  | { readonly type: 'chain'; readonly pipe: Pipe; readonly fields: readonly string[] };

/** Why Go refuses a template, in its words, and the line of the template where it does. */
export class TemplateError extends Error {
  constructor(
    message: string,
    readonly line: number,
  ) {
    super(message);
  }
}

/** Why a template is not followed, although Go may take it. */
export class TemplateTooLong extends TemplateError {}
