/** Pictures of a cluster, as plain data and in the formats that draw them. */
export { fluxOrder } from './flux-order';
export { mermaidLimits, renderMermaid } from './mermaid';
export type {
  EdgeKind,
  NodeKind,
  ObjectRef,
  Picture,
  PictureEdge,
  PictureGroup,
  PictureName,
  PictureNode,
} from './picture';
export { findApp, findNamespace, type Scope } from './scope';
export { secretFlow } from './secret-flow';
