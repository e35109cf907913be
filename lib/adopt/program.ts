import type { Json, JsonObject } from '../json/json';
import type { SourceDocument } from '../tree/source/source';
import type { DocumentComments, FieldComment } from './comments/read';
import type { Moving } from './moving';
import { inReadingOrder } from './property-order';

/**
 * The program that adopt writes, as data: it is run in this process to prove what it makes (run.ts), and printed as TypeScript
 * (print/). Both read the same values, so what is printed is what was proven.
 */
export interface Program {
  /** What the App is given. */
  readonly app: CodeObject;
  readonly clusters: readonly ClusterStatement[];
  /** What the constant is called that has what many modules use. @default platform */
  readonly platform?: string;
  /** In the order in which main.ts calls them: a module comes after those whose constructs it uses. */
  readonly modules: readonly Module[];
  /** What lies elsewhere than in the original. @default nothing */
  readonly moved?: Moving;
}

/** `const home = new Cluster(app, 'home', { … })`. */
export interface ClusterStatement {
  readonly name: string;
  readonly props: CodeObject;
  /** The function that calls those of its modules, in a file of its own. @default - main.ts calls them */
  readonly file?: Pick<Module, 'path' | 'name'>;
}

/** One file with one function, which makes its constructs in their order. */
export interface Module {
  /** Below the folder of the code, with `.ts`. */
  readonly path: string;
  /** What the function is called. */
  readonly name: string;
  /** The name of the Cluster that it is called with. */
  readonly cluster: string;
  readonly constructions: readonly Construction[];
  /** What stands above its call: lines without `//`. */
  readonly comment?: readonly string[];
}

/** `const secret = new ExternalSecret(scope, 'externalsecret', { … })`. */
export interface Construction {
  /** A class of the public API. */
  readonly className: string;
  /** The construct that it stands in; undefined for the Cluster itself. */
  readonly scope: Construction | Member | undefined;
  readonly id: string;
  readonly props: CodeObject | undefined;
  /** The object of the original that it says, where it says one. */
  readonly of?: object;
  /** What the constant is called, if something uses it: unique in its module. */
  readonly variable: string;
  /** What its YAML says beside the object: YamlNotes. */
  readonly notes?: CodeObject;
  /** The comments that its YAML must have. */
  readonly keeps?: readonly KeptComments[];
  /** What stands above the statement: lines without `//`. */
  readonly comment?: readonly string[];
}

/** Constructs that need no properties. */
const withoutProps = new Set(['Directory', 'File', 'YamlFile']);

/** What a construct is given after its id: notes are among the properties, but of a Manifest, whose properties are the object. */
export function argumentsOf({ className, props = {}, notes = {} }: Construction): readonly CodeObject[] {
  const hasNotes = Object.keys(notes).length > 0;
  if (className === 'Manifest') return hasNotes ? [props, notes] : [props];
  const all = inReadingOrder({ ...props, ...notes });
  return Object.keys(all).length === 0 && withoutProps.has(className) ? [] : [all];
}

/** The comments on a document that its YAML has. */
export interface KeptComments {
  readonly comments: DocumentComments;
  readonly document: SourceDocument;
  /** What the paths of the comments are in. */
  readonly value: Json;
  readonly fields: readonly FieldComment[];
}

/** A value as code: JSON in which expressions may stand. */
export type Code = null | boolean | number | string | readonly Code[] | CodeObject | Expression;
export type CodeObject = { readonly [key: string]: Code };

export type Expression = Handle | Member | Call | Template | Commented | Shared;

/** A construct used as a value: a handle in place of the text that the original has there. */
export class Handle {
  constructor(
    readonly to: Construction,
    /** What stands there in the original. */
    readonly plain: Json,
    /** What stands there where the construct comes later: it takes no text. @default what the original has */
    readonly instead?: Code,
  ) {}
}

/** `secret.secret`, `secret.secret.key('token')`, or `file.secret('sops-age', ['age.agekey'])`. */
export class Member {
  constructor(
    readonly of: Construction,
    readonly name: string,
    /** Undefined for a property. */
    readonly args: readonly Code[] | undefined,
    /** What stands there in the original; undefined where the original has nothing in its place, as for a scope. */
    readonly plain?: Json,
  ) {}
}

/** `variable('DOMAIN')`, `Secret.named('tls', { … })`: of the public API. */
export class Call {
  constructor(
    readonly name: string,
    readonly args: readonly Code[],
    readonly plain: Json,
  ) {}
}

/** A text with expressions in it. */
export class Template {
  constructor(
    readonly parts: readonly (string | Expression)[],
    readonly plain: string,
  ) {}
}

/** A value with comments in the code, which the YAML does not have: lines without `//`. */
export class Commented {
  constructor(
    readonly value: Code,
    readonly above: readonly string[],
    /** At the end of its line. */
    readonly after?: string,
    readonly below: readonly string[] = [],
  ) {}
}

/** A value that several modules say, by the name that it has in the module that they share. */
export class Shared {
  constructor(
    readonly name: string,
    readonly value: Code,
  ) {}
}

/** What the modules of a program share: a module of its own. */
export interface SharedModule {
  /** Below the folder of the code. */
  readonly path: string;
  readonly values: readonly Shared[];
  readonly functions: readonly SharedFunction[];
  /** How constructions are printed; undefined for one that the function for another one makes. */
  readonly printed: ReadonlyMap<Construction, PrintedAs | undefined>;
}

/** A construction in print: what it repeats of others is elsewhere. */
export interface PrintedAs {
  /** The function that makes it. @default the class */
  readonly by?: SharedFunction | undefined;
  /** What is given to that, after the id. */
  readonly args: readonly Code[];
}

/** A function that makes constructs which are alike. */
export type SharedFunction = CommonFunction | TemplateFunction;

interface MakingFunction {
  readonly name: string;
  readonly className: string;
  readonly typeArgument: TypeArgument | undefined;
  /** The classes of their scopes. */
  readonly scopes: readonly string[];
  /** The id that all have. @default it is given */
  readonly id: string | undefined;
}

/** One that takes properties: what is given besides those that they have in common wins. */
export interface CommonFunction extends MakingFunction {
  /** The properties that they have. */
  readonly fields: CodeObject;
  /** By property, what its maps have in common. */
  readonly inside: Readonly<Record<string, CodeObject>>;
  /** The id of the OciRepository that it makes, too, for a HelmRelease; `chart` is the spec of that then. @default none */
  readonly source: string | undefined;
  /** Whether it may be called with nothing but the scope and the id. */
  readonly needsNothing: boolean;
}

/** One that takes parameters: constants of their names stand in what the construct is given. */
export interface TemplateFunction extends MakingFunction {
  readonly args: readonly Code[];
  readonly parameters: readonly Parameter[];
}

export interface Parameter {
  readonly name: string;
  readonly type: string;
  /** The classes in its type. */
  readonly classes: readonly string[];
  /** @default it must be given */
  readonly byDefault: Code | undefined;
}

/** `new HelmRelease<AppTemplateValues>(…)`. */
export interface TypeArgument {
  readonly name: string;
  /** The file that has it, as main.ts would import it: below its folder. @default a type of the language */
  readonly from?: string;
}

export function isExpression(code: Code | undefined): code is Expression {
  return (
    code instanceof Handle ||
    code instanceof Member ||
    code instanceof Call ||
    code instanceof Template ||
    code instanceof Commented ||
    code instanceof Shared
  );
}

export function isCodeObject(code: Code | undefined): code is CodeObject {
  return typeof code === 'object' && code !== null && !Array.isArray(code) && !isExpression(code);
}

/** What the original has: every expression replaced by the plain value that it stands for. */
export function plainOf(code: Code): Json {
  if (code instanceof Commented || code instanceof Shared) return plainOf(code.value);
  if (isExpression(code)) return code.plain as Json;
  if (Array.isArray(code)) return (code as readonly Code[]).map(plainOf);
  if (!isCodeObject(code)) return code as Json;
  return Object.fromEntries(Object.entries(code).map(([key, value]) => [key, plainOf(value)])) as JsonObject;
}

/** The constructions that a value uses, in their order. */
export function* usedBy(code: Code | undefined): Generator<Construction> {
  if (code instanceof Handle) yield code.to;
  else if (code instanceof Member) {
    yield code.of;
    for (const argument of code.args ?? []) yield* usedBy(argument);
  } else if (code instanceof Call) for (const argument of code.args) yield* usedBy(argument);
  else if (code instanceof Template) {
    for (const part of code.parts) if (typeof part !== 'string') yield* usedBy(part);
  } else if (code instanceof Commented) yield* usedBy(code.value);
  else if (Array.isArray(code)) for (const item of code as readonly Code[]) yield* usedBy(item);
  else if (isCodeObject(code)) for (const item of Object.values(code)) yield* usedBy(item);
}
