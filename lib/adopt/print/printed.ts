/** A program as text. */
export interface Printed {
  /** The modules, by path below the folder of the code. */
  readonly modules: ReadonlyMap<string, string>;
  /** The functions that main.ts imports: where each is, below that folder, without ending. */
  readonly imports: readonly { readonly name: string; readonly path: string }[];
  /** The statements of main.ts that call them, in their order. */
  readonly calls: readonly ModuleCall[];
}

/** A call of a module's function. */
export interface ModuleCall {
  /** The name of the Cluster that the module stands in. */
  readonly cluster: string;
  /** The folder of modules that it is one of. */
  readonly folder: string;
  /** For a Cluster in a constant of that name. */
  statement(clusterVariable: string): string;
}
