/** Pictures of a cluster, as plain data and in the formats that draw them. */
export { fluxOrder } from '../../pictures/flux-order';
export type {
  EdgeKind,
  NodeKind,
  ObjectRef,
  Picture,
  PictureEdge,
  PictureGroup,
  PictureName,
  PictureNode,
} from '../../pictures/picture';
export { findApp, findNamespace, type Scope } from '../../pictures/scope';
export { secretFlow } from '../../pictures/secret-flow';
export { mermaidLimits, renderMermaid } from './mermaid';
