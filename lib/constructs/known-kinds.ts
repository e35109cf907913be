/**
 * The kinds whose fields the compiler knows, by `apiVersion/kind`. A project adds its own: an `imports/kinds.ts` that main.ts imports.
 *
 * @example
 * declare module 'cdk8s-espalier' {
 *   interface Kinds {
 *     'acme.example/v1/Widget': { spec: { size: number; color?: 'red' | 'blue' } };
 *   }
 * }
 */
// biome-ignore lint/suspicious/noEmptyInterface: projects add to it, which they could not to a type
export interface Kinds {}
